/** The checks at the lines, as a telephony program has them: devices, calls, verbs, privileges, a stop of the service. */
import { connect } from 'node:net';
import type { PhoneSystem } from '../rig/phone-system.ts';
import type { Check } from './checks.ts';
import { lineStories, stageAt } from './line-stories.ts';
import type { Lineprobe } from './lineprobe.ts';
import { OWNER, PHONE_SYSTEMS } from './scene.ts';
import { monitors, outlives } from './service-stories.ts';
import type { Stage } from './stage.ts';
import type { VerifiedMachine } from './windows-checks.ts';

const FACE: Readonly<Record<PhoneSystem, string>> = { mobydick: 'mobydick', asterisk: 'Asterisk' };
/** The face whose line the checks use that are not about verbs. */
const ANY_FACE = 'mobydick';

/** They need that the companion is signed in and the DLL registered. */
export function lineChecks(machine: VerifiedMachine): Check[] {
  const { images, scene, start, stopTelephony } = machine;
  let probe: Lineprobe | undefined;
  const at = (): Lineprobe => {
    if (!probe) throw new Error('lineprobe does not run');
    return probe;
  };
  return [
    {
      id: 'devices',
      title: 'The telephony service loads the DLL and shows its lines',
      proves: ['R1'],
      needs: ['companion'],
      run: async () => {
        probe = start(images.probe);
        await probe.started();
        const lines = [];
        for (const system of PHONE_SYSTEMS) lines.push(await probe.line(OWNER[system].fullName));
        return lines.map(({ device, version }) => `device ${device}, TAPI ${version}`).join('; ');
      },
    },
    {
      id: 'link',
      title: 'The companion serves the telephony service, and knows it by its process',
      proves: ['A1'],
      needs: ['devices'],
      run: async () => {
        await scene.linked();
        return '';
      },
    },
    {
      id: 'stranger',
      title: 'Another process of the same user is turned away by the companion',
      proves: ['A2'],
      needs: ['link'],
      run: () =>
        scene.turnsAway(() => {
          const stranger = connect(scene.endpoint());
          stranger.on('error', () => undefined);
          stranger.resume();
        }),
    },
    ...PHONE_SYSTEMS.flatMap((system) => faceChecks(system, machine, at)),
    {
      id: 'probe-end',
      title: 'The program ends in order',
      undoes: 'devices',
      run: async () => {
        const code = await at().quit();
        if (code === null) throw new Error('it had to be ended by force');
        return `exit code ${code}`;
      },
    },
    // From here on each program is its own: the service is stopped under one of them.
    {
      id: 'program-32',
      title: 'A 32-bit program sees the line, takes a call and makes one',
      proves: ['R2'],
      needs: ['devices'],
      run: () =>
        withProgram(start(images.probe32), async (program) => {
          const stage = await opened(program, machine);
          for (const { id, play } of lineStories(ANY_FACE))
            if (id === 'answer' || id === 'make') await play(stage);
          return '';
        }),
    },
    {
      id: 'monitor',
      title: 'A program that only monitors sees a call that nobody owns, and leaves it alone',
      proves: ['R4'],
      needs: ['devices'],
      run: () =>
        withProgram(start(images.probe), async (program) =>
          monitors(await opened(program, machine, 'monitor')),
        ),
    },
    {
      id: 'service-stop',
      title: 'The telephony service stops during a call and starts again: the call goes on',
      proves: ['R5'],
      needs: ['devices'],
      run: () =>
        withProgram(start(images.probe), async (before) => {
          const stage = await opened(before, machine);
          let after: Lineprobe | undefined;
          try {
            return await outlives(stage, async () => {
              stopTelephony();
              after = start(images.probe);
              await after.started();
              await opened(after, machine);
              return after;
            });
          } finally {
            await after?.quit();
          }
        }),
    },
  ];
}

/** Every story of one face, at its line. */
function faceChecks(system: PhoneSystem, machine: VerifiedMachine, at: () => Lineprobe): Check[] {
  let stage: Stage | undefined;
  const open = `${system}-open`;
  return [
    {
      id: open,
      title: `The line of the ${FACE[system]} face is opened and in service`,
      needs: ['devices'],
      run: async () => {
        // One line at a time: a call is made on the line that was opened last.
        await at().ask('close');
        stage = await opened(at(), machine, 'owner', system);
        return '';
      },
    },
    ...lineStories(system).map(
      ({ id, title, proves = [], play }): Check => ({
        id: `${system}-${id}`,
        title: `${FACE[system]}: ${title}`,
        proves,
        needs: [open],
        run: async () => {
          if (!stage) throw new Error('the line is not open');
          return play(stage);
        },
      }),
    ),
  ];
}

/** Opens the line of a face. */
async function opened(
  program: Lineprobe,
  { scene }: VerifiedMachine,
  as: 'owner' | 'monitor' = 'owner',
  system: PhoneSystem = ANY_FACE,
): Promise<Stage> {
  return stageAt(system, scene, program, await program.open(OWNER[system].fullName, as));
}

/** Whether a program that starts now finds a line of the demo. */
export const showsLines = ({ start, images }: VerifiedMachine): Promise<boolean> =>
  withProgram(
    start(images.probe),
    async (program) => (await program.findLine(OWNER[ANY_FACE].fullName)) !== undefined,
  );

/** A program of its own for one check. */
async function withProgram<Seen>(
  program: Lineprobe,
  use: (program: Lineprobe) => Promise<Seen>,
): Promise<Seen> {
  try {
    await program.started();
    return await use(program);
  } finally {
    await program.quit();
  }
}

/** The checks at the line, as a telephony program has it: devices, calls, verbs. */
import type { Check } from './checks.ts';
import { Lineprobe, type ProbeLine } from './lineprobe.ts';
import { run } from './program.ts';
import type { Scene } from './scene.ts';
import { bits, commandFor, connectedVerbs, judgeRefusal, offers } from './verbs.ts';
import type { VerifiedMachine } from './windows-checks.ts';

/** Somebody outside. */
const CUSTOMER = '0891234567';

/** They need that the companion is signed in and the DLL registered. */
export function lineChecks({ images, scene }: VerifiedMachine): Check[] {
  let probe: Lineprobe | undefined;
  let device = -1;
  const at = (): Lineprobe => {
    if (!probe) throw new Error('lineprobe does not run');
    return probe;
  };
  return [
    {
      id: 'devices',
      title: 'The telephony service loads the DLL and shows its line',
      proves: ['R1'],
      needs: ['companion'],
      run: async () => {
        probe = new Lineprobe(images.probe);
        await probe.started();
        const line = await scene.line(probe);
        device = Number(line['device']);
        return `device ${device}, TAPI ${String(line['version'])}`;
      },
    },
    {
      id: 'devices-32',
      title: 'A 32-bit program sees the line',
      needs: ['devices'],
      run: async () => {
        const other = new Lineprobe(images.probe32);
        try {
          await other.started();
          await scene.line(other);
        } finally {
          await other.quit();
        }
        return '';
      },
    },
    {
      id: 'caps',
      title: 'Line and address tell what they can',
      needs: ['devices'],
      run: async () => {
        const line = await at().command(`devcaps ${device}`);
        const address = await at().command(`addresscaps ${device}`);
        if (line['addresses'] !== 1 || (bits(line['mediaModes']) & 4) === 0)
          throw new Error('the line has not one address for voice');
        return `features ${String(address['callFeatures'])}, ${String(address['addressFeatures'])}`;
      },
    },
    {
      id: 'incoming',
      title: 'A call rings, is answered and dropped',
      needs: ['devices'],
      run: async () => {
        await at().command(`open ${device} owner`);
        const call = await ring(at(), scene);
        await asked(at(), `answer ${call}`, 'LINE_CALLSTATE CONNECTED');
        const info = await at().command(`callinfo ${call}`);
        await asked(at(), `drop ${call}`, 'LINE_CALLSTATE IDLE');
        await at().command(`release ${call}`);
        if (info['callerNumber'] === undefined) throw new Error('the caller has no number');
        return '';
      },
    },
    {
      id: 'outgoing',
      title: 'A call is dialled, is connected and dropped',
      needs: ['incoming'],
      run: async () => {
        scene.answersSoon(CUSTOMER);
        const from = at().mark;
        const made = await at().command(`makecall ${CUSTOMER}`);
        await at().message('LINE_CALLSTATE CONNECTED', from);
        await asked(at(), `drop ${String(made['call'])}`, 'LINE_CALLSTATE IDLE');
        await at().command(`release ${String(made['call'])}`);
        return '';
      },
    },
    {
      id: 'verbs',
      title: 'Every verb does what the line says: offered ones work, the others are refused',
      needs: ['incoming'],
      run: () => everyVerb(at(), scene),
    },
    {
      id: 'service-stop',
      title: 'The telephony service stops while the line is open, and starts again',
      proves: ['R5'],
      needs: ['verbs'],
      run: async () => {
        const call = await ring(at(), scene);
        const stopped = run('net', 'stop', 'TapiSrv', '/y');
        if (stopped.code !== 0) throw new Error(`net stop ended with ${stopped.code}: ${stopped.out}`);
        scene.hangUp(CUSTOMER);
        const again = new Lineprobe(images.probe);
        try {
          await again.started();
          await scene.line(again);
        } finally {
          await again.quit();
        }
        return `call ${call} was ringing`;
      },
    },
    {
      id: 'probe-end',
      title: 'The program ends in order',
      undoes: 'devices',
      run: async () => `exit code ${await at().quit()}`,
    },
  ];
}

/** Waits until a call rings. @returns its number at lineprobe */
async function ring(probe: Lineprobe, scene: Scene): Promise<string> {
  const from = probe.mark;
  scene.callIn(CUSTOMER);
  const offering = await probe.message('LINE_CALLSTATE OFFERING', from);
  return String(offering['call']);
}

/** Gives a command and waits for what has to come of it. */
async function asked(probe: Lineprobe, command: string, expected: string): Promise<void> {
  const from = probe.mark;
  await probe.command(command);
  await probe.message(expected, from);
}

async function everyVerb(probe: Lineprobe, scene: Scene): Promise<string> {
  const call = await ring(probe, scene);
  await asked(probe, `answer ${call}`, 'LINE_CALLSTATE CONNECTED');
  const worked: string[] = [];
  for (const { verb, command, expected, back } of connectedVerbs) {
    const status = await probe.command(`callstatus ${call}`);
    if (!offers(bits(status['features']), verb)) {
      const problem = judgeRefusal(verb, await refusal(probe, commandFor(command, call)));
      if (problem !== undefined) throw new Error(problem);
      continue;
    }
    await asked(probe, commandFor(command, call), expected);
    if (back !== undefined) await asked(probe, commandFor(back, call), 'LINE_CALLSTATE CONNECTED');
    worked.push(verb);
  }
  const last = await probe.command(`callstatus ${call}`);
  if (last['state'] !== 'IDLE') await asked(probe, `drop ${call}`, 'LINE_CALLSTATE IDLE');
  await probe.command(`release ${call}`);
  return `offered and done: ${worked.join(', ') || 'none beyond answer and drop'}`;
}

/** With what a command is refused, at once or later; undefined: it was accepted. */
async function refusal(probe: Lineprobe, command: string): Promise<string | undefined> {
  const from = probe.mark;
  const answer = await probe.ask(command);
  if (answer['error'] !== undefined || answer['request'] === undefined) return textOf(answer['error']);
  const matches = (line: ProbeLine): boolean =>
    line['message'] === 'LINE_REPLY' && line['request'] === answer['request'];
  const reply = await probe.log.wait('LINE_REPLY', matches, 30_000, from);
  return textOf(reply['error']);
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

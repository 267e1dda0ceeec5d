import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureBits } from '../../app/tsp/tapi.ts';
import { buildNative } from '../../tools/native/build.ts';
import { lineStories, stageAt } from '../../tools/verify-windows/line-stories.ts';
import { createScene, OWNER, PHONE_SYSTEMS } from '../../tools/verify-windows/scene.ts';
import { monitors, outlives } from '../../tools/verify-windows/service-stories.ts';
import type { Stage } from '../../tools/verify-windows/stage.ts';
import { bits, type ProbeLine } from '../../tools/verify-windows/telephony-program.ts';
import { HostProgram } from '../../tools/verify-windows/testing/host-program.ts';
import { type Lie, LyingProgram, shown } from '../../tools/verify-windows/testing/lying-program.ts';

/** Adds a verb to features that a program is shown. */
const adding =
  (field: string, verb: 'redirect' | 'hold') =>
  (line: ProbeLine): Record<string, unknown> => ({
    [field]: `0x${(bits(line[field]) | featureBits([verb])).toString(16)}`,
  });
const answerTo = (command: string) => ({ kind: 'return', command });
const unless = (state: string) => (line: ProbeLine) => (line['state'] === state ? undefined : line);
/** What a driver does that says yes and hangs up. */
const dropping = (word: string) => (command: string) =>
  command.replace(new RegExp(`^${word} (\\d+) .*`), 'drop $1');

/** How long a story waits for what a lie keeps from happening, in ms. */
const NOTICED_MS = 3_000;

const lies: Readonly<Record<'mobydick' | 'asterisk', readonly (readonly [string, string, Lie, RegExp])[]>> = {
  mobydick: [
    [
      'a verb too many',
      'caps',
      { shows: shown(answerTo('addresscaps'), adding('callFeatures', 'redirect')) },
      /^redirect is offered/,
    ],
    [
      'a number that is lost',
      'answer',
      { shows: shown(answerTo('callinfo'), () => ({ callerNumber: undefined })) },
      /no number/,
    ],
    [
      'a state that is left out',
      'make',
      { shows: unless('PROCEEDING') },
      /went through DIALTONE, DIALING, RINGBACK/,
    ],
    [
      'a part that is taken for the whole',
      'dial',
      { asks: (command) => command.replace(';', '4567') },
      /half a number|not offered/,
    ],
    [
      'a hold that fails',
      'hold',
      { shows: shown({ message: 'LINE_REPLY' }, () => ({ error: 'LINEERR_OPERATIONFAILED' })) },
      /LINEERR_OPERATIONFAILED/,
    ],
    [
      'a transfer that only hangs up',
      'blind-transfer',
      { asks: dropping('blindtransfer') },
      /not carla's phone ringing/,
    ],
    [
      'a pickup that looks like any call',
      'pickup',
      { shows: shown(answerTo('callinfo'), () => ({ reason: 1 })) },
      /reason is 1/,
    ],
    [
      'a group that is not the own one',
      'pickup-group',
      { asks: (command) => command.replace('pickupgroup own', 'pickupgroup 7') },
      /pickupgroup: LINEERR/,
    ],
    [
      'a verb that is shown and not had',
      'lacking',
      { shows: shown(answerTo('callstatus'), adding('features', 'redirect')) },
      /^redirect is offered in OFFERING/,
    ],
    [
      'a refusal that is none',
      'lacking',
      { shows: shown(answerTo('redirect'), () => ({ error: undefined })) },
      /redirect is not offered, but was accepted/,
    ],
    [
      'a refusal for another reason',
      'lacking',
      { shows: shown(answerTo('swaphold'), () => ({ error: 'LINEERR_INVALCALLSTATE' })) },
      /swapHold was refused with LINEERR_INVALCALLSTATE/,
    ],
    [
      'a verb that comes too early',
      'untimely',
      { shows: shown(answerTo('callstatus'), adding('features', 'hold')) },
      /^hold is offered in OFFERING/,
    ],
    [
      'a call that fails and is said to be made',
      'failed-call',
      { shows: shown({ message: 'LINE_REPLY' }, () => ({ error: undefined })) },
      /ended with success/,
    ],
  ],
  asterisk: [
    [
      'a verb too few',
      'caps',
      { shows: shown(answerTo('addresscaps'), () => ({ addressFeatures: '0x2' })) },
      /pickup is not offered/,
    ],
    [
      'a redirection that only hangs up',
      'redirect',
      { asks: dropping('redirect') },
      /not carla's phone ringing/,
    ],
    [
      'digits that were cut off',
      'digits',
      { shows: shown({ message: 'LINE_GENERATE' }, () => ({ param1: '0x2' })) },
      /LINE_GENERATE came with 0x2/,
    ],
    ['a transfer that only hangs up', 'transfer', { asks: dropping('completetransfer') }, /call \d+ in IDLE/],
  ],
};

// What `npm run verify:windows` asks of Windows, asked of the DLL in its test host: every story must hold here first, and
// must notice when something is not as it should be.
describe.each(PHONE_SYSTEMS)('the calls that are verified on Windows, at the %s face', (system) => {
  const scene = createScene([system]);
  const stories = lineStories(system);
  let program: LyingProgram;
  let stage: Stage;

  beforeAll(async () => {
    const { library, host } = await buildNative();
    await scene.start();
    program = new LyingProgram(host, library, scene.endpoint());
    const device = await program.open(OWNER[system].fullName);
    await scene.linked();
    stage = stageAt(system, scene, program, device);
  }, 60_000);
  afterAll(async () => {
    const code = await program?.quit();
    await scene.stop();
    expect(code, 'the DLL broke a rule').toBe(0);
  });

  it.each(stories.map((story) => [story.id, story] as const))('%s', async (_, { play }) => {
    await play(stage);
  });

  it.each(lies[system])('%s is noticed: %s', async (_, id, lie, problem) => {
    const story = stories.find((one) => one.id === id);
    const { patience } = program;
    Object.assign(program, { lie, patience: NOTICED_MS });
    try {
      await expect(story?.play(stage)).rejects.toThrow(problem);
    } finally {
      Object.assign(program, { lie: {}, patience });
    }
  });
});

/** A telephony service that gives its programs the privilege of a monitor alone. */
class MonitoringProgram extends HostProgram {
  override async ask(command: string): Promise<ProbeLine> {
    if (/^answer /.test(command)) return { kind: 'return', error: 'LINEERR_NOTOWNER' };
    const answer = await super.ask(command);
    return /^callstatus /.test(command) ? { ...answer, privilege: '0x2' } : answer;
  }
}

describe('what Windows does by itself', () => {
  const scene = createScene(['mobydick']);
  let build: Awaited<ReturnType<typeof buildNative>>;

  beforeAll(async () => {
    build = await buildNative();
    await scene.start();
  }, 60_000);
  afterAll(() => scene.stop());

  const start = async <Program extends HostProgram>(
    kind: new (host: string, provider: string, socket: string) => Program,
  ): Promise<Stage & { readonly program: Program }> => {
    const program = new kind(build.host, build.library, scene.endpoint());
    const device = await program.open(OWNER.mobydick.fullName);
    return { ...stageAt('mobydick', scene, program, device), program };
  };

  it('a program that monitors leaves a call alone', async () => {
    const stage = await start(MonitoringProgram);
    await monitors(stage);
    expect(await stage.program.quit()).toBe(0);
  });

  it('a monitor that owns calls, or may touch them, is noticed', async () => {
    const stage = await start(LyingProgram);
    await expect(monitors(stage)).rejects.toThrow('the privilege undefined');
    scene.exchange().clear();
    stage.program.lie = { shows: shown(answerTo('callstatus'), () => ({ privilege: '0x2' })) };
    await expect(monitors(stage)).rejects.toThrow('to answer it ended with success');
    scene.exchange().clear();
    await stage.program.quit();
  });

  it('a call that nobody owns and that is dropped is noticed', async () => {
    const stage = await start(MonitoringProgram);
    const watched = monitors(stage);
    await stage.program.message('LINE_CALLSTATE OFFERING', 0);
    scene.exchange().clear();
    await expect(watched).rejects.toThrow('the call was dropped');
    await stage.program.quit();
  });

  it('a call goes on while the service starts anew', async () => {
    const stage = await start(HostProgram);
    let next: HostProgram | undefined;
    await outlives(stage, async () => {
      expect(await stage.program.quit()).toBe(0);
      next = (await start(HostProgram)).program;
      return next;
    });
    expect(await next?.quit()).toBe(0);
  });

  it('a call that ends with the service is noticed', async () => {
    const stage = await start(HostProgram);
    let next: HostProgram | undefined;
    const outlived = outlives(stage, async () => {
      scene.exchange().clear();
      await stage.program.quit();
      next = (await start(HostProgram)).program;
      next.patience = NOTICED_MS;
      return next;
    });
    stage.program.patience = NOTICED_MS;
    await expect(outlived).rejects.toThrow("not anna's phone talking");
    await next?.quit();
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Pbx, PbxEvent, WireLine } from '../port.ts';
import type { AsteriskAccount } from './account.ts';
import { type AsteriskPorts, createAsterisk, systemPorts } from './asterisk.ts';
import { CALLS_FOLLOW } from './session/rights.ts';
import {
  type AmiServer,
  type Answer,
  amiServer,
  listOf,
  type Received,
  willing,
} from './testing/ami-server.ts';

let server: AmiServer | undefined;
let pbx: Pbx | undefined;
afterEach(async () => {
  await pbx?.stop();
  await server?.close();
});

const phone = (name: string, extension: string) => ({
  name: `PJSIP/${name}`,
  channel: `PJSIP/${name}`,
  extension,
  person: name,
});

type Rig = {
  readonly server: AmiServer;
  readonly pbx: Pbx;
  readonly events: PbxEvent[];
  readonly traced: WireLine[];
  /** What was told, in few words; `story` leaves stages, phones and hints out. */
  readonly told: () => string[];
  readonly story: () => string[];
};

async function open(
  answer: Answer = willing,
  account: Partial<AsteriskAccount> = {},
  ports: Partial<AsteriskPorts> = {},
): Promise<Rig> {
  const opened = await amiServer(answer);
  server = opened;
  const events: PbxEvent[] = [];
  const traced: WireLine[] = [];
  const made = createAsterisk(
    {
      host: '127.0.0.1',
      port: opened.port,
      user: 'tapline',
      secret: async () => 'secret',
      plainText: true,
      context: 'phones',
      lines: [phone('bob', '1002'), phone('carol', '1003')],
      ...account,
    },
    { ...systemPorts, ...ports },
    {
      event: (event) => {
        events.push(event);
        if (event.type === 'channel') traced.push(event.wire);
      },
      trace: (line) => void traced.push(line),
    },
    { backOffFirst: 20, betweenAttempts: 10 },
  );
  pbx = made;
  made.start();
  const told = () => events.map(shortOf);
  const story = () => told().filter((line) => !/^(phone|hint|connecting)/.test(line));
  const rig = { server: opened, pbx: made, events, traced, told, story };
  // Whether events are heard is found out within a second and a half.
  await expect.poll(story, { timeout: 5_000 }).toContain('online');
  return rig;
}

function shortOf(event: PbxEvent): string {
  switch (event.type) {
    case 'session':
      return event.session.state;
    case 'users':
      return `users ${event.users.map(({ user }) => user).join(' ')}`;
    case 'hint':
      return `hint ${event.hint.code}`;
    case 'phone':
      return `phone ${event.user} ${event.phone}`;
    case 'listed':
      return `listed ${event.channels.size}`;
    case 'channel': {
      const { user, what, caller, call } = event.report;
      const cause = 'cause' in what ? ` ${what.cause}` : '';
      return `${user} ${what.kind}${cause} ${caller.number}${call === undefined ? '' : ` #${call}`}`;
    }
    default:
      return event.type;
  }
}

/** 0301 calls, and bob's phone rings. */
const rings = [
  'Event: Newchannel\nChannel: PJSIP/trunk-1\nChannelState: 4\nCallerIDNum: 0301\nExten: 500\nUniqueid: 1.1\nLinkedid: 1.1',
  'Event: Newchannel\nChannel: PJSIP/bob-2\nChannelState: 0\nUniqueid: 1.2\nLinkedid: 1.1',
  'Event: DialBegin\nChannel: PJSIP/trunk-1\nCallerIDNum: 0301\nUniqueid: 1.1\nLinkedid: 1.1\nDestChannel: PJSIP/bob-2\nDestUniqueid: 1.2\nDestLinkedid: 1.1',
  'Event: Newstate\nChannel: PJSIP/bob-2\nChannelState: 5\nUniqueid: 1.2\nLinkedid: 1.1',
];
const gone = (id: string, cause = '16') =>
  `Event: Hangup\nChannel: PJSIP/bob-2\nUniqueid: ${id}\nLinkedid: 1.1\nCause: ${cause}`;
const tapi = (event: string) =>
  `Event: UserEvent\nPrivilege: user,all\nChannel: PJSIP/trunk-1\nUniqueid: 1.1\nLinkedid: 1.1\nUserEvent: TAPI\nTAPIEVENT: ${event}`;

describe('a sign-in', () => {
  it('tells the lines, is online, and then what lives', async () => {
    const { story } = await open();
    await expect.poll(story).toEqual(['users PJSIP/bob PJSIP/carol', 'online', 'listed 0']);
  });

  it('tells what this user may not do before it is online, once', async () => {
    const { told } = await open((action) =>
      action['Action'] === 'ListCommands' ? 'Response: Success\nActionID: ID\nPing: x' : willing(action),
    );
    const hints = told().filter((line) => line.startsWith('hint'));
    expect(hints).toEqual(['hint missing-originate', 'hint missing-call']);
    expect(told().indexOf('hint missing-call')).toBeLessThan(told().indexOf('online'));
  });

  it('says that the dial plan does not know the own number where it dials, as long as that is so', async () => {
    let knows = false;
    const { server, told } = await open((action) =>
      action['Action'] === 'Originate' && action['Exten'] === '1002' && !knows
        ? 'Response: Error\nActionID: ID\nMessage: Extension does not exist.'
        : willing(action),
    );
    const hints = () => told().filter((line) => line.startsWith('hint'));
    expect(hints()).toEqual(['hint unknown-context']);
    // That it hears of calls was found out all the same.
    await expect.poll(told).toContain('listed 0');
    const online = () => told().filter((line) => line === 'online').length;
    server.cut();
    await expect.poll(online, { timeout: 5_000 }).toBe(2);
    expect(hints()).toHaveLength(2);
    knows = true;
    server.cut();
    await expect.poll(online, { timeout: 5_000 }).toBe(3);
    expect(hints()).toHaveLength(2);
  });

  it.each([
    ['of a number that the dial plan knows', 'Response: Success', phone('bob', '1002')],
    ['where Asterisk refuses for another reason', 'Response: Error\nMessage: No', phone('bob', '1002')],
    ['where no line has a number', 'Response: Error\nMessage: Extension does not exist.', phone('bob', '')],
  ])('says nothing of the context %s', async (_, answer, line) => {
    const asked = (action: Received) => action['Action'] === 'Originate' && action['Exten'] !== undefined;
    const { server, told } = await open(
      (action) =>
        asked(action) && !answer.includes('Success') ? `${answer}\nActionID: ID` : willing(action),
      { lines: [line] },
    );
    expect(told().filter((each) => each.startsWith('hint'))).toEqual([]);
    expect(server.received.filter(asked)).toHaveLength(line.extension === '' ? 0 : 1);
  });

  it('asks how the phones stand, and hears when that changes', async () => {
    const { server, told } = await open((action) => {
      if (action['Action'] !== 'Getvar') return willing(action);
      const value = action['Variable']?.includes('bob') ? 'NOT_INUSE' : 'INVALID';
      return `Response: Success\nActionID: ID\nValue: ${value}`;
    });
    await expect.poll(told).toContain('hint unknown-phone');
    server.say('Event: DeviceStateChange\nDevice: PJSIP/bob\nState: INUSE');
    await expect.poll(told).toContain('phone PJSIP/bob inCall');
    expect(told()).toContain('phone PJSIP/bob free');
  });
});

describe('a call', () => {
  it('is one, whether the dial plan tells of it, Asterisk itself, or both', async () => {
    const { server, story, traced } = await open();
    await expect.poll(story).toContain('listed 0');
    server.say(
      tapi('LINE_NEWCALL PJSIP/bob'),
      tapi('[~1.1&PJSIP/bob] SET CALLERID 0301'),
      tapi('[~1.1&PJSIP/bob] LINE_CALLSTATE LINECALLSTATE_OFFERING'),
      ...rings,
      gone('1.2', '26'),
    );
    await expect.poll(() => story().at(-1)).toBe('PJSIP/bob gone answeredElsewhere 0301');
    const calls = story().filter((line) => line.startsWith('PJSIP/bob') && !line.includes('renamed'));
    expect(calls).toEqual(['PJSIP/bob ringing 0301', 'PJSIP/bob gone answeredElsewhere 0301']);
    expect(traced.filter(({ label }) => label.startsWith('Event TAPI '))).toHaveLength(3);
    expect(traced.map(({ label }) => label)).not.toContain('Event Newchannel');
  });

  it('that was dialled names what it was asked for, from its first report on', async () => {
    const { server, pbx, story } = await open();
    const dialled = pbx.dial('PJSIP/bob', '832', 7);
    const asked = () => server.received.find((action) => action['ChannelId'] !== undefined);
    await expect.poll(asked).toBeDefined();
    const id = asked()?.['ChannelId'];
    server.say(
      `Event: Newchannel\nChannel: PJSIP/bob-3\nChannelState: 0\nUniqueid: ${id}\nLinkedid: ${id}`,
      `Event: Newstate\nChannel: PJSIP/bob-3\nChannelState: 5\nUniqueid: ${id}\nLinkedid: ${id}`,
    );
    expect(await dialled).toEqual({ ok: true });
    await expect.poll(() => story().at(-1)).toBe('PJSIP/bob offHook 1002 #7');
    server.say(`Event: Hangup\nChannel: PJSIP/bob-3\nUniqueid: ${id}\nLinkedid: ${id}\nCause: 17`);
    await expect.poll(() => story().at(-1)).toMatch(/gone .*#7$/);
  });

  it('leaves no digit in the trace', async () => {
    const { server, pbx, events, traced } = await open();
    server.say(
      ...rings,
      'Event: Newstate\nChannel: PJSIP/bob-2\nChannelState: 6\nUniqueid: 1.2\nLinkedid: 1.1',
    );
    const channel = () =>
      events.flatMap((event) => (event.type === 'channel' ? [event.report.channel] : [])).at(-1);
    await expect.poll(channel).toBeDefined();
    expect(await pbx.sendDigits('PJSIP/bob', channel() ?? '', '4711')).toEqual({ ok: true });
    const digits = server.received.filter(({ Action }) => Action === 'PlayDTMF');
    expect(digits.map((action) => action['Digit'])).toEqual(['4', '7', '1', '1']);
    const sent = traced.filter(({ label }) => label === 'Action PlayDTMF').map(({ text }) => text);
    expect(sent).toHaveLength(4);
    for (const text of sent) expect(text).not.toMatch(/Digit: \d/);
  });
});

describe('a lost session', () => {
  const bobTalks =
    'Channel: PJSIP/bob-2\nChannelState: 6\nUniqueid: 1.2\nLinkedid: 1.1\nApplication: AppDial\nBridgeID: b';
  const trunkTalks =
    'Channel: PJSIP/trunk-1\nChannelState: 6\nCallerIDNum: 0301\nUniqueid: 1.1\nLinkedid: 1.1\nExten: 500\nBridgeID: b';

  it('is followed by a list of what lives: the same call under the same name, and none that is over', async () => {
    const lists: string[] = [];
    const rig = await open((action) =>
      action['Action'] === 'Status' && lists.length > 0 ? lists.shift() : willing(action),
    );
    await expect.poll(rig.story).toContain('listed 0');
    rig.server.say(...rings);
    await expect.poll(rig.story).toContain('PJSIP/bob ringing 0301');
    const channels = () =>
      rig.events.flatMap((event) => (event.type === 'channel' ? [event.report.channel] : []));
    const [name = ''] = channels();
    lists.push(listOf(bobTalks, trunkTalks));
    rig.server.cut();
    await expect.poll(rig.story).toContain('listed 1');
    expect(rig.story().slice(-3)).toEqual(['online', 'PJSIP/bob busy 0301', 'listed 1']);
    expect(new Set(channels())).toEqual(new Set([name]));
    rig.server.cut();
    await expect.poll(() => rig.story().at(-1)).toBe('listed 0');
  });

  it('of a user who hears no calls takes none from the list that would never end', async () => {
    const deaf: Answer = (action) => {
      if (action['Action'] === 'Originate') return undefined;
      return action['Action'] === 'Status' ? listOf(bobTalks, trunkTalks) : willing(action);
    };
    const { story, told } = await open(deaf);
    await expect.poll(story).toContain('listed 0');
    expect(told()).toContain('hint missing-readCall');
    expect(story().filter((line) => line.includes('busy'))).toEqual([]);
  });

  it('of a user who may list nothing begins with nothing', async () => {
    const { story, server } = await open((action) =>
      action['Action'] === 'ListCommands' ? 'Response: Success\nActionID: ID\nOriginate: x' : willing(action),
    );
    expect(server.received.map(({ Action }) => Action)).not.toContain('Status');
    server.say(...rings);
    await expect.poll(story).toContain('PJSIP/bob ringing 0301');
    expect(story()).not.toContain('listed 0');
  });
});

describe('a user who may send nothing', () => {
  const { clock } = systemPorts;
  const soon: Partial<AsteriskPorts> = {
    clock: { ...clock, after: (ms, act) => clock.after(ms === CALLS_FOLLOW ? 50 : ms, act) },
  };
  const mute: Answer = (action) =>
    action['Action'] === 'ListCommands' ? 'Response: Success\nActionID: ID\nPing: x' : willing(action);
  const said = `Event: UserEvent
    Privilege: user,all
    Channel: PJSIP/trunk-00000001
    Uniqueid: 1.1
    Linkedid: 1.1
    UserEvent: TAPI
    TAPIEVENT: LINE_NEWCALL PJSIP/bob`;

  it('and hears of a call by the dial plan alone is told which class is missing', async () => {
    const { server, told } = await open(mute, {}, soon);
    expect(told()).toEqual(expect.arrayContaining(['hint missing-originate', 'hint missing-call']));
    expect(told()).not.toContain('hint missing-readCall');
    server.say(said);
    await expect.poll(told).toContain('hint missing-readCall');
  });

  it('and hears of it by both is told nothing of the kind', async () => {
    const { server, told, story } = await open(mute, {}, soon);
    server.say(said, ...rings.map((event) => `${event}\nPrivilege: call,all`));
    await expect.poll(story).toContain('PJSIP/bob ringing 0301');
    await new Promise((resolve) => clock.after(200, () => resolve(undefined)));
    expect(told()).not.toContain('hint missing-readCall');
  });
});

describe('a command', () => {
  it('without a session is not sent', async () => {
    const { pbx } = await open();
    await pbx.stop();
    expect(await pbx.dial('PJSIP/bob', '832', 7)).toMatchObject({ ok: false, code: 'offline' });
    expect(await pbx.endedCalls('PJSIP/bob', 0)).toBeUndefined();
  });
});

describe('a listener that throws', () => {
  it('does not end the session', async () => {
    const opened = await amiServer(willing);
    server = opened;
    const traced: string[] = [];
    let online = false;
    pbx = createAsterisk(
      {
        host: '127.0.0.1',
        port: opened.port,
        user: 'tapline',
        secret: async () => 'secret',
        plainText: true,
        context: 'phones',
        lines: [phone('bob', '1002')],
      },
      systemPorts,
      {
        event: (event) => {
          if (event.type === 'session' && event.session.state === 'online') online = true;
          throw new Error('no');
        },
        trace: ({ label }) => void traced.push(label),
      },
    );
    pbx.start();
    await expect.poll(() => online).toBe(true);
    expect(traced).toContain('listener failed');
  });
});

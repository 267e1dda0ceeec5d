import { expect, it } from 'vitest';
import { packet } from '../testing/fake-connection.ts';
import { phone } from '../testing/story.ts';
import { NativeCalls } from './native-calls.ts';

/** A line that is called through a Local channel: that and the phone behind it are one call. */
const line = { ...phone('Local/1002@phones', '1002', ''), name: 'PJSIP/bob' };
const local = 'Channel: Local/1002@phones-00000006;1\nUniqueid: local.6\nLinkedid: local.6';
const behind = 'Channel: PJSIP/bob-00000003\nUniqueid: bob.3\nLinkedid: local.6';

it('a call is of the phone behind a Local channel, too, when the line takes over what rings elsewhere', () => {
  const calls = new NativeCalls([line]);
  const facts = [
    `Event: Newchannel\n${local}\nChannelState: 4`,
    `Event: Newchannel\n${behind}\nChannelState: 6`,
    `Event: Pickup\n${local}\nChannelState: 6\nTargetChannel: PJSIP/alice-1\nTargetUniqueid: alice.1\nTargetLinkedid: trunk.1`,
    `Event: Newstate\n${behind}\nChannelState: 6\nConnectedLineNum: 0301`,
    `Event: Hangup\n${local}\nCause: 16`,
    `Event: Hangup\n${behind}\nCause: 16`,
  ].flatMap((text) => calls.take(packet(text), 0));
  const last = new Map(facts.map(({ call, what }) => [call, what.kind]));
  expect([...last.values()].filter((kind) => kind !== 'gone')).toEqual([]);
  expect(facts.at(-1)).toMatchObject({ call: 'local.6 picked up', what: { kind: 'gone' } });
  expect([...calls.living()]).toEqual(['alice.1', 'trunk.1']);
});

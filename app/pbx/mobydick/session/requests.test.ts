import { type Element, jid, xml } from '@xmpp/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts';
import { createRequests, mayAnswer, type Requests } from './requests.ts';

let clock: FakeClock;
let sent: Element[];
let requests: Requests;
beforeEach(() => {
  clock = fakeClock();
  sent = [];
  requests = createRequests((stanza) => sent.push(stanza), clock, 'p');
});
const idOf = (index: number) => sent[index]?.attrs['id'] ?? '';
const iq = (type: string, id: string, ...children: Element[]) => xml('iq', { type, id }, ...children);

describe('requests', () => {
  it('go out as iq of type get without an address, each with an id of its own', () => {
    void requests.ask(xml('a'), 10);
    void requests.ask(xml('b'), 10);
    expect(sent.map(({ attrs }) => [attrs['type'], attrs['to']])).toEqual([
      ['get', undefined],
      ['get', undefined],
    ]);
    expect(new Set([idOf(0), idOf(1)]).size).toBe(2);
  });

  it('are answered once, each by its own id, and say what they were about', async () => {
    const first = requests.ask(xml('a'), 10, { call: 5 });
    const second = requests.ask(xml('b'), 10);
    const result = iq('result', idOf(1));
    expect(requests.take(result)).toEqual({});
    const error = xml('error', {}, xml('text', {}, 'no'), xml('forbidden'));
    expect(requests.take(iq('error', idOf(0), error))).toEqual({ call: 5 });
    expect(await first).toEqual({ kind: 'error', condition: 'forbidden', text: 'no' });
    expect(await second).toEqual({ kind: 'result', stanza: result });
    expect(requests.take(result)).toBeUndefined();
    expect(clock.waiting()).toBe(0);
  });

  it.each([
    ['a question', 'get', 'p-1'],
    ['an id nobody asked with', 'result', 'p-2'],
    ['no type', '', 'p-1'],
  ])('are not answered by %s', (_what, type, id) => {
    void requests.ask(xml('a'), 10);
    expect(requests.take(iq(type, id))).toBeUndefined();
    expect(clock.waiting()).toBe(1);
  });

  it('that nobody waits for go out with an id of their own, and leave nothing', () => {
    requests.tell(xml('a'));
    requests.tell(xml('a'));
    expect(new Set([idOf(0), idOf(1)]).size).toBe(2);
    expect(requests.take(iq('result', idOf(0)))).toBeUndefined();
    expect(clock.waiting()).toBe(0);
    requests.end('cut');
    requests.tell(xml('a'));
    expect(sent).toHaveLength(2);
  });

  it('end at their deadline', async () => {
    const asked = requests.ask(xml('a'), 10);
    await clock.pass(10);
    expect(await asked).toMatchObject({ kind: 'unanswered' });
    expect(requests.take(iq('result', idOf(0)))).toBeUndefined();
  });

  it('end together with the stream, and none is sent after it', async () => {
    const asked = requests.ask(xml('a'), 10);
    requests.end('cut');
    expect(await asked).toEqual({ kind: 'unanswered', why: 'cut' });
    expect(await requests.ask(xml('b'), 10)).toEqual({ kind: 'unanswered', why: 'cut' });
    expect(sent).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });
});

describe('who may answer', () => {
  const own = jid('anna@mobydick/Tapline-1');
  it.each([undefined, 'mobydick', 'MOBYDICK', 'pbx.mobydick', 'anna@mobydick', 'Anna@mobydick/tapline-1'])(
    'is %s',
    (from) => expect(mayAnswer(xml('iq', { from }), own)).toBe(true),
  );
  it.each(['ben@mobydick/x', 'anna@mobydick/other', 'anna@elsewhere', 'elsewhere', 'pbx.elsewhere', ''])(
    'is not "%s"',
    (from) => expect(mayAnswer(xml('iq', { from }), own)).toBe(false),
  );
});

import { xml } from '@xmpp/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../testing/parse.ts';
import { NS_CMD } from './elements.ts';
import { decodeMessage, decodeReply } from './incoming.ts';
import { decodeJournalEntry, decodeJournalList } from './journal-entry.ts';

const wrapped = (body: string) => `<cmd xmlns='${NS_CMD}' module='journal'>${body}</cmd>`;
const entry = (body: string, attributes = '') => parse(`<JournalEntry ${attributes}>${body}</JournalEntry>`);
const LEAST = '<timestamp>1</timestamp><inbound>true</inbound>';

describe('journal.JournalEntry', () => {
  const documented = `<JournalEntry eventId="771" eventType="create" userId="6" userName="tweber">
      <id>771</id><timestamp>1386080714363</timestamp><inbound>true</inbound><internal>true</internal>
      <duration>28</duration><connected>26</connected><deviceId>0</deviceId><deviceName/>
      <name>Thomas Mattausch</name><number>370</number><prefix/><result>redirect</result>
      <recordId>1386080714363-21_1386080714363-28</recordId>
    </JournalEntry>`;
  const read = {
    user: 'tweber',
    eventType: 'create',
    inbound: true,
    number: '370',
    timestamp: 1_386_080_714_363,
    duration: 28,
  };

  it('is read as the documentation shows it, as an event and in a list', () => {
    expect(decodeMessage(parse(`<message>${wrapped(documented)}</message>`))).toEqual({
      ok: true,
      value: { kind: 'ended', entry: read },
    });
    const list = `<iq type='result'>${wrapped(`<JournalList>${documented}${documented}</JournalList>`)}</iq>`;
    expect(decodeReply(parse(list))).toEqual({ ok: true, value: { kind: 'journal', entries: [read, read] } });
  });

  it('needs no more than a time and a direction (TAPI-14)', () => {
    expect(decodeJournalEntry(entry(LEAST))).toEqual({
      ok: true,
      value: { user: '', eventType: '', inbound: true, number: '', timestamp: 1, duration: 0 },
    });
    const event = `<message>${wrapped(`<JournalEntry>${LEAST}</JournalEntry>`)}</message>`;
    expect(decodeMessage(parse(event))).toMatchObject({ ok: true });
  });

  it.each([
    ['a time', '<inbound>true</inbound>'],
    ['a time', '<timestamp>yesterday</timestamp><inbound>true</inbound>'],
    ['a time', `<timestamp>${'9'.repeat(16)}</timestamp><inbound>true</inbound>`],
    ['a direction', '<timestamp>1</timestamp>'],
    ['too long', `${LEAST}<number>${'1'.repeat(257)}</number>`],
  ])('is refused for want of %s', (why, body) => {
    const decoded = decodeJournalEntry(entry(body));
    expect(decoded.ok ? '' : decoded.why).toContain(why);
  });

  it('tells of no call that ended when its event is another', () => {
    const event = `<message>${wrapped(`<JournalEntry eventType='delete'>${LEAST}</JournalEntry>`)}</message>`;
    expect(decodeMessage(parse(event))).toMatchObject({ ok: false });
  });
});

describe('journal.JournalList', () => {
  it('may be empty (TAPI-14)', () => {
    expect(decodeJournalList(parse('<JournalList/>'))).toEqual([]);
  });

  it('leaves out what makes no sense, and what is too much', () => {
    const good = `<JournalEntry>${LEAST}</JournalEntry>`;
    expect(decodeJournalList(parse(`<JournalList><JournalEntry/>${good}</JournalList>`))).toHaveLength(1);
    expect(decodeJournalList(parse(`<JournalList>${good.repeat(1_001)}</JournalList>`))).toHaveLength(1_000);
  });
});

it('whatever the numbers are, they are whole and exact, in milliseconds too', () => {
  const text = fc.oneof(
    fc.nat().map(String),
    fc.stringMatching(/^[0-9]{1,20}$/),
    fc.string(),
    fc.constant('1e3'),
  );
  fc.assert(
    fc.property(text, text, (timestamp, duration) => {
      const fields = Object.entries({ timestamp, duration, inbound: 'true' });
      const children = fields.map(([name, value]) => xml(name, {}, value));
      const decoded = decodeJournalEntry(xml('JournalEntry', {}, ...children));
      if (decoded.ok) {
        expect(Number.isSafeInteger(decoded.value.timestamp)).toBe(true);
        expect(Number.isSafeInteger(decoded.value.duration * 1_000)).toBe(true);
      } else expect(/^\s*\d{1,15}\s*$/.test(timestamp)).toBe(false);
    }),
  );
});

import { StringDecoder } from 'node:string_decoder';
import { type Element, Parser } from '@xmpp/xml/index.js';
import { describe, expect, it } from 'vitest';
import { ChannelEvents, inPieces } from './channel-events.ts';

const receiver = {
  extension: '340',
  fullName: 'Anna Müller',
  device: 'SIP anna',
  domain: 'mobydick',
  address: 'anna@mobydick/companion',
};

function parse(pieces: readonly Buffer[]): Element[] {
  const elements: Element[] = [];
  const parser = new Parser();
  const decoder = new StringDecoder('utf8');
  parser.on('element', (element) => elements.push(element));
  parser.write("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");
  for (const piece of pieces) parser.write(decoder.write(piece));
  return elements;
}

const eventIn = (stanza: Element): Element | undefined => stanza.getChild('cmd')?.getChild('ChannelEvent');

describe('the events', () => {
  const COUNT = 5_000;
  const events = new ChannelEvents(receiver);
  const text = events.take(COUNT / 2) + events.take(COUNT / 2);
  const told = parse(inPieces(text)).map(eventIn);
  const textIn = (event: Element | undefined, name: string) => event?.getChild(name)?.getText() ?? '';

  it('are whole stanzas, however they are cut, and as many as wanted', () => {
    expect(inPieces(text).length).toBeGreaterThan(100);
    expect(told).toHaveLength(COUNT);
    expect(told).not.toContain(undefined);
  });

  it('tell calls that come, go on and end, a few at a time', () => {
    const calls = Map.groupBy(told, (event) => textIn(event, 'eventId'));
    expect(calls.size).toBe(events.calls);
    expect(events.calls).toBeGreaterThan(1_000);
    const stories = [...calls.values()].map((call) => call.map((event) => textIn(event, 'eventType')));
    expect(stories.every(([first]) => first === 'ringing')).toBe(true);
    const unfinished = stories.filter((story) => story.at(-1) !== 'hangup');
    expect(unfinished).toHaveLength(events.alive);
    expect(events.alive).toBeLessThanOrEqual(3);
    expect(new Set(stories.flat())).toEqual(
      new Set(['ringing', 'rename', 'busy', 'hold', 'unhold', 'hangup']),
    );
  });

  it('name people as they are spelled', () => {
    const names = told.map((event) => textIn(event, 'sourceName'));
    expect(names).toContain('Käthe Müller');
    expect(names).toContain('Sales & Service');
  });
});

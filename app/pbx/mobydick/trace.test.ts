import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MAX_TRACE_TEXT } from './limits.ts';
import { arbitraryElement } from './testing/arbitrary-xml.ts';
import { parse } from './testing/parse.ts';
import { wireLine } from './trace.ts';

const NS = 'http://www.pascom.net/mobydick';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';

describe('wireLine', () => {
  it.each([
    [
      `<message><cmd xmlns='${NS}' module='base'><ChannelEvent><eventType>ringing</eventType><eventId>SIP/1</eventId></ChannelEvent></cmd></message>`,
      'base.ChannelEvent ringing',
      'SIP/1',
    ],
    [
      `<iq type='get' id='1'><cmd xmlns='${NS}' module='base'><Dial target='1'/></cmd></iq>`,
      'base.Dial',
      undefined,
    ],
    [
      `<iq type='error' id='1'><cmd xmlns='${NS}' module='base'><Dial/></cmd><error/></iq>`,
      'base.Dial error',
      undefined,
    ],
    ["<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", 'ping', undefined],
    ["<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", 'iq set bind', undefined],
    ['<presence/>', 'presence', undefined],
    [`<auth xmlns='${SASL}' mechanism='PLAIN'>AGE=</auth>`, 'auth PLAIN', undefined],
    ['<stream:features/>', 'stream features', undefined],
  ])('labels %s', (text, label, channel) => {
    const line = wireLine('in', parse(text));
    expect(line.label).toBe(label);
    expect(line.channel).toBe(channel);
  });

  it.each(['auth', 'challenge', 'response', 'success'])('leaves out what <%s/> carries', (name) => {
    const line = wireLine('out', parse(`<${name} xmlns='${SASL}'>c2VjcmV0</${name}>`));
    expect(line.text).not.toContain('c2VjcmV0');
    expect(line.text).toContain('(left out)');
  });

  it('leaves out what is named like a secret, and keeps the rest', () => {
    const line = wireLine(
      'in',
      parse("<iq><x userPassword='a1' name='n2'><voicemailpin>33</voicemailpin><b>44</b></x></iq>"),
    );
    expect(line.text).not.toMatch(/a1|33/);
    expect(line.text).toMatch(/n2.*44/);
  });

  it.each([
    '<iq><x PIN="Zq1"/></iq>',
    '<iq><x:PIN>Zq1</x:PIN></iq>',
    '<iq><voicemailPin\n>Zq1</voicemailPin></iq>',
    '<iq><a><b><authToken c="d">Zq1<e>Zq2</e></authToken></b></a></iq>',
    '<iq><a newSecretKey="Zq1">b</a></iq>',
    '<iq><passwdList>Zq1</passwdList></iq>',
  ])('finds a secret however it is written: %s', (text) => {
    expect(wireLine('in', parse(text)).text).not.toContain('Zq');
  });

  it('tells why a sign-in was refused', () => {
    expect(wireLine('in', parse(`<failure xmlns='${SASL}'><not-authorized/></failure>`)).text).toContain(
      'not-authorized',
    );
  });

  it('makes the text when it is read, not while a call waits', () => {
    const element = parse('<message><body>x</body></message>');
    const written = vi.spyOn(Object.getPrototypeOf(element), 'toString');
    const line = wireLine('in', element);
    expect(written).not.toHaveBeenCalled();
    expect(line.text).toBe('<message><body>x</body></message>');
    written.mockRestore();
  });

  it('keeps what a command was about, before what the stanza says', () => {
    const event = parse(
      `<message><cmd xmlns='${NS}'><ChannelEvent><eventId>SIP/1</eventId></ChannelEvent></cmd></message>`,
    );
    expect(wireLine('in', event, { channel: 'SIP/2', call: 7 })).toMatchObject({ channel: 'SIP/2', call: 7 });
    expect(wireLine('in', event)).toMatchObject({ channel: 'SIP/1' });
    expect(wireLine('in', event)).not.toHaveProperty('call');
  });

  it('takes any XML, and stays within its limit', () => {
    fc.assert(
      fc.property(arbitraryElement, (element) => {
        const line = wireLine('in', element);
        expect(line.text.length).toBeLessThanOrEqual(MAX_TRACE_TEXT);
        expect(line.label).not.toBe('');
      }),
    );
  });
});

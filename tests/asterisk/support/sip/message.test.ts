import { describe, expect, it } from 'vitest';
import { digestAnswer } from './digest.ts';
import {
  field,
  fields,
  formatMessage,
  methodOf,
  parameter,
  parseMessage,
  statusOf,
  uriIn,
} from './message.ts';

const datagram = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'));

describe('a SIP message', () => {
  it('is read whatever the form of its names, over folded lines, with its body', () => {
    const read = parseMessage(
      datagram(
        'INVITE sip:bob@127.0.0.1:5060 SIP/2.0',
        'v: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1',
        'Via: SIP/2.0/UDP 192.0.2.1',
        'f: "Zoë"',
        ' <sip:1@127.0.0.1>;tag=a',
        'CALL-ID:  x@y ',
        'no colon',
        '',
        'v=0\r\n',
      ),
    );
    if (!read) throw new Error('not read');
    expect(methodOf(read)).toBe('INVITE');
    expect(statusOf(read)).toBeUndefined();
    expect(fields(read, 'via')).toEqual([
      'SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1',
      'SIP/2.0/UDP 192.0.2.1',
    ]);
    expect(field(read, 'From')).toBe('"Zoë" <sip:1@127.0.0.1>;tag=a');
    expect(field(read, 'Call-ID')).toBe('x@y');
    expect(field(read, 'Contact')).toBe('');
    expect(read.body).toBe('v=0\r\n');
  });

  it('tells the code of a response', () => {
    const read = parseMessage(datagram('SIP/2.0 486 Busy Here', 'To: <sip:1@x>', '', ''));
    expect(read && statusOf(read)).toBe(486);
    expect(read && methodOf(read)).toBeUndefined();
  });

  it.each(['\r\n\r\n', 'hello', 'INVITE\r\n\r\n', 'SIP/2.0 abc\r\n\r\n'])('is not %j', (text) => {
    expect(parseMessage(Buffer.from(text))).toBeUndefined();
  });

  it('is written with the length of its body in bytes', () => {
    const message = { start: 'INFO sip:x SIP/2.0', fields: [['To', '<sip:x>']] as const, body: 'ä' };
    expect(formatMessage(message).toString()).toBe(
      'INFO sip:x SIP/2.0\r\nTo: <sip:x>\r\nContent-Length: 2\r\n\r\nä',
    );
    expect(formatMessage(message, 'latin1').toString('latin1')).toContain('Content-Length: 1\r\n\r\nä');
  });

  it('has addresses with a URI and parameters', () => {
    const value = '"A;tag=no" <sip:a@b;transport=udp>;tag=yes;x=1';
    expect(uriIn(value)).toBe('sip:a@b;transport=udp');
    expect(uriIn('sip:a@b;tag=1')).toBe('sip:a@b');
    expect(parameter(value, 'tag')).toBe('yes');
    expect(parameter(value, 'transport')).toBeUndefined();
    expect(parameter('SIP/2.0/UDP 127.0.0.1:1;rport;branch=z9', 'branch')).toBe('z9');
  });
});

describe('an answer to a digest challenge', () => {
  // RFC 2617, section 3.5.
  const request = {
    user: 'Mufasa',
    password: 'Circle Of Life',
    method: 'GET',
    uri: '/dir/index.html',
    cnonce: '0a4f113b',
  };
  const challenge =
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"';

  it("is the RFC's", () => {
    const answer = digestAnswer(challenge, request);
    expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"');
    expect(answer).toContain('opaque="5ccc"');
  });

  it('goes without what an old server does not know', () => {
    const answer = digestAnswer('Digest realm="r", nonce="n"', request);
    expect(answer).not.toMatch(/qop|cnonce|opaque/);
    // MD5(MD5("Mufasa:r:Circle Of Life"):n:MD5("GET:/dir/index.html")), by md5sum.
    expect(answer).toContain('response="e2f9f8bed08c50a66181679ee5b58085"');
  });
});

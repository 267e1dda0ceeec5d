/** Where sound goes: what one side offers or answers (SDP, RFC 8866). */

export type Direction = 'sendrecv' | 'sendonly';

/**
 * The one codec that every Asterisk has.
 * @param version counts what this side has said so far in the call
 */
export function sdp(version: number, mediaPort: number, direction: Direction): string {
  const lines = [
    'v=0',
    `o=- 1 ${version} IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${mediaPort} RTP/AVP 0`,
    'a=rtpmap:0 PCMU/8000',
    `a=${direction}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

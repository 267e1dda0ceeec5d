/** HTTP Digest with MD5, as SIP uses it (RFC 2617; RFC 3261, section 22). */
import { createHash } from 'node:crypto';

export type DigestRequest = {
  readonly user: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  /** The client's nonce. */
  readonly cnonce: string;
};

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** The value of Authorization that answers a WWW-Authenticate. */
export function digestAnswer(challenge: string, request: DigestRequest): string {
  const asked = (name: string) => new RegExp(`\\b${name}="?([^",]+)`, 'i').exec(challenge)?.[1];
  const { user, password, method, uri, cnonce } = request;
  const realm = asked('realm') ?? '';
  const nonce = asked('nonce') ?? '';
  const opaque = asked('opaque');
  const withQop = asked('qop') !== undefined;
  const count = '00000001';
  const secret = md5(`${user}:${realm}:${password}`);
  const what = md5(`${method}:${uri}`);
  const middle = withQop ? `${nonce}:${count}:${cnonce}:auth` : nonce;
  const answer = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${md5(`${secret}:${middle}:${what}`)}"`,
    'algorithm=MD5',
    ...(withQop ? ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ];
  return `Digest ${answer.join(', ')}`;
}

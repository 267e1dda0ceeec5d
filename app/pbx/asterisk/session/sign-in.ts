import { createHash } from 'node:crypto';
import { SessionFailure } from '../../connection/failure.ts';
import type { AmiAnswer, AmiConnection } from '../ami/connection.ts';
import { type AmiHeader, header } from '../ami/packet.ts';

/**
 * What is read of a PBX's events (manager.conf, read=): calls, the dial plan's own events, and of the system that it has
 * started or goes down. A class that the user lacks is left out by Asterisk without a word.
 */
export const EVENT_MASK = 'system,call,user';

export type Credentials = { readonly user: string; readonly secret: string };

/**
 * Signs in with a challenge (MD5), so that the secret itself does not cross the wire. Where a server knows no challenge
 * the secret is sent, inside an encryption and nowhere else. One attempt: what is refused is not tried another way.
 * @throws SessionFailure
 */
export async function signIn(
  action: AmiConnection['action'],
  { user, secret }: Credentials,
  secure: boolean,
): Promise<void> {
  const challenged = await action({ name: 'Challenge', headers: [['AuthType', 'MD5']] });
  const challenge = challenged.ok ? header(challenged.packet, 'Challenge') : undefined;
  if (!challenged.ok && challenged.code !== 'refused' && challenged.code !== 'denied')
    throw failed(challenged);
  if (!challenged.ok && IN_USE.test(challenged.detail)) throw failed(challenged);
  if (challenge === undefined && !secure) {
    const said = challenged.ok ? 'a challenge without a text' : challenged.detail;
    const detail = `the server gives no challenge (${said}), and the secret is not sent without encryption`;
    throw new SessionFailure({ code: 'noEncryption', stage: 'signIn', detail }, 'never');
  }
  const proof: readonly AmiHeader[] =
    challenge === undefined
      ? [['Secret', secret]]
      : [
          ['AuthType', 'MD5'],
          ['Key', createHash('md5').update(`${challenge}${secret}`).digest('hex')],
        ];
  const headers: readonly AmiHeader[] = [['Username', user], ...proof, ['Events', EVENT_MASK]];
  const answer = await action({ name: 'Login', headers });
  if (!answer.ok) throw failed(answer);
}

function failed({ code, detail }: Extract<AmiAnswer, { ok: false }>): SessionFailure {
  const at = { stage: 'signIn', detail } as const;
  if (code === 'unanswered') return new SessionFailure({ ...at, code: 'silent' });
  if (code === 'offline') return new SessionFailure({ ...at, code: 'lost' });
  // Nobody can have given such a user name or secret to a server.
  if (code === 'invalid') return new SessionFailure({ ...at, code: 'wrongPassword' }, 'never');
  if (IN_USE.test(detail)) return new SessionFailure({ ...at, code: 'replaced' }, 'longWait');
  // Of a wrong secret, an unknown user and a forbidden address Asterisk says the same. It reads all three from a file: a
  // second attempt is refused as the first was, and counts at a guard such as fail2ban.
  if (/authentication failed/i.test(detail))
    return new SessionFailure({ ...at, code: 'wrongPassword' }, 'never');
  return new SessionFailure({ ...at, code: 'accountRefused' }, 'longWait');
}

/** `allowmultiplelogin = no`, and somebody is signed in. */
const IN_USE = /already in use/i;

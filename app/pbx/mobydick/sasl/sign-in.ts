import { type Element, xml } from '@xmpp/client';
import { SessionFailure } from '../../connection/failure.ts';
import { MAX_CHALLENGE } from '../limits.ts';
import { saslFailure } from '../session/failure.ts';
import { NS_SASL } from '../session/namespaces.ts';
import type { Credentials } from './credentials.ts';
import { createScram, ScramError, type ScramHash } from './scram.ts';

/** What this program can do, best first. PLAIN hands over the password: it is used inside encryption only. */
export const MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const;
export type Mechanism = (typeof MECHANISMS)[number];

/** The stream while it authenticates. */
export type SaslExchange = {
  readonly send: (element: Element) => void;
  /** The server's next SASL element. Rejects when the stream ends first. */
  readonly next: () => Promise<Element>;
  /** The stream is encrypted. */
  readonly secure: boolean;
};

/**
 * Signs in with the best mechanism both sides know (RFC 6120 section 6). With SCRAM the server must prove that it knows
 * the password too, or the sign-in fails.
 * @throws SessionFailure
 */
export async function signIn(
  exchange: SaslExchange,
  offered: readonly string[],
  credentials: Credentials,
  nonce: string,
): Promise<void> {
  const common = MECHANISMS.filter((known) => offered.includes(known));
  const mechanism = common.find((known) => exchange.secure || known !== 'PLAIN');
  if (!mechanism && common.length > 0) throw readable();
  if (!mechanism)
    throw refused(`no sign-in method in common; the server offers ${offered.join(', ') || 'none'}`);
  try {
    if (mechanism === 'PLAIN') await plain(exchange, credentials);
    else
      await scram(exchange, mechanism === 'SCRAM-SHA-1' ? 'sha1' : 'sha256', mechanism, credentials, nonce);
  } catch (error) {
    if (!(error instanceof ScramError)) throw error;
    throw dishonest(error.message);
  }
}

async function plain(exchange: SaslExchange, { user, password }: Credentials): Promise<void> {
  exchange.send(authElement('PLAIN', `\0${user}\0${password}`));
  const answer = await exchange.next();
  if (answer.name !== 'success') throw rejection(answer);
}

async function scram(
  exchange: SaslExchange,
  hash: ScramHash,
  mechanism: Mechanism,
  credentials: Credentials,
  nonce: string,
): Promise<void> {
  const client = createScram(hash, credentials, nonce);
  exchange.send(authElement(mechanism, client.clientFirst));
  const challenge = await exchange.next();
  if (challenge.name !== 'challenge') throw rejection(challenge);
  const proof = await client.answer(payload(challenge));
  exchange.send(xml('response', { xmlns: NS_SASL }, encode(proof.clientFinal)));
  let last = await exchange.next();
  if (last.name === 'challenge') {
    // A server may send its proof as one more challenge and the success without it.
    proof.verify(payload(last));
    exchange.send(xml('response', { xmlns: NS_SASL }));
    last = await exchange.next();
    if (last.name !== 'success') throw rejection(last);
    return;
  }
  if (last.name !== 'success') throw rejection(last);
  proof.verify(payload(last));
}

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64');

const authElement = (mechanism: Mechanism, first: string) =>
  xml('auth', { xmlns: NS_SASL, mechanism }, encode(first));

function payload(element: Element): string {
  const text = element.getText();
  if (text.length > MAX_CHALLENGE) throw new ScramError("the server's message is too long");
  return Buffer.from(text, 'base64').toString('utf8');
}

function rejection(element: Element): SessionFailure {
  if (element.name !== 'failure') return dishonest(`<${element.name}/> out of turn`);
  const condition = element.getChildElements().find((child) => child.name !== 'text');
  return saslFailure(condition?.name ?? 'unknown', element.getChild('text')?.getText() ?? '');
}

/** Whoever answers does not keep to the rules: the password is not tried on it again. */
function dishonest(detail: string): SessionFailure {
  return new SessionFailure({ code: 'wrongServer', stage: 'signIn', detail }, 'never');
}

function refused(detail: string): SessionFailure {
  return new SessionFailure({ code: 'accountRefused', stage: 'signIn', detail }, 'never');
}

/** Whoever reads along would have the password: it is not sent. */
function readable(): SessionFailure {
  const detail = 'not encrypted, and the server takes nothing but the password itself (PLAIN)';
  return new SessionFailure({ code: 'noEncryption', stage: 'signIn', detail }, 'never');
}

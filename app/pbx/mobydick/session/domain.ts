import { isIP } from 'node:net';
import type { SignInTarget } from '../account.ts';

/**
 * Which XMPP domain a PBX serves, found out by asking: every stream names a domain, and a server that does not serve it
 * says host-unknown (RFC 6120 section 4.9.3.6). Openfire answers to any name, and tells its own in its header.
 * What is found here only addresses the streams. It never makes a certificate trusted: before the encryption stands,
 * anybody on the way may have said it.
 */

/** What a server said to a stream for one domain. */
export type DomainAnswer = {
  readonly asked: string;
  /** It went on, and did not say host-unknown. */
  readonly served: boolean;
  /** The domain its header came from, as `serverDomain` reads it. */
  readonly announced?: string;
};

export type DomainStep =
  /** open a stream for this one */
  | { readonly kind: 'ask'; readonly domain: string }
  /** the stream that is open is the right one, and this is the domain to go on with */
  | { readonly kind: 'use'; readonly domain: string }
  /** nothing fits: the user has to say it */
  | { readonly kind: 'unknown' };

/** Domains of a PBX that was installed without naming one: today's and the vendor's later one. */
const FACTORY_DOMAINS = ['mobydick', 'pascom'] as const;
/** A server that names another domain with each answer is not followed for ever. */
const MAX_ANNOUNCED = 2;
/** Octets of a domain in an XMPP address (RFC 7622 section 3.2). */
const MAX_DOMAIN = 1_023;

/**
 * The next step, given everything the server said so far in this attempt, oldest first. A domain that was set is the
 * only one asked for. Otherwise: what worked before in this run, what stands after `@` in the user name, the factory's
 * first domain, what the server announces, the server's name, the factory's other domain.
 */
export function domainStep(
  target: Pick<SignInTarget, 'host' | 'domain' | 'instance' | 'found'>,
  answers: readonly DomainAnswer[],
): DomainStep {
  const last = answers.at(-1);
  if (last?.served) return { kind: 'use', domain: target.domain ?? last.announced ?? last.asked };
  const asked = new Set(answers.map((answer) => answer.asked));
  const next = candidates(target, answers).find((domain) => !asked.has(domain));
  return next === undefined ? { kind: 'unknown' } : { kind: 'ask', domain: next };
}

function candidates(
  { host, domain, instance, found }: Parameters<typeof domainStep>[0],
  answers: readonly DomainAnswer[],
): readonly string[] {
  if (domain !== undefined) return [domain];
  const [first, ...others] = FACTORY_DOMAINS;
  const announced = [...new Set(answers.flatMap((answer) => answer.announced ?? []))];
  const name = host.toLowerCase().replace(/\.$/, '');
  return [
    ...(found.domain === undefined ? [] : [found.domain]),
    instance ?? first,
    ...announced.slice(0, MAX_ANNOUNCED),
    ...(isIP(name) === 0 ? [name] : []),
    first,
    ...others,
  ];
}

/** The domain in a stream header's `from`; undefined when it is none: it is the server's word. */
export function serverDomain(from: string | undefined): string | undefined {
  const domain = from?.trim().toLowerCase().normalize('NFC') ?? '';
  if (domain === '' || Buffer.byteLength(domain) > MAX_DOMAIN) return undefined;
  return /[\s\p{C}/@<>&"']/u.test(domain) ? undefined : domain;
}

import { isIP, isIPv4, isIPv6 } from 'node:net';
import { type Generated, type GeneratorProblem, problem } from './problems.ts';

/** What a Tapline account is to be able to do. Each switches on classes of manager.conf. */
export type ManagerRights = {
  /** Follows calls without a dial plan, hears why one failed, sees hold and transfers. */
  readonly follow: boolean;
  /** Dials. */
  readonly dial: boolean;
  /** Hangs up, redirects, transfers, sends digits; learns after a lost connection which calls still live. */
  readonly control: boolean;
  /** Presses keys of the phone by SIP NOTIFY: answer, hold. Opens the class `system`, which can restart Asterisk. */
  readonly phoneKeys: boolean;
};

/** Everything but keys of the phone. */
export const USUAL_RIGHTS: ManagerRights = { follow: true, dial: true, control: true, phoneKeys: false };
/** Shows calls that the dial plan tells of, and nothing else. */
export const SCREEN_POP_RIGHTS: ManagerRights = {
  follow: false,
  dial: false,
  control: false,
  phoneKeys: false,
};

export type ManagerOptions = {
  /** The manager user: letters, digits, dot, dash, underscore. */
  readonly user: string;
  /** Unset: whoever runs the phone system writes one in; until then nobody can sign in. */
  readonly secret?: string | undefined;
  /** Networks and addresses from which the user may sign in: at least one. */
  readonly permit: readonly string[];
  /** USUAL_RIGHTS unless given. */
  readonly rights?: ManagerRights;
};

/**
 * Writes the section of `manager.conf` for one Tapline account, with the fewest rights that do it. What is given is
 * checked, so that nothing can add a line or a section.
 */
export function managerSection({ user, secret, permit, rights = USUAL_RIGHTS }: ManagerOptions): Generated {
  const problems = problemsOf(user, secret, permit);
  if (problems.length > 0) return { ok: false, problems };
  const text = [
    HEAD,
    `[${user}]`,
    ...(secret === undefined ? SECRET_MISSING : [`secret = ${secret}`]),
    '; Only these may sign in. Keep the list as short as it can be.',
    'deny = 0.0.0.0/0.0.0.0',
    'deny = ::/0',
    ...permit.map((network) => `permit = ${network}`),
    `; ${reads(rights)}`,
    `read = ${readClasses(rights).join(',')}`,
    `; ${writes(rights)}`,
    `write = ${writeClasses(rights).join(',')}`,
    '; Patience with a slow network before Asterisk hangs up on Tapline, ms.',
    'writetimeout = 5000',
  ];
  return { ok: true, text: `${text.join('\n')}\n` };
}

export function readClasses({ follow }: ManagerRights): string[] {
  return follow ? ['call', 'user', 'dtmf'] : ['user'];
}

export function writeClasses({ dial, control, phoneKeys }: ManagerRights): string[] {
  return [...(control ? ['call'] : []), ...(dial ? ['originate'] : []), ...(phoneKeys ? ['system'] : [])];
}

const reads = ({ follow }: ManagerRights) =>
  follow
    ? "user: what the dial plan tells. call: Asterisk's own events. dtmf: digits."
    : 'user: what the dial plan tells.';

function writes({ dial, control, phoneKeys }: ManagerRights): string {
  const said = [
    ...(control ? ['call: hang up, redirect, transfer.'] : []),
    ...(dial ? ['originate: dial.'] : []),
    ...(phoneKeys ? ["system: the phone's keys; may also restart Asterisk."] : []),
  ];
  return said.length === 0 ? 'Nothing may be done.' : said.join(' ');
}

const USER = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
/** Letters, digits and what means nothing in a configuration file. 16 of them cannot be guessed. */
const SECRET = /^[A-Za-z0-9_.+/=-]{16,120}$/;

function problemsOf(user: string, secret: string | undefined, permit: readonly string[]): GeneratorProblem[] {
  const problems: GeneratorProblem[] = [];
  if (!USER.test(user) || user.toLowerCase() === 'general') problems.push(problem('managerUser', user));
  if (secret !== undefined && !SECRET.test(secret)) problems.push(problem('secret', ''));
  if (permit.length === 0) problems.push(problem('permitMissing', ''));
  for (const network of permit) if (!isNetwork(network)) problems.push(problem('permit', network));
  return problems;
}

function isNetwork(text: string): boolean {
  const [address = '', mask, ...more] = text.split('/');
  // A zone (fe80::1%eth0) means nothing at the PBX.
  if (isIP(address) === 0 || address.includes('%') || more.length > 0) return false;
  if (mask === undefined) return true;
  if (isIPv4(address) && isIPv4(mask)) return true;
  return /^\d{1,3}$/.test(mask) && Number(mask) <= (isIPv6(address) ? 128 : 32);
}

const HEAD = `; manager.conf - Tapline's account.
;
; Needs in [general]:  enabled = yes , and for an encrypted connection
;   tlsenable = yes
;   tlsbindaddr = 0.0.0.0:5039
;   tlscertfile = <one PEM file with key and certificate>
; Every manager account can end and list any call, whatever its classes are:
; give each desktop an account of its own, and guard its secret.
`;

const SECRET_MISSING = [
  '; Write a random secret of 16 characters or more here. Until then nobody can',
  '; sign in as this user.',
  ';secret = ',
];

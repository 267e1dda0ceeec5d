import type { SimulatedUser, Simulator } from '../../simulator/simulator.ts';

/** Which face of the embedded PBX the companion signs in to. */
export type PhoneSystem = 'mobydick' | 'asterisk';

/** The manager user of the companion at the Asterisk: rights for everything that the demo does. */
export const MANAGER = {
  name: 'tapline',
  secret: 'Grüße, 4711!',
  read: ['call', 'user', 'dtmf'],
  write: ['call', 'originate', 'system'],
} as const;

/** What signing in takes, and what of it can be seen at the PBX. */
export type SignInAt = {
  /** As app/settings/account.ts reads it. */
  readonly account: Readonly<Record<string, unknown>>;
  readonly password: string;
  /** What a person types as the server. */
  readonly server: string;
  /** The key of the user's line. */
  readonly line: string;
  /** Who is signed in there now, in words: one for each session. */
  readonly sessions: () => readonly string[];
  /** The PBX is mute from here on. */
  readonly goSilent: () => void;
};

/** How `user` signs in under the account key `key`. */
export function signInAt(pbx: Simulator, system: PhoneSystem, key: string, user: SimulatedUser): SignInAt {
  const { host, fingerprint } = pbx;
  const pinnedCertificate = fingerprint;
  if (system === 'mobydick')
    return {
      account: {
        kind: system,
        key,
        host,
        port: pbx.port,
        domain: pbx.domain,
        user: user.name,
        pinnedCertificate,
        resource: 'tapline-demo',
      },
      password: user.password,
      server: `${host}:${pbx.port}`,
      line: `${key}/${user.name}`,
      sessions: () => pbx.sessions().map(({ fullJid, mechanism }) => `${fullJid}, ${mechanism}, encrypted`),
      goSilent: () => pbx.faults.goSilent('online'),
    };
  const { ami } = pbx;
  if (!ami) throw new Error('the embedded PBX has no Asterisk face');
  return {
    account: {
      kind: system,
      key,
      host,
      port: ami.tlsPort,
      user: MANAGER.name,
      pinnedCertificate,
      remoteAnswer: true,
      lines: phonesOf(user),
    },
    password: MANAGER.secret,
    server: `${host}:${ami.tlsPort}`,
    line: `${key}/pjsip/${user.name}`,
    sessions: () => ami.managers().map((name) => `manager ${name}, encrypted`),
    goSilent: () => ami.goSilent(),
  };
}

/** The user's phone, as the form takes it. */
export const phonesOf = ({ name, extension, fullName }: SimulatedUser): string =>
  `PJSIP/${name} ${extension} ${fullName}`;

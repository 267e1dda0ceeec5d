/** A certificate that an authority of this machine vouches for: whose it has to be to be believed. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionState } from '../../app/pbx/port.ts';
import { describeProblem } from '../../app/pbx/problems.ts';
import { shortLived } from '../../simulator/mobydick/certificate.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import type { AccountToTry } from './sign-in-each.ts';
import { ANNA } from './signed-in.ts';

const SCRIPT = fileURLToPath(new URL('sign-in-each.ts', import.meta.url));
const OTHER_PIN = Array.from({ length: 32 }, () => 'AB').join(':');

/** Who signs in where, and to which server. */
const CASES = {
  'the server that was typed': { host: 'localhost', user: 'anna', at: 'named' },
  'the domain in the user name': { host: '127.0.0.1', user: 'anna@stack7', at: 'unnamed' },
  'the domain that was set': { host: '127.0.0.1', user: 'anna', domain: 'stack7', at: 'unnamed' },
  'a domain that only the server told': { host: '127.0.0.1', user: 'anna', at: 'unnamed' },
  'another one than the pinned': {
    host: 'localhost',
    user: 'anna',
    pinnedCertificate: OTHER_PIN,
    at: 'named',
  },
} as const;

let folder: string;
let servers: Readonly<Record<'named' | 'unnamed', Simulator>>;
let outcomes: ReadonlyMap<string, SessionState>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tapline-authority-'));
  const named = await startSimulator({ users: [ANNA], domain: 'stack6' });
  const certificate = shortLived(['stack7'], Date.now());
  const unnamed = await startSimulator({ users: [ANNA], domain: 'stack7', certificate });
  servers = { named, unnamed };
  // These certificates are their own authorities; one of the same name would be taken for the other.
  const authorities = join(folder, 'authorities.pem');
  await writeFile(authorities, named.certificate.certPem + certificate.certPem);
  const accounts = Object.values(CASES).map(
    ({ at, ...account }): AccountToTry => ({
      ...account,
      port: servers[at].port,
      secret: ANNA.password,
      resource: 'tapline',
    }),
  );
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authorities };
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, JSON.stringify(accounts)], { env });
  const states = JSON.parse(stdout) as readonly SessionState[];
  outcomes = new Map(Object.keys(CASES).flatMap((name, at) => (states[at] ? [[name, states[at]]] : [])));
});
afterAll(async () => {
  await servers?.named.close();
  await servers?.unnamed.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a certificate with an authority is believed when it names', () => {
  it.each(['the server that was typed', 'the domain in the user name', 'the domain that was set'])(
    '%s',
    (what) => expect(outcomes.get(what)).toMatchObject({ state: 'online' }),
  );
});

describe('a certificate with an authority is not believed', () => {
  it('when it names a domain that only the server told', () => {
    expect(outcomes.get('a domain that only the server told')).toMatchObject({
      state: 'failed',
      problem: {
        code: 'certificateUntrusted',
        certificate: { subject: 'CN=stack7', complaint: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      },
    });
  });

  it('in place of a pinned one; whoever is asked hears of the authority', () => {
    const outcome = outcomes.get('another one than the pinned');
    expect(outcome).toMatchObject({
      state: 'failed',
      problem: { code: 'certificateChanged', certificate: { complaint: '' } },
    });
    const problem = outcome?.state === 'failed' ? outcome.problem : undefined;
    expect(problem && describeProblem(problem, 'en').why).toContain('; a certificate authority confirms');
  });
});

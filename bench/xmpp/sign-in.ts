import { spawnSync } from 'node:child_process';
import { startProsody } from '../../tests/prosody/server.ts';
import { type Summary, summarise } from '../percentiles.ts';
import type { Client } from './client.ts';
import {
  accountAt,
  newCertificate,
  type StockProcess,
  startServer,
  startStock,
  startTapline,
  type TaplineProcess,
  USERS,
} from './parts.ts';
import type { Process } from './process.ts';

/** What one client took at one server. */
export type SignInFigures = {
  /** ms from nothing to the bound address. */
  readonly bound: Summary;
  /** ms from nothing to the user information. */
  readonly greeted: Summary;
  /** µs from a question to its answer. */
  readonly question: Summary;
};

export type AtServer = { readonly tapline: SignInFigures; readonly stock: SignInFigures };

export type SignIns = {
  readonly simulator: AtServer;
  /** Absent where it is not installed. */
  readonly prosody?: AtServer;
};

const SIGN_INS = 15;
const WARM_UP = 2;
const QUESTIONS = { count: 300, warmUp: 50 };

/** Lets Tapline and the stock client sign in in turn, at the embedded PBX and at Prosody. */
export async function measureSignIns(): Promise<SignIns> {
  const tapline = startTapline();
  const stock = startStock();
  try {
    const simulator = await atSimulator(tapline, stock);
    const prosody = await atProsody(tapline, stock);
    return { simulator, ...(prosody && { prosody }) };
  } finally {
    await Promise.all([tapline.kill(), stock.kill()]);
  }
}

async function atSimulator(tapline: TaplineProcess, stock: StockProcess): Promise<AtServer> {
  const certificate = newCertificate();
  const { process, port } = await startServer(certificate);
  try {
    return await measureBoth(tapline, stock, port, certificate.fingerprint);
  } finally {
    await process.kill();
  }
}

async function atProsody(tapline: TaplineProcess, stock: StockProcess): Promise<AtServer | undefined> {
  if (spawnSync('prosodyctl', ['about']).error) return undefined;
  // The one SCRAM that both know.
  const prosody = await startProsody({ users: Object.values(USERS), mechanisms: ['SCRAM-SHA-1'] });
  try {
    return await measureBoth(tapline, stock, prosody.port, prosody.fingerprint);
  } finally {
    await prosody.close();
  }
}

async function measureBoth(
  tapline: TaplineProcess,
  stock: StockProcess,
  port: number,
  fingerprint: string,
): Promise<AtServer> {
  const sides = [tapline, stock].map((client, at) => ({
    client: client as Process<Client>,
    account: accountAt(port, at === 0 ? USERS.tapline : USERS.stock, fingerprint),
    bound: [] as number[],
    greeted: [] as number[],
  }));
  for (let round = -WARM_UP; round < SIGN_INS; round += 1)
    for (const { client, account, bound, greeted } of sides) {
      const time = await client.ask('signIn', account);
      if (round < 0) continue;
      bound.push(time.bound);
      greeted.push(time.greeted);
    }
  const figures: SignInFigures[] = [];
  for (const { client, account, bound, greeted } of sides)
    figures.push({
      bound: summarise(bound),
      greeted: summarise(greeted),
      question: summarise(await client.ask('questions', account, QUESTIONS)),
    });
  const [ours, theirs] = figures;
  if (!ours || !theirs) throw new Error('a client was not measured');
  return { tapline: ours, stock: theirs };
}

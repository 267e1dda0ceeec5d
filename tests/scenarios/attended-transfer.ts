import { expect } from 'vitest';
import type { HostLine, HostProcess } from '../../tools/rig/host-process.ts';

/** Who is at the PBX beside the TAPI program: whatever PBX it is, they do the same. */
export type TransferPeople = {
  /** A customer calls the line from outside, and its owner lifts the phone. */
  readonly customerCalls: () => Promise<void>;
  /** The number of the colleague who is asked. */
  readonly colleague: string;
  /** The owner takes the second call at his phone, and the colleague answers. Resolves when the two talk. */
  readonly colleagueAnswers: () => Promise<void>;
  /** Resolves when customer and colleague talk with each other, and nobody else talks. */
  readonly joined: () => Promise<void>;
};

/** For two servers on a busy machine; what is reached in time costs none of it. Milliseconds. */
const PATIENCE_MS = 20_000;
/** LINETRANSFERMODE_TRANSFER and LINECALLFEATURE_COMPLETETRANSF (tapi.h). */
const TRANSFER = 1;
const COMPLETETRANSF = 0x20;

/**
 * A program asks a colleague and then transfers a customer to her (TSPI_lineSetupTransfer, TSPI_lineDial,
 * TSPI_lineCompleteTransfer). The line of `host` is open and in service, and has had no call yet.
 */
export async function attendedTransfer(host: HostProcess, people: TransferPeople): Promise<void> {
  const state = (name: string, wanted: string) =>
    host.log.wait(
      `${name} ${wanted}`,
      (line) => isState(line) && line['name'] === name && line['state'] === wanted,
      PATIENCE_MS,
    );
  const ask = async (request: number, command: string) => {
    await host.command(command);
    return host.log.wait(
      `the completion of ${command}`,
      (line) => line.kind === 'completion' && line['request'] === request,
      PATIENCE_MS,
    );
  };

  await people.customerCalls();
  await state('c1', 'CONNECTED');
  expect(await ask(101, 'setuptransfer 101 c1')).toMatchObject({ result: '0x0' });
  await state('c2', 'DIALTONE');
  const [dialled] = await Promise.all([
    ask(102, `dial 102 c2 ${people.colleague}`),
    people.colleagueAnswers(),
  ]);
  expect(dialled).toMatchObject({ result: '0x0' });
  await Promise.all([state('c1', 'ONHOLDPENDTRANSFER'), state('c2', 'CONNECTED')]);
  const offered = async () => Number((await host.command('callstatus c1'))['features']) & COMPLETETRANSF;
  await expect.poll(offered, { timeout: PATIENCE_MS }).toBe(COMPLETETRANSF);
  expect(await ask(103, `completetransfer 103 c1 c2 ${TRANSFER}`)).toMatchObject({ result: '0x0' });
  await Promise.all([state('c1', 'IDLE'), state('c2', 'IDLE'), people.joined()]);

  // What can be done with a call changes within a state: then the state is told again.
  const story = (name: string) =>
    host.log.entries
      .filter((line) => isState(line) && line['name'] === name)
      .map((line) => line['state'])
      .filter((told, at, all) => told !== all[at - 1]);
  expect(story('c1')).toEqual(['OFFERING', 'CONNECTED', 'ONHOLDPENDTRANSFER', 'DISCONNECTED', 'IDLE']);
  expect(story('c2')).toEqual([
    'DIALTONE',
    'DIALING',
    'PROCEEDING',
    'RINGBACK',
    'CONNECTED',
    'DISCONNECTED',
    'IDLE',
  ]);
  for (const name of ['c1', 'c2']) await host.command(`closecall ${name}`);
}

const isState = (line: HostLine): boolean => line['message'] === 'LINE_CALLSTATE';

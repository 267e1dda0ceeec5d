/** One AMI session under test, with everything it told and everything it wrote. */
import type { Socket } from 'node:net';
import type { AsteriskAccount } from '../../../app/pbx/asterisk/account.ts';
import type { AmiPacket } from '../../../app/pbx/asterisk/ami/packet.ts';
import { type AsteriskPorts, systemPorts } from '../../../app/pbx/asterisk/ports.ts';
import type { AmiRights } from '../../../app/pbx/asterisk/session/rights.ts';
import { type AmiSession, createSession } from '../../../app/pbx/asterisk/session/session.ts';
import { DEADLINES, type Deadlines } from '../../../app/pbx/connection/deadlines.ts';
import type { SessionState, WireLine } from '../../../app/pbx/port.ts';
import { MANAGERS, type Office, SECRET } from './office.ts';
import { until } from './until.ts';

/** Short enough for tests, long enough for a busy machine. */
export const SHORT: Deadlines = {
  ...DEADLINES,
  connect: 5_000,
  attempt: 8_000,
  command: 5_000,
  signOut: 500,
  betweenAttempts: 20,
  backOffFirst: 40,
  backOffLongest: 80,
};

export type ToldSession = {
  readonly session: AmiSession;
  readonly states: readonly SessionState[];
  /** What the user may do, as it became known. */
  readonly rights: readonly AmiRights[];
  readonly events: readonly AmiPacket[];
  readonly lines: readonly WireLine[];
  /** Bytes that were written to connections of this session, decrypted ones only where it does not encrypt. */
  readonly written: () => string;
  /** Connections that it opened. */
  readonly connections: () => number;
  /** Resolves with the state, the nth of this name. */
  readonly reaches: <Name extends SessionState['state']>(
    state: Name,
    nth?: number,
  ) => Promise<Extract<SessionState, { state: Name }>>;
};

/** An account for `office`, encrypted and pinned to its certificate, with the least rights that do everything. */
export function accountFor(office: Office, parts: Partial<AsteriskAccount> = {}): AsteriskAccount {
  const { pinnedCertificate = office.fingerprint, plainText, ...rest } = parts;
  return {
    host: '127.0.0.1',
    port: plainText ? office.asterisk.ami : office.asterisk.amiTls,
    user: MANAGERS.usual,
    secret: async () => SECRET,
    context: 'phones',
    lines: [{ name: 'PJSIP/bob', channel: 'PJSIP/bob', extension: '832', person: 'Bob' }],
    ...(plainText ? { plainText } : { pinnedCertificate }),
    ...rest,
  };
}

/** The ports of the system, with what is written noted before it is encrypted or sent. */
export function notedPorts(): { ports: AsteriskPorts; written: () => string; connections: () => number } {
  const written: Buffer[] = [];
  let connections = 0;
  const connect = (host: string, port: number): Socket => {
    connections += 1;
    const socket = systemPorts.connect(host, port);
    const write = socket.write.bind(socket);
    socket.write = ((chunk: Buffer | string, ...rest: []) => {
      written.push(Buffer.from(chunk));
      return write(chunk, ...rest);
    }) as Socket['write'];
    return socket;
  };
  return {
    ports: { ...systemPorts, connect },
    written: () => Buffer.concat(written).toString('latin1'),
    connections: () => connections,
  };
}

const is =
  <Name extends SessionState['state']>(name: Name) =>
  (state: SessionState): state is Extract<SessionState, { state: Name }> =>
    state.state === name;

/** A session that is started at once. */
export function openSession(account: AsteriskAccount, deadlines: Partial<Deadlines> = {}): ToldSession {
  const states: SessionState[] = [];
  const rights: AmiRights[] = [];
  const events: AmiPacket[] = [];
  const lines: WireLine[] = [];
  const { ports, written, connections } = notedPorts();
  const session = createSession(
    account,
    {
      state: (state) => void states.push(state),
      greet: async (found) => {
        rights.push(found);
        return undefined;
      },
      rights: (found) => void rights.push(found),
      event: (packet) => void events.push(packet),
      trace: (line) => void lines.push(line),
    },
    ports,
    { ...SHORT, ...deadlines },
  );
  session.start();
  return {
    session,
    states,
    rights,
    events,
    lines,
    written,
    connections,
    reaches: (state, nth = 1) =>
      until(
        () => states.filter(is(state))[nth - 1],
        () => `the session is not ${state}: ${JSON.stringify(states)}`,
      ),
  };
}

/** One adapter under test, with everything it told. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadlines } from '../../app/pbx/connection/deadlines.ts';
import type { MobydickAccount } from '../../app/pbx/mobydick/account.ts';
import { createMobydick } from '../../app/pbx/mobydick/mobydick.ts';
import { type MobydickPorts, systemPorts } from '../../app/pbx/mobydick/ports.ts';
import type { ChannelReport, Pbx, PbxEvent, SessionState, WireLine } from '../../app/pbx/port.ts';
import type { SimulatedUser } from '../../simulator/simulator.ts';

export const ANNA: SimulatedUser = {
  name: 'Anna',
  fullName: 'Anna Müller',
  extension: '340',
  device: 'SIP anna [Büro]',
  password: 'Pässwörd€ ,="&<:',
};
export const BEN: SimulatedUser = {
  name: 'ben',
  fullName: 'Ben Olsen',
  extension: '341',
  device: 'SIP ben',
  password: 'ben-secret',
};

/** Short enough for tests, long enough for a busy machine. */
export const SHORT: Partial<Deadlines> = {
  connect: 2_000,
  attempt: 2_000,
  command: 1_000,
  signOut: 300,
  betweenAttempts: 20,
  backOffFirst: 40,
  backOffLongest: 80,
};

export type Server = { readonly port?: number; readonly fingerprint?: string };

export type Told = {
  /** Called with every event after it was noted; a test may set it. */
  onEvent: (event: PbxEvent) => void;
  readonly pbx: Pbx;
  readonly events: readonly PbxEvent[];
  readonly lines: readonly WireLine[];
  readonly states: () => readonly SessionState[];
  readonly reports: () => readonly ChannelReport[];
  /** Resolves with the first thing told that fits, already or later; rejects after 5 s. */
  readonly until: <T extends PbxEvent>(fits: (event: PbxEvent) => event is T) => Promise<T>;
  readonly untilState: (state: SessionState['state'], times?: number) => Promise<SessionState>;
};

/** What `user` has at `server`, pinned to its certificate where `server` names it. */
export const accountAt = ({ port, fingerprint }: Server, user: SimulatedUser): MobydickAccount => ({
  host: '127.0.0.1',
  ...(port !== undefined && { port }),
  domain: 'mobydick',
  user: user.name,
  password: async () => user.password,
  ...(fingerprint !== undefined && { pinnedCertificate: fingerprint }),
  resource: 'tapline',
});

/** An adapter for an account there. Not started yet. */
export function adapterFor(
  server: Server,
  user: SimulatedUser = ANNA,
  account: Partial<MobydickAccount> = {},
  deadlines: Partial<Deadlines> = {},
  ports: Partial<MobydickPorts> = {},
): Told {
  const events: PbxEvent[] = [];
  const lines: WireLine[] = [];
  const pbx = createMobydick(
    { ...accountAt(server, user), ...account },
    {
      event: (event) => {
        events.push(event);
        told.onEvent(event);
      },
      trace: (line) => lines.push(line),
    },
    { ...systemPorts('0.0.1'), ...ports },
    { ...SHORT, ...deadlines },
  );
  const states = () => events.flatMap((event) => (event.type === 'session' ? [event.session] : []));
  const waitFor = async <T>(find: () => T | undefined): Promise<T> => {
    for (let waited = 0; waited < 5_000; waited += 5) {
      const found = find();
      if (found !== undefined) return found;
      await sleep(5);
    }
    throw new Error(`not told; states so far: ${JSON.stringify(states())}`);
  };
  const told: Told = {
    onEvent: () => {},
    pbx,
    events,
    lines,
    states,
    reports: () => events.flatMap((event) => (event.type === 'channel' ? [event.report] : [])),
    until: (fits) => waitFor(() => events.find(fits)),
    untilState: (state, times = 1) =>
      waitFor(() => states().filter((session) => session.state === state)[times - 1]),
  };
  return told;
}

/** Signs in and resolves once online. */
export async function signedIn(...parameters: Parameters<typeof adapterFor>): Promise<Told> {
  const told = adapterFor(...parameters);
  told.pbx.start();
  await told.untilState('online');
  return told;
}

export const isReport =
  (kind: ChannelReport['what']['kind'], channel?: string) =>
  (event: PbxEvent): event is PbxEvent & { type: 'channel' } =>
    event.type === 'channel' &&
    event.report.what.kind === kind &&
    (channel === undefined || event.report.channel === channel);

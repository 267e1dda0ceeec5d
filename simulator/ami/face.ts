/** The exchange as an Asterisk: managers sign in, hear of its calls, and control them. */
import type { Exchange } from '../exchange/exchange.ts';
import type { Clock } from '../exchange/ports.ts';
import type { ActionWorld } from './action-world.ts';
import { act } from './actions.ts';
import { NativeEvents } from './events/native-events.ts';
import type { Manager } from './managers.ts';
import { AmiServer } from './server.ts';
import { type AmiEvent, Session, type SessionWork } from './session.ts';

/** The Asterisk face as tests and the demo see it. */
export interface AmiFace {
  /** Not encrypted. */
  readonly port: number;
  /** With TLS from the first byte, with the simulator's certificate. */
  readonly tlsPort: number;
  /** Managers signed in now, by name, oldest first. */
  managers(): readonly string[];
  /** Ends every connection, as a network does: nobody is told. */
  cut(): void;
  /** Says nothing any more on the connections there are. */
  goSilent(): void;
}

export interface AmiFaceOptions {
  readonly managers: readonly Manager[];
  /** 0 (default) takes a free one. */
  readonly port?: number;
  readonly tlsPort?: number;
  /** Whether the dial plan sends UserEvent(TAPI, ...); default true. */
  readonly dialPlan?: boolean;
}

type Certificate = Parameters<AmiServer['listen']>[2];

/** Opens the face on an exchange; resolves once it listens. */
export async function openAmiFace(
  exchange: Exchange,
  { managers, port = 0, tlsPort = 0, dialPlan = true }: AmiFaceOptions,
  host: string,
  certificate: Certificate,
  clock: Clock,
): Promise<AmiFace & { close(): Promise<void>; renewCertificate(): void }> {
  const sessions = new Set<Session>();
  const tell = (event: AmiEvent) => {
    if (event.class === 'user' && !dialPlan) return;
    for (const session of sessions) session.tell(event);
  };
  const now = () => clock.now();
  const events = new NativeEvents(tell, now);
  const world: ActionWorld = { exchange, events, tell, now };
  const work: SessionWork = {
    manager: (name) => managers.find((one) => one.name === name),
    act: (action, packet, session) => act(action, packet, session, world),
    ended: (session) => void sessions.delete(session),
  };
  const server = new AmiServer((socket) => void sessions.add(new Session(socket, work)));
  const ports = await server.listen(host, { port, tlsPort }, certificate);
  const unsubscribe = exchange.subscribe((event) => events.take(event));
  return {
    ...ports,
    managers: () => [...sessions].flatMap(({ manager }) => (manager ? [manager.name] : [])),
    cut: () => {
      for (const session of sessions) session.cut();
    },
    goSilent: () => {
      for (const session of sessions) session.goSilent();
    },
    renewCertificate: () => server.renewCertificate(),
    close: () => {
      unsubscribe();
      return server.close();
    },
  };
}

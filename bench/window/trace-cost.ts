import { Duplex } from 'node:stream';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../../app/clock.ts';
import { Companion } from '../../app/companion.ts';
import { createMobydick, systemPorts } from '../../app/pbx/mobydick/mobydick.ts';
import { SecureSocket } from '../../app/pbx/mobydick/session/secure-socket.ts';
import { hello } from '../../app/testing/shim-peer.ts';
import { encodeFrame } from '../../contract/shim-frame.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, BEN } from '../../tools/rig/rig.ts';
import { type Summary, summarise } from '../percentiles.ts';
import { CALLER } from '../stanza-to-callstate.ts';
import { until } from './until.ts';

/** What a new call takes in one process, in µs: from the stanza's text, decrypted, to the frame for the shim. */
export type TraceCost = {
  readonly traced: Summary;
  /** With a trace that keeps nothing. */
  readonly untraced: Summary;
  /** What the trace puts off until the frame is on its way: redacting and storing. */
  readonly afterwards: Summary;
};

const ROUNDS = 4_000;
const WARM_UP = 1_000;
const STEP_MS = 10_000;
/** By then the PBX has said all it has to say about a call. */
const SAID_MS = 200;

/** A companion with a PBX before it and a shim behind it. */
type Side = { readonly socket: SecureSocket; framed: number; readonly stop: () => Promise<void> };
/** What the PBX says when a call rings, and when it ends. */
type Stanzas = { readonly rings: string; readonly ends: string };

/** Lets the same call ring in two companions in turn, one of which keeps no trace. */
export async function measureTraceCost(): Promise<TraceCost> {
  const pbx = await startSimulator({ users: [ANNA, BEN] });
  const sides: Side[] = [];
  try {
    const traced = await startSide(pbx, 'traced');
    sides.push(traced);
    const untraced = await startSide(pbx, 'untraced');
    sides.push(untraced);
    const stanzas = await recordCall(pbx, traced);
    const times = { traced: [] as number[], untraced: [] as number[], afterwards: [] as number[] };
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      // Who comes first finds the caches cold: they take turns.
      for (const side of round % 2 === 0 ? [traced, untraced] : [untraced, traced]) {
        const { toFrame, afterwards } = await ringOnce(side, stanzas);
        if (round < 0) continue;
        times[side === traced ? 'traced' : 'untraced'].push(toFrame);
        if (side === traced) times.afterwards.push(afterwards);
      }
    }
    return {
      traced: summarise(times.traced),
      untraced: summarise(times.untraced),
      afterwards: summarise(times.afterwards),
    };
  } finally {
    await Promise.all(sides.map(({ stop }) => stop()));
    await pbx.close();
  }
}

async function startSide(pbx: Simulator, kind: 'traced' | 'untraced'): Promise<Side> {
  const side = { framed: 0 };
  const shim = new Duplex({
    read: () => undefined,
    write(_frame, _encoding, done) {
      side.framed ||= performance.now();
      done();
    },
  });
  const companion = new Companion({
    clock: systemClock,
    random32: () => 0,
    version: hello.version,
    endpoint: {
      name: 'in memory',
      listen: async ({ connected }) => connected({ stream: shim, peer: 'the bench' }),
      close: async () => undefined,
    },
  });
  // Both have an `add` of their own, or the two would not be compiled alike.
  const { trace } = companion;
  const add = kind === 'traced' ? trace.add.bind(trace) : () => undefined;
  Object.defineProperty(trace, 'add', { value: add });
  await companion.start();
  shim.push(encodeFrame(hello));
  const socket = await signIn(companion, pbx, `bench-${kind}`);
  return Object.assign(side, { socket, stop: () => companion.stop() });
}

/** Signs Anna in. @returns the socket on which the companion hears the PBX */
async function signIn(companion: Companion, pbx: Simulator, resource: string): Promise<SecureSocket> {
  const { host, port, domain, fingerprint } = pbx;
  const sockets: SecureSocket[] = [];
  const { connect } = SecureSocket.prototype;
  SecureSocket.prototype.connect = function (this: SecureSocket) {
    sockets.push(this);
    connect.call(this);
  };
  try {
    companion.addAccount({
      key: 'bench',
      pbxName: 'bench',
      connect: (listener) =>
        createMobydick(
          {
            host,
            port,
            domain,
            resource,
            user: ANNA.name,
            password: async () => ANNA.password,
            pinnedCertificate: fingerprint,
          },
          listener,
          systemPorts(hello.version),
        ),
    });
    return await until('the companion online', STEP_MS, () => {
      const { state } = companion.state.getState().sessions['bench'] ?? {};
      return state === 'online' ? sockets.at(-1) : undefined;
    });
  } finally {
    SecureSocket.prototype.connect = connect;
  }
}

/** Notes what a companion hears while a call rings and ends. */
async function recordCall(pbx: Simulator, { socket }: Side): Promise<Stanzas> {
  const { outside } = pbx.exchange;
  let heard = '';
  const hear = (text: string): void => {
    heard += text;
  };
  socket.on('data', hear);
  outside.call(CALLER.number, CALLER.name, ANNA.extension);
  await pause(SAID_MS);
  const rings = heard;
  heard = '';
  outside.hangUp(CALLER.number);
  await pause(SAID_MS);
  socket.off('data', hear);
  if (!rings.includes('ringing') || !heard.includes('hangup')) throw new Error('the PBX said too little');
  return { rings, ends: heard };
}

/** One call, as if the PBX had said it. @returns µs until the frame, and of what was put off */
async function ringOnce(
  side: Side,
  { rings, ends }: Stanzas,
): Promise<{ toFrame: number; afterwards: number }> {
  side.framed = 0;
  const heard = performance.now();
  side.socket.emit('data', rings);
  const told = performance.now();
  // What was put off is a microtask that stands before this one.
  await undefined;
  const stored = performance.now();
  const { framed } = side;
  if (framed < heard || framed > told) throw new Error('the call that rings made no frame at once');
  side.socket.emit('data', ends);
  await turn();
  return { toFrame: (framed - heard) * 1_000, afterwards: (stored - told) * 1_000 };
}

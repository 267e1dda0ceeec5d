/**
 * The companion's place when the driver is measured: serves the link on the companion's own endpoint and says what the
 * bench tells it to, with nothing behind it.
 *
 *   node peer.mjs <control port> [socket]
 */
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { unixEndpoint } from '../../app/tsp/unix-endpoint.ts';
import { windowsEndpoint } from '../../app/tsp/windows-endpoint.ts';
import type { CallMessage } from '../../contract/generated/shim.ts';
import { decodeFrame, encodeFrame, FrameReader } from '../../contract/shim-frame.ts';
import { wallClock } from '../clock.ts';
import type { PeerReport, PeerRequest } from './peer-messages.ts';

const [port, socket] = process.argv.slice(2);
const LINE = 831;
const CONNECTED = 0x100;
const PROTOCOL = 2;
/** Frames of a flood that are written at once: what a busy companion has together. */
const FLOOD_PIECE = 100;
/** The first call the shim makes; those told of have smaller numbers. */
const FIRST_MADE = 1_000_000;

let now = wallClock();
let shim: Duplex | undefined;
let made = FIRST_MADE;

const nobody = { flags: 0x20, number: '', name: '' };
const callOf = (call: number, state: number, name: string): CallMessage => ({
  kind: 'call',
  call,
  line: LINE,
  state,
  mode: state === CONNECTED ? 1 : 0,
  features: 0x80,
  origin: 4,
  reason: 1,
  relatedCall: 0,
  caller: { flags: 0xc, number: '0891234567', name },
  called: { flags: 0xc, number: '340', name: 'Anna Müller' },
  connected: nobody,
  redirecting: nobody,
  redirection: nobody,
});

const control = connect(Number(port), '127.0.0.1');
control.setNoDelay(true);
const report = (entry: PeerReport): void => void control.write(`${JSON.stringify(entry)}\n`);

function welcome(stream: Duplex): void {
  const line = {
    kind: 'line',
    line: LINE,
    guid: new Uint8Array(16).fill(1),
    name: 'Anna Müller (340)',
    address: '340',
    switchName: 'Bench',
    inService: true,
    lineFeatures: 0x8,
    addressFeatures: 0x402,
    callFeatures: 0x84,
    maxActiveCalls: 2,
  } as const;
  const messages = [
    { kind: 'welcome', protocol: PROTOCOL, version: '0.0.0' },
    line,
    { kind: 'synced' },
  ] as const;
  stream.write(Buffer.concat(messages.map((message) => encodeFrame(message))));
  report({ event: 'synced' });
}

function serve(stream: Duplex): void {
  const reader = new FrameReader();
  shim = stream;
  stream.on('error', () => stream.destroy());
  stream.on('data', (chunk: Buffer) => {
    const atUs = now();
    for (const frame of reader.push(chunk)) {
      const message = decodeFrame(frame);
      if (message?.kind === 'hello') welcome(stream);
      if (message?.kind !== 'makeCall') continue;
      made += 1;
      stream.write(encodeFrame({ kind: 'result', status: 0, call: made }, frame.request));
      report({ event: 'makeCall', atUs, call: made });
    }
  });
}

function tell(call: number, state: number): void {
  const frame = encodeFrame(callOf(call, state, 'Zoë Zimmer'));
  const atUs = now();
  shim?.write(frame);
  report({ event: 'wrote', atUs });
}

function flood(call: number, count: number): void {
  const piece = Buffer.concat(
    Array.from({ length: FLOOD_PIECE }, (_, at) => encodeFrame(callOf(call, CONNECTED, `Zoë ${at}`))),
  );
  let left = count / FLOOD_PIECE;
  const pour = (): void => {
    while (left > 0) {
      left -= 1;
      if (shim?.write(piece) === false) {
        shim.once('drain', pour);
        return;
      }
    }
  };
  pour();
}

function obey(request: PeerRequest): void {
  if (request.op === 'state') tell(request.call, request.state);
  else if (request.op === 'flood') flood(request.call, request.count);
  else report({ event: 'clock', atUs: now() });
}

let rest = '';
control.setEncoding('utf8').on('data', (text: string) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) obey(JSON.parse(line) as PeerRequest);
});
control.once('close', () => process.exit());
const endpoint = socket === undefined ? windowsEndpoint(() => true) : unixEndpoint(socket);
await endpoint.listen({
  connected: ({ stream }) => serve(stream),
  refused: (peer, reason) => console.error(`${peer} was turned away: ${reason}`),
  failed: (error) => console.error(error.message),
});
// What was compiled meanwhile took its time; the clock is set when all is quiet.
now = wallClock();
report({ event: 'listening', node: process.version });

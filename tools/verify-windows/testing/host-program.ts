/**
 * A telephony program that has tsphost instead of Windows' telephony: the same words in, the same lines out, so that
 * what is verified on Windows can be tried with the DLL of this machine. What the telephony service does by itself
 * (several programs, privileges, its own checks) is not here.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Log, logLines } from '../../rig/log.ts';
import { type ProbeLine, TelephonyProgram } from '../telephony-program.ts';

/** A line of tsphost; native-shim/README.md has its kinds and fields. */
interface HostLine {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** LINEERR_ values are those of LONGs below zero. */
const FIRST_ERROR = 0x8000_0000;
const ERRORS: Readonly<Record<string, string>> = {
  '0x80000005': 'LINEERR_CALLUNAVAIL',
  '0x8000001c': 'LINEERR_INVALCALLSTATE',
  '0x80000048': 'LINEERR_OPERATIONFAILED',
  '0x80000049': 'LINEERR_OPERATIONUNAVAIL',
};

/** What tsphost is to be told for a word of lineprobe. `request` is a number for what is completed later. */
type InHostWords = (words: readonly string[], request: number) => string;

const ofLine =
  (word: string): InHostWords =>
  (words) =>
    [word, words[0] ?? ''].join(' ').trim();
const newCall =
  (word: string): InHostWords =>
  (words, request) =>
    [word, request, ...words].join(' ');
const ofCall =
  (word: string): InHostWords =>
  ([call, ...rest], request) =>
    [word, request, `c${call}`, ...rest].join(' ');
const ofTwoCalls =
  (word: string, ...rest: readonly string[]): InHostWords =>
  ([one, other], request) =>
    [word, request, `c${one}`, `c${other}`, ...rest].join(' ');
const question =
  (word: string): InHostWords =>
  ([call]) =>
    `${word} c${call}`;

/** LINETRANSFERMODE_TRANSFER; LINEDIGITMODE_DTMF for any end-to-end id. */
const TRANSFER = '1';
const DTMF = '1 2';

const WORDS: Readonly<Record<string, InHostWords>> = {
  open: ofLine('open'),
  close: ofLine('close'),
  linestatus: ofLine('linestatus'),
  addresscaps: () => 'addresscaps',
  makecall: newCall('makecall'),
  maketone: newCall('maketone'),
  pickup: newCall('pickup'),
  pickupgroup: newCall('pickupgroup'),
  dial: ofCall('dial'),
  accept: ofCall('accept'),
  answer: ofCall('answer'),
  drop: ofCall('drop'),
  hold: ofCall('hold'),
  unhold: ofCall('unhold'),
  redirect: ofCall('redirect'),
  blindtransfer: ofCall('blindtransfer'),
  setuptransfer: ofCall('setuptransfer'),
  swaphold: ofTwoCalls('swaphold'),
  completetransfer: ofTwoCalls('completetransfer', TRANSFER),
  digits: ([call, ...digits]) => `digits c${call} ${DTMF} ${digits.join(' ')}`,
  callinfo: question('callinfo'),
  callstatus: question('callstatus'),
  release: question('closecall'),
};

export class HostProgram extends TelephonyProgram {
  /** Its exit code: 0 when the DLL broke no rule of TSPI. */
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #devices: number[] = [];
  #requests = 0;

  /** @param socket where the companion listens */
  constructor(host: string, provider: string, socket: string) {
    super();
    this.#child = spawn(host, [provider], { env: { ...process.env, TAPLINE_SOCKET: socket } });
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    logLines(this.#child.stdout, new HostLog((line) => this.#take(line)));
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => resolve(code));
      this.#child.once('error', () => resolve(null));
    });
  }

  override async ask(command: string): Promise<ProbeLine> {
    const [word = '', ...words] = command.split(' ');
    if (word === 'lines') return this.#lines();
    const said = WORDS[word];
    if (said === undefined) throw new Error(`tsphost has no word for ${word}`);
    this.#requests += 1;
    return this.#tell(said(words, this.#requests));
  }

  /** Ends it in order. */
  async quit(): Promise<number | null> {
    this.#child.stdin.end('quit\n');
    return this.exited;
  }

  /** Everything that a program sees passes here. */
  protected said(line: ProbeLine): void {
    this.log.add(line);
  }

  async #lines(): Promise<ProbeLine> {
    const lines: ProbeLine[] = [];
    for (const device of this.#devices) {
      const caps = await this.#tell(`devcaps ${device}`);
      lines.push({ kind: 'line', device, name: caps['lineName'] });
    }
    for (const line of lines) this.said(line);
    return { kind: 'return', command: 'lines' };
  }

  async #tell(command: string): Promise<ProbeLine> {
    const from = this.mark;
    this.#child.stdin.write(`${command}\n`);
    const name = command.split(' ', 1)[0];
    const answers = (line: ProbeLine): boolean => line.kind === 'return' && line['command'] === name;
    return this.wait(`tsphost's answer to ${name}`, answers, from);
  }

  #take(line: HostLine): void {
    const { kind } = line;
    if (kind === 'lineCreate' || kind === 'line') this.#devices.push(Number(line['device']));
    else if (kind === 'return') this.said(answerOf(line));
    else if (kind === 'completion')
      this.said({ kind: 'message', message: 'LINE_REPLY', request: line['request'], ...errorOf(line) });
    else if (kind === 'event') this.said(messageOf(line));
  }
}

/** Lines of tsphost on their way to somebody else. */
class HostLog extends Log<HostLine> {
  readonly #take: (line: HostLine) => void;

  constructor(take: (line: HostLine) => void) {
    super();
    this.#take = take;
  }

  override add(line: HostLine): void {
    this.#take(line);
  }
}

const errorOf = ({ result }: HostLine): { error?: string } =>
  Number(result) >= FIRST_ERROR ? { error: ERRORS[String(result)] ?? String(result) } : {};

const callNumber = (name: unknown): { call?: number } =>
  typeof name === 'string' && /^c\d+$/.test(name) ? { call: Number(name.slice(1)) } : {};

/** A function that is completed later returns its request's number. */
function answerOf({ kind: _, call, request, ...line }: HostLine): ProbeLine {
  const answer = { ...line, kind: 'return' as const, ...callNumber(call) };
  const error = errorOf({ kind: 'return', ...line });
  if (error.error !== undefined) return { ...answer, ...error };
  return request === undefined ? answer : { ...answer, request };
}

function messageOf({ message, state, name, p1, p2, p3 }: HostLine): ProbeLine {
  const hex = (value: unknown): string => `0x${Number(value).toString(16)}`;
  const parameters = { param1: hex(p1), param2: hex(p2), param3: hex(p3) };
  return { kind: 'message', message, state, ...parameters, ...callNumber(name) };
}

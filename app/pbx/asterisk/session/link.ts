import type { Socket } from 'node:net';
import type { Deadlines } from '../../connection/deadlines.ts';
import { networkFailure, SessionFailure, type Stage } from '../../connection/failure.ts';
import { type KeepAlive, startKeepAlive } from '../../connection/keep-alive.ts';
import { connectTcp } from '../../connection/tcp.ts';
import { encrypt } from '../../connection/tls.ts';
import type { SignInStage, WireLine } from '../../port.ts';
import type { AmiAction, AmiConnection } from '../ami/connection.ts';
import { type AmiPacket, header } from '../ami/packet.ts';
import { AmiReader, type AmiStreamProblem } from '../ami/reader.ts';
import type { AsteriskPorts } from '../ports.ts';
import { actionLine, note, packetLine } from '../trace.ts';
import { createActions } from './actions.ts';
import { signIn } from './sign-in.ts';
import type { SignInTarget } from './target.ts';

/** What one connection tells. None of these is called after `ended`. */
export type LinkHooks = {
  /** `plainText`: nothing is encrypted. */
  readonly stage: (stage: SignInStage, plainText: boolean) => void;
  /** Asterisk has taken the secret. Events follow at once. */
  readonly signedIn: (connection: AmiConnection) => void;
  /** Every event, items of lists aside. Not traced yet. */
  readonly event: (packet: AmiPacket) => void;
  readonly trace: (line: WireLine) => void;
  /** It is over and its connection gone. Called once. */
  readonly ended: (failure: SessionFailure) => void;
};

/** One connection, from the first packet to its end; there is a new one for each attempt. */
export type Link = {
  /** The session counts as online from now on: failures say so, and its peer is watched. */
  readonly online: () => void;
  /** Asks at once whether the peer lives; once it is online. */
  readonly check: () => void;
  /** Cuts the connection; `ended` is called before this returns. */
  readonly fail: (failure: SessionFailure) => void;
  /** Says goodbye and closes. Resolves when the connection is gone; nothing is told any more. */
  readonly signOut: () => Promise<void>;
};

/** Opens one connection and signs in. Whatever arrives is read at once: Asterisk hangs up on a reader that is slow. */
export function openLink(
  target: SignInTarget,
  secret: string,
  hooks: LinkHooks,
  ports: AsteriskPorts,
  deadlines: Deadlines,
): Link {
  const { clock } = ports;
  const abort = new AbortController();
  let stage: Stage = 'resolve';
  let socket: Socket | undefined;
  let keepAlive: KeepAlive | undefined;
  let over = false;
  let leaving = false;
  let gone: (() => void) | undefined;

  const enter = (next: SignInStage, plainText = false) => {
    stage = next;
    if (!over && !leaving) hooks.stage(next, plainText);
  };
  const finish = (failure: SessionFailure) => {
    if (over) return;
    over = true;
    abort.abort();
    keepAlive?.stop();
    actions.end(leaving ? 'signed out' : failure.message);
    socket?.destroy();
    gone?.();
    if (!leaving) hooks.ended(failure);
  };
  const fail = (error: unknown) => finish(networkFailure(error, stage));

  const send = (action: AmiAction, bytes: Buffer) => {
    if (action !== PING) hooks.trace(actionLine(action));
    socket?.write(bytes);
  };
  const actions = createActions(
    send,
    clock,
    `tapline-${ports.randomBytes(ID_BYTES).toString('hex')}`,
    deadlines.command,
  );

  const take = (packet: AmiPacket) => {
    if (over || leaving) return;
    const event = header(packet, 'Event');
    const answered = actions.take(packet, event);
    if (answered) {
      // Items of a list are many, and each tells what an event has told before.
      if (event === undefined && answered !== PING) hooks.trace(packetLine(packet, { ...answered.about }));
    } else if (event === undefined) hooks.trace(packetLine(packet));
    else if (event === 'Shutdown')
      fail(new SessionFailure({ code: 'lost', stage, detail: 'Asterisk is shut down or started anew' }));
    else
      try {
        hooks.event(packet);
      } catch (error) {
        hooks.trace(note('listener failed', String(error)));
      }
  };

  const reader = new AmiReader(take);
  const greeted = Promise.withResolvers<void>();
  const read = (chunk: Buffer) => {
    if (over) return;
    keepAlive?.heard();
    const problem = reader.read(chunk);
    if (problem) fail(streamFailure(problem, stage));
    else if (reader.greeting !== undefined) greeted.resolve();
  };

  const run = async () => {
    const { host, port, plainText } = target;
    const { connect } = ports;
    const { signal } = abort;
    const deadline = deadlines.connect;
    const forward = (next: 'connect' | 'tls') => {
      if (next === 'connect' || !plainText) enter(next);
    };
    const plain = await connectTcp(host, port, { clock, connect, deadline, stage: forward, signal });
    // From here on the connection may end at any time, and this is the one place to tell.
    plain.once('close', () => fail(new Error('the connection was closed')));
    socket = plainText ? plain : await encrypt(plain, target);
    if (over) return void socket.destroy();
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('the connection was closed')));
    socket.on('data', read);
    if (socket.destroyed) return fail(new Error('the connection was closed'));
    enter('signIn', plainText);
    hooks.trace(note('connected', `port ${port}, ${plainText ? 'NOT ENCRYPTED' : 'encrypted'}`));
    await greeted.promise;
    hooks.trace(note('greeting', reader.greeting ?? ''));
    await signIn(actions.action, { user: target.user, secret }, !plainText);
    if (over || leaving) return;
    enter('userInfo');
    hooks.signedIn(actions);
  };

  enter('resolve');
  run().catch(fail);

  return {
    online: () => {
      if (over) return;
      stage = 'online';
      const ping = () => void actions.action(PING);
      keepAlive = startKeepAlive(ping, clock, deadlines, () => {
        const detail = `nothing heard for ${deadlines.quiet + deadlines.ping} ms`;
        finish(new SessionFailure({ code: 'silent', stage: 'online', detail }));
      });
    },
    check: () => keepAlive?.check(),
    fail: finish,
    signOut: () =>
      new Promise((resolve) => {
        leaving = true;
        const bye = new SessionFailure({ code: 'lost', stage, detail: 'signed out' });
        const timer = clock.after(deadlines.signOut, () => finish(bye));
        gone = () => {
          timer.cancel();
          resolve();
        };
        if (over) gone();
        else if (!reachedSignIn(stage)) finish(bye);
        else void actions.action({ name: 'Logoff' });
      }),
  };
}

const ID_BYTES = 8;
const PING: AmiAction = { name: 'Ping' };

/** Whether Asterisk has an open session to be said goodbye to. */
const reachedSignIn = (stage: Stage) => stage === 'userInfo' || stage === 'online';

function streamFailure({ code, detail }: AmiStreamProblem, stage: Stage): SessionFailure {
  return new SessionFailure({ code: code === 'notAmi' ? 'wrongServer' : 'tooMuch', stage, detail });
}

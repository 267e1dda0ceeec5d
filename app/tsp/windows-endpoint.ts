import { Socket } from 'node:net';
import koffi from 'koffi';
import type { Endpoint, EndpointListener } from './endpoint.ts';
import { pipeName, pipeRights, READY_EVENT } from './pipe-names.ts';
import { telephonyProcess } from './telephony-process.ts';
import { type Handle, ownUser, type PipeCalls, pipeCalls } from './windows-pipe.ts';
import { windowsSession } from './windows-session.ts';

export { PIPE_SDDL, pipeName } from './pipe-names.ts';

const PIPE_ACCESS_DUPLEX = 0x3;
const FILE_FLAG_FIRST_PIPE_INSTANCE = 0x8_0000;
const FILE_FLAG_OVERLAPPED = 0x4000_0000;
const PIPE_REJECT_REMOTE_CLIENTS = 0x8;
const PIPE_UNLIMITED_INSTANCES = 255;
const BUFFER_BYTES = 65_536;
const EVENT_MODIFY_STATE = 0x2;
const ERROR_IO_PENDING = 997;
const ERROR_PIPE_CONNECTED = 535;
const ERROR_NO_DATA = 232;
const INVALID_HANDLE = -1;
const INFINITE = 0xffff_ffff;
const WAIT_CONNECTED = 0;
/** OVERLAPPED on 64-bit Windows: 32 bytes, its event at 24. */
const OVERLAPPED_SIZE = 32;
const OVERLAPPED_EVENT = 24;

/** What one endpoint works with. */
type Pipe = {
  readonly win: PipeCalls;
  readonly name: string;
  readonly rights: string;
  readonly stop: Handle;
  readonly isTelephonyService: (processId: number) => boolean;
};

/**
 * The endpoint of this process's Windows session: a named pipe with its own access rights. Windows only.
 * @param isTelephonyService who may connect; where there is no telephony service, tests name another process
 */
export function windowsEndpoint(isTelephonyService = telephonyProcess()): Endpoint {
  const win = pipeCalls();
  const name = pipeName(windowsSession());
  const rights = pipeRights(ownUser(win));
  const pipe: Pipe = { win, name, rights, stop: win.createEvent(null, 1, 0, null), isTelephonyService };
  let accepting: Promise<void> | undefined;
  return {
    name,
    async listen(listener) {
      const first = createInstance(pipe, true);
      accepting = acceptAll(pipe, first, listener).catch(listener.failed);
      wakeShim(win);
    },
    async close() {
      win.setEvent(pipe.stop);
      await accepting;
    },
  };
}

function createInstance({ win, name, rights }: Pipe, first: boolean): Handle {
  const descriptor: [unknown] = [null];
  if (!win.convertDescriptor(rights, 1, descriptor, null))
    throw new Error('Windows does not accept the pipe’s access rights');
  const security = { length: koffi.sizeof(win.attributes), descriptor: descriptor[0], inherit: 0 };
  const open = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0);
  const pipe: Handle = win.createNamedPipe(
    name,
    open,
    PIPE_REJECT_REMOTE_CLIENTS,
    PIPE_UNLIMITED_INSTANCES,
    BUFFER_BYTES,
    BUFFER_BYTES,
    0,
    security,
  );
  const error: number = pipe === INVALID_HANDLE ? win.getLastError() : 0;
  win.localFree(descriptor[0]);
  if (pipe === INVALID_HANDLE)
    throw new Error(`${name} cannot be created (Windows error ${error}): another companion may own it`);
  return pipe;
}

/** Takes one connection after the other until `stop` is set. The waiting is done in a thread of libuv's pool. */
async function acceptAll(pipe: Pipe, first: Handle, listener: EndpointListener): Promise<void> {
  const { win } = pipe;
  let instance = first;
  while (await connected(pipe, instance)) {
    const taken = instance;
    // The next instance exists before this shim is served: the name is never free for somebody else.
    instance = createInstance(pipe, false);
    takeOver(pipe, taken, listener);
  }
  win.closeHandle(instance);
  win.closeHandle(pipe.stop);
}

/** Hands a connected instance on, if it is the telephony service that connected. */
function takeOver({ win, isTelephonyService }: Pipe, instance: Handle, listener: EndpointListener): void {
  const pid: [number] = [0];
  const known = win.clientProcessId(instance, pid);
  const peer = `process ${pid[0]}`;
  if (!known || !isTelephonyService(pid[0])) {
    win.closeHandle(instance);
    listener.refused(peer, 'it is not the telephony service');
    return;
  }
  const stream = new Socket({ fd: win.openFileDescriptor(instance), readable: true, writable: true });
  listener.connected({ stream, peer });
}

async function connected({ win, stop }: Pipe, instance: Handle): Promise<boolean> {
  const event: Handle = win.createEvent(null, 1, 0, null);
  // Windows writes into this memory until the connection is there: it must outlive the wait.
  const overlapped = koffi.alloc('uint8', OVERLAPPED_SIZE);
  koffi.encode(overlapped, OVERLAPPED_EVENT, 'intptr', event);
  const handles = koffi.alloc('intptr', 2);
  koffi.encode(handles, 0, 'intptr', event);
  koffi.encode(handles, 8, 'intptr', stop);
  try {
    if (win.connectNamedPipe(instance, overlapped)) return true;
    const error: number = win.getLastError();
    // Without data: whoever connected is gone already. He is taken and found gone like any other.
    if (error === ERROR_PIPE_CONNECTED || error === ERROR_NO_DATA) return true;
    // Another call of this thread may have overwritten the error: only a failure that is certain is one.
    if (error !== ERROR_IO_PENDING && error !== 0)
      throw new Error(`the pipe does not accept (Windows error ${error})`);
    const woken = await new Promise<number>((resolve, reject) => {
      win.waitForMultipleObjects.async(2, handles, 0, INFINITE, (failure: unknown, result: number) => {
        if (failure) reject(failure);
        else resolve(result);
      });
    });
    if (woken !== WAIT_CONNECTED) win.cancelIoEx(instance, overlapped);
    return woken === WAIT_CONNECTED;
  } finally {
    win.closeHandle(event);
  }
}

function wakeShim(win: PipeCalls): void {
  const event: Handle = win.openEvent(EVENT_MODIFY_STATE, 0, READY_EVENT);
  if (event === 0) return;
  win.setEvent(event);
  win.closeHandle(event);
}

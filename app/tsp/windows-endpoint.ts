import { Socket } from 'node:net';
import koffi from 'koffi';
import type { Endpoint, ShimConnection } from './endpoint.ts';

/**
 * Who may open the pipe: the system and the owner without limits; the telephony service (NETWORK SERVICE) reads and
 * writes. 0x12019b is generic read and write without FILE_CREATE_PIPE_INSTANCE: the service cannot pose as a companion.
 */
export const PIPE_SDDL = 'D:P(A;;GA;;;SY)(A;;GA;;;OW)(A;;0x12019b;;;NS)';

/** The event that a waiting shim created. It is set when the pipe is there, so that an idle shim needs no timer. */
export const READY_EVENT = 'Global\\Tapline.Companion.Ready';

const PIPE_ACCESS_DUPLEX = 0x3;
const FILE_FLAG_FIRST_PIPE_INSTANCE = 0x8_0000;
const FILE_FLAG_OVERLAPPED = 0x4000_0000;
const PIPE_REJECT_REMOTE_CLIENTS = 0x8;
const PIPE_UNLIMITED_INSTANCES = 255;
const BUFFER_BYTES = 65_536;
const EVENT_MODIFY_STATE = 0x2;
const ERROR_IO_PENDING = 997;
const ERROR_PIPE_CONNECTED = 535;
const INVALID_HANDLE = -1;
const INFINITE = 0xffff_ffff;
const WAIT_CONNECTED = 0;
/** OVERLAPPED on 64-bit Windows: 32 bytes, its event at 24. */
const OVERLAPPED_SIZE = 32;
const OVERLAPPED_EVENT = 24;

type Handle = number;

/** The calls that Node lacks: pipes with a security descriptor, and the event. */
function bindings() {
  const kernel = koffi.load('kernel32.dll');
  const security = koffi.load('advapi32.dll');
  const runtime = koffi.load(process.execPath);
  const attributes = koffi.struct({ length: 'uint32', descriptor: 'void *', inherit: 'int32' });
  return {
    attributes,
    getCurrentProcessId: kernel.func('__stdcall', 'GetCurrentProcessId', 'uint32', []),
    processIdToSessionId: kernel.func(
      'int __stdcall ProcessIdToSessionId(uint32 pid, _Out_ uint32 *session)',
    ),
    convertDescriptor: security.func(
      'int __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32 revision, _Out_ void **descriptor, void *size)',
    ),
    localFree: kernel.func('void * __stdcall LocalFree(void *memory)'),
    createNamedPipe: kernel.func('__stdcall', 'CreateNamedPipeW', 'intptr', [
      'str16',
      'uint32',
      'uint32',
      'uint32',
      'uint32',
      'uint32',
      'uint32',
      koffi.pointer(attributes),
    ]),
    connectNamedPipe: kernel.func('int __stdcall ConnectNamedPipe(intptr pipe, void *overlapped)'),
    cancelIoEx: kernel.func('int __stdcall CancelIoEx(intptr file, void *overlapped)'),
    clientProcessId: kernel.func('int __stdcall GetNamedPipeClientProcessId(intptr pipe, _Out_ uint32 *pid)'),
    createEvent: kernel.func(
      'intptr __stdcall CreateEventW(void *security, int manual, int set, str16 name)',
    ),
    openEvent: kernel.func('intptr __stdcall OpenEventW(uint32 access, int inherit, str16 name)'),
    setEvent: kernel.func('int __stdcall SetEvent(intptr event)'),
    waitForMultipleObjects: kernel.func(
      'uint32 __stdcall WaitForMultipleObjects(uint32 count, void *handles, int all, uint32 ms)',
    ),
    closeHandle: kernel.func('int __stdcall CloseHandle(intptr handle)'),
    getLastError: kernel.func('__stdcall', 'GetLastError', 'uint32', []),
    openFileDescriptor: runtime.func('int uv_open_osfhandle(intptr handle)'),
  };
}

type Bindings = ReturnType<typeof bindings>;

/** `\\.\pipe\Tapline.Companion.<session>`: one endpoint per Windows session. */
export const pipeName = (session: number): string => `\\\\.\\pipe\\Tapline.Companion.${session}`;

/** The endpoint of this process's Windows session: a named pipe with its own access rights. Windows only. */
export function windowsEndpoint(): Endpoint {
  const win = bindings();
  const session: [number] = [0];
  if (!win.processIdToSessionId(win.getCurrentProcessId(), session)) {
    throw new Error('Windows does not tell which session this process is in');
  }
  const name = pipeName(session[0]);
  const stop: Handle = win.createEvent(null, 1, 0, null);
  let accepting: Promise<void> | undefined;
  return {
    name,
    async listen(onConnection, onFailure) {
      const first = createInstance(win, name, true);
      accepting = acceptAll(win, name, first, stop, onConnection).catch(onFailure);
      wakeShim(win);
    },
    async close() {
      win.setEvent(stop);
      await accepting;
    },
  };
}

function createInstance(win: Bindings, name: string, first: boolean): Handle {
  const descriptor: [unknown] = [null];
  if (!win.convertDescriptor(PIPE_SDDL, 1, descriptor, null))
    throw new Error('the pipe’s access rights are malformed');
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
  if (pipe === INVALID_HANDLE) {
    throw new Error(`${name} cannot be created (Windows error ${error}): another companion may own it`);
  }
  return pipe;
}

/** Takes one connection after the other until `stop` is set. The waiting is done in a thread of libuv's pool. */
async function acceptAll(
  win: Bindings,
  name: string,
  first: Handle,
  stop: Handle,
  onConnection: (connection: ShimConnection) => void,
): Promise<void> {
  let pipe = first;
  while (await connected(win, pipe, stop)) {
    const pid: [number] = [0];
    win.clientProcessId(pipe, pid);
    const stream = new Socket({ fd: win.openFileDescriptor(pipe), readable: true, writable: true });
    // The next instance exists before this shim is served: there is no moment without a pipe to connect to.
    pipe = createInstance(win, name, false);
    onConnection({ stream, peer: `process ${pid[0]}` });
  }
  win.closeHandle(pipe);
  win.closeHandle(stop);
}

async function connected(win: Bindings, pipe: Handle, stop: Handle): Promise<boolean> {
  const event: Handle = win.createEvent(null, 1, 0, null);
  // Windows writes into this memory until the connection is there: it must outlive the wait.
  const overlapped = koffi.alloc('uint8', OVERLAPPED_SIZE);
  koffi.encode(overlapped, OVERLAPPED_EVENT, 'intptr', event);
  const handles = koffi.alloc('intptr', 2);
  koffi.encode(handles, 0, 'intptr', event);
  koffi.encode(handles, 8, 'intptr', stop);
  try {
    if (win.connectNamedPipe(pipe, overlapped)) return true;
    const error: number = win.getLastError();
    if (error === ERROR_PIPE_CONNECTED) return true;
    // Another call of this thread may have overwritten the error: only a failure that is certain is one.
    if (error !== ERROR_IO_PENDING && error !== 0)
      throw new Error(`the pipe does not accept (Windows error ${error})`);
    const woken = await new Promise<number>((resolve, reject) => {
      win.waitForMultipleObjects.async(2, handles, 0, INFINITE, (failure: unknown, result: number) => {
        if (failure) reject(failure);
        else resolve(result);
      });
    });
    if (woken !== WAIT_CONNECTED) win.cancelIoEx(pipe, overlapped);
    return woken === WAIT_CONNECTED;
  } finally {
    win.closeHandle(event);
  }
}

function wakeShim(win: Bindings): void {
  const event: Handle = win.openEvent(EVENT_MODIFY_STATE, 0, READY_EVENT);
  if (event === 0) return;
  win.setEvent(event);
  win.closeHandle(event);
}

import { appendFileSync } from 'node:fs';
import koffi from 'koffi';
import { PIPE_SDDL, pipeName } from '../../../app/tsp/pipe-names.ts';
import { ownUser, pipeCalls } from '../../../app/tsp/windows-pipe.ts';

/**
 * Serves one connection at the pipe of the session it is given, with the owner it is given (`own`: this user), and tells
 * whether whoever connected said a word. Writes what happens to the file it is given, and ends.
 */
const [, , session = '', owner = '', file = ''] = process.argv;
const say = (line: string): void => appendFileSync(file, `${line}\n`);

const PIPE_ACCESS_DUPLEX = 0x3;
const PIPE_REJECT_REMOTE_CLIENTS = 0x8;
const BUFFER_BYTES = 65_536;

const win = pipeCalls();
const kernel = koffi.load('kernel32.dll');
const connectNamedPipe = kernel.func('int __stdcall ConnectNamedPipe(intptr pipe, void *overlapped)');
const readFile = kernel.func(
  'int __stdcall ReadFile(intptr file, _Out_ uint8_t *bytes, uint32 size, _Out_ uint32 *read, void *overlapped)',
);
/** A blocking call, in a thread of its own. */
const inBackground = (call: ReturnType<typeof kernel.func>, ...values: unknown[]): Promise<number> =>
  new Promise((resolve, reject) => {
    call.async(...values, (failure: unknown, result: number) => {
      if (failure) reject(failure);
      else resolve(result);
    });
  });

const descriptor: [unknown] = [null];
const user = owner === 'own' ? ownUser(win) : owner;
if (!win.convertDescriptor(`O:${user}${PIPE_SDDL}`, 1, descriptor, null)) say('the rights are malformed');
const pipe: number = win.createNamedPipe(
  pipeName(Number(session)),
  PIPE_ACCESS_DUPLEX,
  PIPE_REJECT_REMOTE_CLIENTS,
  1,
  BUFFER_BYTES,
  BUFFER_BYTES,
  0,
  { length: koffi.sizeof(win.attributes), descriptor: descriptor[0], inherit: 0 },
);
say('serving');
await inBackground(connectNamedPipe, pipe, null);
const read: [number] = [0];
await inBackground(readFile, pipe, Buffer.alloc(BUFFER_BYTES), BUFFER_BYTES, read, null);
say(read[0] > 0 ? 'a shim said hello' : 'nobody said a word');
process.exit(0);

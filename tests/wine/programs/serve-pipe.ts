import { appendFileSync } from 'node:fs';
import koffi from 'koffi';
import { pipeName, pipeRights } from '../../../app/tsp/pipe-names.ts';
import { serviceProcesses, telephonyProcess } from '../../../app/tsp/telephony-process.ts';
import { windowsEndpoint } from '../../../app/tsp/windows-endpoint.ts';
import { ownUser, pipeCalls } from '../../../app/tsp/windows-pipe.ts';
import { windowsSession } from '../../../app/tsp/windows-session.ts';

/**
 * Serves the companion's pipe in Windows' Node and connects to it from the same process, as the telephony service or as
 * somebody else; or waits for `a shim`. Writes what happens to the file it is given, and ends.
 */
const [, , whom = '', file = ''] = process.argv;
const say = (line: string): void => appendFileSync(file, `${line}\n`);

const GENERIC_READ_WRITE = 0xc000_0000;
const OPEN_EXISTING = 3;
const SE_KERNEL_OBJECT = 6;
const OWNER_AND_DACL = 0x1 | 0x4;

const kernel = koffi.load('kernel32.dll');
const security = koffi.load('advapi32.dll');
const createFile = kernel.func(
  'intptr __stdcall CreateFileW(str16 name, uint32 access, uint32 share, void *security, uint32 how, uint32 flags, intptr template)',
);
const getSecurity = security.func(
  'uint32 __stdcall GetSecurityInfo(intptr handle, int kind, uint32 what, void *owner, void *group, void *dacl, void *sacl, _Out_ void **descriptor)',
);
const writeDescriptor = security.func(
  'int __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(void *descriptor, uint32 revision, uint32 what, _Out_ void **text, void *length)',
);

/** What Windows says of the pipe's owner and rights, read back from the handle. */
function rightsOf(handle: number): string {
  const descriptor: [unknown] = [null];
  const text: [unknown] = [null];
  getSecurity(handle, SE_KERNEL_OBJECT, OWNER_AND_DACL, null, null, null, null, descriptor);
  writeDescriptor(descriptor[0], 1, OWNER_AND_DACL, text, null);
  return koffi.decode(text[0], 'char16_t', -1);
}

/** Connects as a client does, and compares the pipe's rights with those asked for. */
function connect(): void {
  const handle: number = createFile(
    pipeName(windowsSession()),
    GENERIC_READ_WRITE,
    0,
    null,
    OPEN_EXISTING,
    0,
    0,
  );
  const asked = pipeRights(ownUser(pipeCalls()));
  say(rightsOf(handle) === asked ? 'rights as asked' : `rights ${rightsOf(handle)} instead of ${asked}`);
}

// A service that every Windows and Wine runs: the manager's answer is understood.
if (whom === 'as shipped')
  say(serviceProcesses()('PlugPlay') > 0 ? 'services are known' : 'no service is known');

const accepts = (processId: number): boolean =>
  whom === 'telephony service' ? processId === process.pid : whom === 'a shim';
const endpoint = windowsEndpoint(whom === 'as shipped' ? telephonyProcess() : accepts);
const { promise, resolve } = Promise.withResolvers<void>();
await endpoint.listen({
  connected: ({ stream, peer }) => {
    say(`connected ${peer === `process ${process.pid}` ? 'this process' : 'another process'}`);
    stream.destroy();
    resolve();
  },
  refused: (_, reason) => {
    say(`refused ${reason}`);
    resolve();
  },
  failed: ({ message }) => say(`failed ${message}`),
});
if (whom !== 'a shim') connect();
await promise;
await endpoint.close();
process.exit(0);

import koffi from 'koffi';

/** A handle of Windows: it has 32 significant bits, on 64-bit Windows, too. */
export type Handle = number;

const CURRENT_PROCESS = -1;
const TOKEN_QUERY = 0x8;
const TOKEN_USER = 1;
/** TOKEN_USER and the longest SID there is behind it. */
const TOKEN_USER_SIZE = 128;

/** Windows' calls that Node lacks: pipes with a security descriptor, and events. Exists on 64-bit Windows only. */
export function pipeCalls() {
  const kernel = koffi.load('kernel32.dll');
  const security = koffi.load('advapi32.dll');
  const runtime = koffi.load(process.execPath);
  const attributes = koffi.struct({ length: 'uint32', descriptor: 'void *', inherit: 'int32' });
  return {
    attributes,
    openProcessToken: security.func(
      'int __stdcall OpenProcessToken(intptr process, uint32 access, _Out_ intptr *token)',
    ),
    getTokenInformation: security.func(
      'int __stdcall GetTokenInformation(intptr token, int what, void *out, uint32 size, _Out_ uint32 *needed)',
    ),
    convertSid: security.func('int __stdcall ConvertSidToStringSidW(void *sid, _Out_ void **text)'),
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

export type PipeCalls = ReturnType<typeof pipeCalls>;

/** The SID of the user this process runs as, `S-1-5-…`. Throws when Windows does not tell. */
export function ownUser(win: PipeCalls): string {
  const token: [Handle] = [0];
  if (!win.openProcessToken(CURRENT_PROCESS, TOKEN_QUERY, token))
    throw new Error('Windows does not tell which user this process runs as');
  const user = koffi.alloc('uint8', TOKEN_USER_SIZE);
  try {
    const text: [unknown] = [null];
    if (
      !win.getTokenInformation(token[0], TOKEN_USER, user, TOKEN_USER_SIZE, [0]) ||
      !win.convertSid(koffi.decode(user, 'void *'), text)
    )
      throw new Error('Windows does not tell which user this process runs as');
    const sid: string = koffi.decode(text[0], 'char16_t', -1);
    win.localFree(text[0]);
    return sid;
  } finally {
    koffi.free(user);
    win.closeHandle(token[0]);
  }
}

/** The companion's pipe as others see it: its rights, and whether another user gets in. Windows only. */
import koffi from 'koffi';

const READ_CONTROL = 0x2_0000;
const GENERIC_READ_AND_WRITE = 0xc000_0000;
const OPEN_EXISTING = 3;
const SE_KERNEL_OBJECT = 6;
const OWNER_AND_DACL = 1 | 4;
const INVALID_HANDLE = -1;
const ERROR_ACCESS_DENIED = 5;
const LOGON32_LOGON_NETWORK = 3;

function bindings() {
  const kernel = koffi.load('kernel32.dll');
  const security = koffi.load('advapi32.dll');
  return {
    createFile: kernel.func(
      'intptr __stdcall CreateFileW(str16 name, uint32 access, uint32 share, void *security, uint32 how, uint32 flags, void *like)',
    ),
    closeHandle: kernel.func('int __stdcall CloseHandle(intptr handle)'),
    getLastError: kernel.func('__stdcall', 'GetLastError', 'uint32', []),
    localFree: kernel.func('void * __stdcall LocalFree(void *memory)'),
    getSecurityInfo: security.func(
      'uint32 __stdcall GetSecurityInfo(intptr handle, int type, uint32 what, void *owner, void *group, void *dacl, void *sacl, _Out_ void **descriptor)',
    ),
    describe: security.func(
      'int __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(void *descriptor, uint32 revision, uint32 what, _Out_ void **text, void *length)',
    ),
    logonUser: security.func(
      'int __stdcall LogonUserW(str16 user, str16 domain, str16 password, uint32 kind, uint32 provider, _Out_ intptr *token)',
    ),
    impersonate: security.func('int __stdcall ImpersonateLoggedOnUser(intptr token)'),
    revert: security.func('int __stdcall RevertToSelf()'),
  };
}

type Bindings = ReturnType<typeof bindings>;

const open = (win: Bindings, name: string, access: number): number =>
  win.createFile(name, access, 0, null, OPEN_EXISTING, 0, null);

/** The pipe's owner and list of rights, in SDDL. Throws with Windows' error. */
export function pipeRights(name: string): string {
  const win = bindings();
  const pipe = open(win, name, READ_CONTROL);
  if (pipe === INVALID_HANDLE)
    throw new Error(`the pipe cannot be opened (Windows error ${win.getLastError()})`);
  const descriptor: [unknown] = [null];
  const text: [unknown] = [null];
  try {
    const error: number = win.getSecurityInfo(
      pipe,
      SE_KERNEL_OBJECT,
      OWNER_AND_DACL,
      null,
      null,
      null,
      null,
      descriptor,
    );
    if (error !== 0) throw new Error(`the pipe's rights cannot be read (Windows error ${error})`);
    if (!win.describe(descriptor[0], 1, OWNER_AND_DACL, text, null))
      throw new Error(`the pipe's rights cannot be written down (Windows error ${win.getLastError()})`);
    return koffi.decode(text[0], 'char16_t', -1) as string;
  } finally {
    win.closeHandle(pipe);
    if (text[0] !== null) win.localFree(text[0]);
    if (descriptor[0] !== null) win.localFree(descriptor[0]);
  }
}

export interface Account {
  readonly user: string;
  readonly password: string;
}

/** Tries to open the pipe as another user of this machine. `denied`: Windows did not let him. */
export function openAs(name: string, { user, password }: Account): 'denied' | 'opened' {
  const win = bindings();
  const token: [number] = [0];
  if (!win.logonUser(user, '.', password, LOGON32_LOGON_NETWORK, 0, token))
    throw new Error(`the second user cannot sign in (Windows error ${win.getLastError()})`);
  try {
    if (!win.impersonate(token[0])) throw new Error('the second user cannot be impersonated');
    const pipe = open(win, name, GENERIC_READ_AND_WRITE);
    const error: number = pipe === INVALID_HANDLE ? win.getLastError() : 0;
    win.revert();
    if (pipe !== INVALID_HANDLE) win.closeHandle(pipe);
    // Another error, a busy pipe for one, proves nothing.
    if (pipe === INVALID_HANDLE && error !== ERROR_ACCESS_DENIED)
      throw new Error(`the pipe could not be tried (Windows error ${error})`);
    return pipe === INVALID_HANDLE ? 'denied' : 'opened';
  } finally {
    win.revert();
    win.closeHandle(token[0]);
  }
}

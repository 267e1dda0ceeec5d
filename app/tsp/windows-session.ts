import koffi from 'koffi';

/**
 * The Windows session this process is in (ProcessIdToSessionId): 0 for services, another number for each user who is
 * signed in to the machine at the same time. Windows only.
 */
export function windowsSession(): number {
  const kernel = koffi.load('kernel32.dll');
  const currentProcess = kernel.func('__stdcall', 'GetCurrentProcessId', 'uint32', []);
  const sessionOf = kernel.func('int __stdcall ProcessIdToSessionId(uint32 process, _Out_ uint32 *session)');
  const session: [number] = [0];
  if (!sessionOf(currentProcess(), session))
    throw new Error('Windows does not tell which session this process is in');
  return session[0];
}

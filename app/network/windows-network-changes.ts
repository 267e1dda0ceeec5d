import koffi from 'koffi';
import type { NetworkListener } from './network-changes.ts';

/**
 * Windows tells that the table of IPv4 addresses has changed (NotifyAddrChange of iphlpapi). The waiting is done by
 * Windows' own wait thread (RegisterWaitForSingleObject), which the whole process shares: a blocking call would hold one
 * of the four threads that Node's file and name look-ups need, for ever. Neither keeps the process alive.
 *
 * A machine with IPv6 alone is not noticed; there the session's keep-alive and back-off find out.
 */

/** Windows' calls for one watch. */
export type AddressCalls = {
  /** The event that Windows sets: a handle. */
  readonly event: number;
  /** Asks for the next change, once. Returns Windows' code: 0 or ERROR_IO_PENDING when it will tell. */
  readonly askForNext: () => number;
  /** Calls `act` whenever the event is set, in turns of this thread. Returns whether Windows agreed. */
  readonly wait: (act: () => void) => boolean;
  /** Nothing is called from now on but what is under way. */
  readonly end: () => void;
};

/** A watch that goes on until it is closed. */
export type NetworkWatch = { readonly close: () => void };

const ERROR_IO_PENDING = 997;
const INFINITE = 0xffff_ffff;
/** OVERLAPPED on 64-bit Windows: 32 bytes, its event at 24. */
const OVERLAPPED_SIZE = 32;
const OVERLAPPED_EVENT = 24;

/** Windows' own calls. Throws where one of them does not exist. */
export function addressCalls(): AddressCalls {
  const kernel = koffi.load('kernel32.dll');
  const helper = koffi.load('iphlpapi.dll');
  const createEvent = kernel.func(
    'intptr __stdcall CreateEventW(void *security, int manual, int set, str16 name)',
  );
  const callback = koffi.pointer(koffi.proto('void __stdcall (void *context, uint8 timedOut)'));
  const registerWait = kernel.func('__stdcall', 'RegisterWaitForSingleObject', 'int', [
    koffi.out(koffi.pointer('intptr')),
    'intptr',
    callback,
    'void *',
    'uint32',
    'uint32',
  ]);
  const unregisterWait = kernel.func('int __stdcall UnregisterWait(intptr wait)');
  const notifyAddrChange = helper.func(
    'uint32 __stdcall NotifyAddrChange(_Out_ intptr *handle, void *overlapped)',
  );
  const cancelNotify = helper.func('int __stdcall CancelIPChangeNotify(void *overlapped)');

  const event: number = createEvent(null, 0, 0, null);
  // Windows writes into this memory at each change, and once more at the end: it is never freed.
  const overlapped = koffi.alloc('uint8', OVERLAPPED_SIZE);
  koffi.encode(overlapped, OVERLAPPED_EVENT, 'intptr', event);
  const wait: [number] = [0];
  return {
    event,
    askForNext: () => notifyAddrChange([0], overlapped),
    // Windows' thread stands still while it calls: the work is done after it is let go. The callback is registered for
    // good, as Windows may be about to call it at the end.
    wait: (act) =>
      registerWait(
        wait,
        event,
        koffi.register(() => void setImmediate(act), callback),
        null,
        INFINITE,
        0,
      ) !== 0,
    end: () => {
      unregisterWait(wait[0]);
      cancelNotify(overlapped);
    },
  };
}

/** Calls `changed` at every change until it is closed; `failed` once when Windows will not tell of any more. */
export function watchAddresses(calls: AddressCalls, { changed, failed }: NetworkListener): NetworkWatch {
  let open = true;
  const askForNext = (): void => {
    const code = calls.askForNext();
    if (code === 0 || code === ERROR_IO_PENDING) return;
    close();
    failed(`NotifyAddrChange failed (Windows error ${code})`);
  };
  const close = (): void => {
    if (!open) return;
    open = false;
    calls.end();
  };
  const waits = calls.wait(() => {
    if (!open) return;
    // First the next one: what changes while this one is told must not be missed.
    askForNext();
    changed();
  });
  if (waits) askForNext();
  else {
    open = false;
    failed('RegisterWaitForSingleObject failed');
  }
  return { close };
}

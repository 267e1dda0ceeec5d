import koffi from 'koffi';

/** The telephony service's own name, in every language of Windows. */
const TELEPHONY_SERVICE = 'TapiSrv';

const SC_MANAGER_CONNECT = 0x1;
const SERVICE_QUERY_STATUS = 0x4;
const SC_STATUS_PROCESS_INFO = 0;
/** SERVICE_STATUS_PROCESS: nine 32-bit numbers, the process id being the eighth. 0: the service does not run. */
const STATUS_SIZE = 36;
const PROCESS_ID_OFFSET = 28;

/**
 * Whether a process is the telephony service, which alone loads the shim. Windows' service manager is asked each time:
 * the service has another process after each start. No process is opened. Where the manager does not answer, nobody is
 * the telephony service.
 */
export function telephonyProcess(): (processId: number) => boolean {
  const processOf = serviceProcesses();
  return (processId) => processId !== 0 && processId === processOf(TELEPHONY_SERVICE);
}

/** Tells the process of a service by its name; 0: it does not run, does not exist, or the manager does not tell. */
export function serviceProcesses(): (service: string) => number {
  const security = koffi.load('advapi32.dll');
  const openManager = security.func(
    'intptr __stdcall OpenSCManagerW(str16 machine, str16 database, uint32 access)',
  );
  const openService = security.func(
    'intptr __stdcall OpenServiceW(intptr manager, str16 name, uint32 access)',
  );
  const queryStatus = security.func(
    'int __stdcall QueryServiceStatusEx(intptr service, int level, _Out_ uint8_t *status, uint32 size, _Out_ uint32 *needed)',
  );
  const closeService = security.func('int __stdcall CloseServiceHandle(intptr handle)');

  const query = (service: number): number => {
    const status = Buffer.alloc(STATUS_SIZE);
    const known = queryStatus(service, SC_STATUS_PROCESS_INFO, status, STATUS_SIZE, [0]);
    return known ? status.readUInt32LE(PROCESS_ID_OFFSET) : 0;
  };
  return (name) => {
    const manager: number = openManager(null, null, SC_MANAGER_CONNECT);
    const service: number = manager === 0 ? 0 : openService(manager, name, SERVICE_QUERY_STATUS);
    const found = service === 0 ? 0 : query(service);
    if (service !== 0) closeService(service);
    if (manager !== 0) closeService(manager);
    return found;
  };
}

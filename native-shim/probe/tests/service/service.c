/* The provider's life, the program's messages, and lines. */
#include "service.h"

#include <string.h>

#define APPLICATION 0x1001u
#define FIRST_LINE 0x2001u
#define LINES 16u
#define QUEUE 1024u
#define REQUESTS 1024u
#define PROVIDER_ID 1u
#define PROVIDER_HANDLE ((HPROVIDER)(uintptr_t)1)
#define ANY_DEVICE 0xFFFFFFFFu
#define OLDEST_TSPI 0x00020000u
#define NEWEST_TSPI 0x00030001u
#define NOTHING ((LONG)LINEERR_OPERATIONFAILED)

struct tspi tspi;
DWORD service_version;

static HMODULE library;
static HANDLE event;
static SRWLOCK lock = SRWLOCK_INIT;
static LINEMESSAGE queue[QUEUE];
static unsigned first;
static unsigned last;
static DWORD devices;

static struct {
    HDRVLINE driver;
    bool open;
} lines[LINES];

static struct {
    HCALL *place;
    HCALL call;
} requests[REQUESTS];
static DWORD request_count;

void say(DWORD message, DWORD device, DWORD_PTR one, DWORD_PTR two, DWORD_PTR three)
{
    AcquireSRWLockExclusive(&lock);
    queue[last++ % QUEUE] = (LINEMESSAGE){device, message, 7, one, two, three};
    ReleaseSRWLockExclusive(&lock);
    SetEvent(event);
}

DRV_REQUESTID request_start(HCALL *place, HCALL call)
{
    AcquireSRWLockExclusive(&lock);
    const DRV_REQUESTID id = ++request_count;
    requests[id % REQUESTS].place = place;
    requests[id % REQUESTS].call = call;
    ReleaseSRWLockExclusive(&lock);
    return id;
}

void CALLBACK request_completed(DRV_REQUESTID id, LONG result)
{
    AcquireSRWLockExclusive(&lock);
    if (result == 0 && requests[id % REQUESTS].place != NULL) {
        *requests[id % REQUESTS].place = requests[id % REQUESTS].call;
    }
    ReleaseSRWLockExclusive(&lock);
    say(LINE_REPLY, 0, id, (DWORD)result, 0);
}

/* A function's address is copied as bytes: ISO C has no cast from one type of function to another's. */
static bool resolve(void *target, size_t size, const char *name)
{
    FARPROC found = GetProcAddress(library, name);
    memcpy(target, &found, size);
    return found != NULL;
}

static bool load(void)
{
    library = LoadLibraryW(L"tapline.tsp");
    bool whole = library != NULL;
#define RESOLVE(name, call, address, line) whole = whole && resolve(&tspi.name, sizeof tspi.name, #name);
    TAPLINE_EXPORTS(RESOLVE)
#undef RESOLVE
    return whole;
}

/* A line is announced inside a callback, and bound to its device outside of it. */
static DWORD WINAPI bind_line(void *token)
{
    AcquireSRWLockExclusive(&lock);
    const DWORD device = devices++;
    ReleaseSRWLockExclusive(&lock);
    if (tspi.TSPI_providerCreateLineDevice((DWORD_PTR)token, device) == 0) {
        say(LINE_CREATE, 0, device, 0, 0);
    }
    return 0;
}

static void CALLBACK provider_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR one,
                                    DWORD_PTR two, DWORD_PTR three)
{
    (void)line;
    (void)call;
    (void)one;
    (void)three;
    if (message == LINE_CREATE) {
        const HANDLE thread = CreateThread(NULL, 0, bind_line, (void *)two, 0, NULL);
        if (thread != NULL) {
            CloseHandle(thread);
        }
    }
}

LONG WINAPI lineInitializeExW(LPHLINEAPP application, HINSTANCE instance, LINECALLBACK callback, LPCWSTR name,
                              LPDWORD count, LPDWORD version, LPLINEINITIALIZEEXPARAMS parameters)
{
    DWORD phones = 0;
    DWORD options = 0;
    (void)instance;
    (void)callback;
    (void)name;
    (void)version;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    parameters->Handles.hEvent = event;
    *application = APPLICATION;
    if (event == NULL || !load()) {
        return (LONG)LINEERR_NODRIVER;
    }
    LONG result =
        tspi.TSPI_lineNegotiateTSPIVersion(ANY_DEVICE, OLDEST_TSPI, NEWEST_TSPI, &service_version);
    if (result == 0) {
        result = tspi.TSPI_providerEnumDevices(PROVIDER_ID, &devices, &phones, PROVIDER_HANDLE,
                                               provider_event, NULL);
    }
    *count = devices;
    return result != 0 ? result
                       : tspi.TSPI_providerInit(service_version, PROVIDER_ID, 0, 0, *count, phones,
                                                request_completed, &options);
}

LONG WINAPI lineShutdown(HLINEAPP application)
{
    (void)application;
    calls_end();
    for (DWORD device = 0; device < LINES; device++) {
        lineClose(FIRST_LINE + device);
    }
    const LONG result = tspi.TSPI_providerShutdown(service_version, PROVIDER_ID);
    FreeLibrary(library);
    return result;
}

LONG WINAPI lineGetMessage(HLINEAPP application, LPLINEMESSAGE message, DWORD timeout)
{
    (void)application;
    (void)timeout;
    AcquireSRWLockExclusive(&lock);
    const bool waits = first < last;
    if (waits) {
        *message = queue[first++ % QUEUE];
    }
    ReleaseSRWLockExclusive(&lock);
    return waits ? 0 : NOTHING;
}

LONG WINAPI lineNegotiateAPIVersion(HLINEAPP application, DWORD device, DWORD low, DWORD high,
                                    LPDWORD version, LPLINEEXTENSIONID extension)
{
    (void)application;
    (void)low;
    memset(extension, 0, sizeof *extension);
    *version = high;
    return device < devices ? 0 : (LONG)LINEERR_BADDEVICEID;
}

LONG WINAPI lineGetDevCapsW(HLINEAPP application, DWORD device, DWORD version, DWORD extension,
                            LPLINEDEVCAPS caps)
{
    (void)application;
    (void)version;
    return tspi.TSPI_lineGetDevCaps(device, service_version, extension, caps);
}

LONG WINAPI lineGetAddressCapsW(HLINEAPP application, DWORD device, DWORD address, DWORD version,
                                DWORD extension, LPLINEADDRESSCAPS caps)
{
    (void)application;
    (void)version;
    return tspi.TSPI_lineGetAddressCaps(device, address, service_version, extension, caps);
}

LONG line_of(HLINE handle, HDRVLINE *driver)
{
    const DWORD device = handle - FIRST_LINE;
    if (device >= LINES || !lines[device].open) {
        return (LONG)LINEERR_INVALLINEHANDLE;
    }
    *driver = lines[device].driver;
    return 0;
}

LONG WINAPI lineOpenW(HLINEAPP application, DWORD device, LPHLINE line, DWORD version, DWORD extension,
                      DWORD_PTR instance, DWORD privileges, DWORD media, const LPLINECALLPARAMS parameters)
{
    (void)application;
    (void)version;
    (void)extension;
    (void)instance;
    (void)parameters;
    if (device >= LINES || lines[device].open) {
        return (LONG)LINEERR_ALLOCATED;
    }
    *line = FIRST_LINE + device;
    calls_privilege(*line, (privileges & LINECALLPRIVILEGE_OWNER) != 0 ? LINECALLPRIVILEGE_OWNER
                                                                       : LINECALLPRIVILEGE_MONITOR);
    const LONG result = tspi.TSPI_lineOpen(device, TAPI_LINE(*line), &lines[device].driver, service_version,
                                           line_event);
    lines[device].open = result == 0;
    return result != 0 || (privileges & LINECALLPRIVILEGE_OWNER) == 0
               ? result
               : tspi.TSPI_lineSetDefaultMediaDetection(lines[device].driver, media);
}

LONG WINAPI lineClose(HLINE line)
{
    HDRVLINE driver = NULL;
    const LONG refused = line_of(line, &driver);
    if (refused != 0) {
        return refused;
    }
    lines[line - FIRST_LINE].open = false;
    return tspi.TSPI_lineClose(driver);
}

LONG WINAPI lineSetStatusMessages(HLINE line, DWORD states, DWORD addresses)
{
    HDRVLINE driver = NULL;
    const LONG refused = line_of(line, &driver);
    return refused != 0 ? refused : tspi.TSPI_lineSetStatusMessages(driver, states, addresses);
}

LONG WINAPI lineGetLineDevStatusW(HLINE line, LPLINEDEVSTATUS status)
{
    HDRVLINE driver = NULL;
    const LONG refused = line_of(line, &driver);
    return refused != 0 ? refused : tspi.TSPI_lineGetLineDevStatus(driver, status);
}

LONG WINAPI lineGetAddressStatusW(HLINE line, DWORD address, LPLINEADDRESSSTATUS status)
{
    HDRVLINE driver = NULL;
    const LONG refused = line_of(line, &driver);
    return refused != 0 ? refused : tspi.TSPI_lineGetAddressStatus(driver, address, status);
}

/* Dialogs need a person. */
LONG WINAPI lineConfigDialogW(DWORD device, HWND owner, LPCWSTR class)
{
    (void)device;
    (void)owner;
    (void)class;
    return (LONG)LINEERR_OPERATIONUNAVAIL;
}

LONG WINAPI lineConfigProvider(HWND owner, DWORD provider)
{
    return lineConfigDialogW(provider, owner, NULL);
}

/*
 * Stands in for tapi32 in the tests of lineprobe: one line, and calls that do what they are told. Every
 * request is answered by LINE_REPLY and the state that follows; a call to 9 is never answered, one to 0
 * fails. It shows that lineprobe calls TAPI as it should and reads what TAPI says, not how Windows behaves.
 */
#include <stdbool.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include <tapi.h>

#define APPLICATION 0x1001u
#define LINE 0x2001u
#define FIRST_CALL 0x3001u
#define CALLS 16
#define QUEUE 256
#define REFUSED ((LONG)LINEERR_OPERATIONFAILED)

static SRWLOCK lock = SRWLOCK_INIT;
static LINEMESSAGE queue[QUEUE];
static unsigned first;
static unsigned last;
static HANDLE event;
static DWORD states[CALLS];
static unsigned calls;
static LONG requests;

static void say(DWORD message, DWORD device, DWORD one, DWORD two, DWORD three)
{
    AcquireSRWLockExclusive(&lock);
    queue[last++ % QUEUE] = (LINEMESSAGE){device, message, 7, one, two, three};
    ReleaseSRWLockExclusive(&lock);
    SetEvent(event);
}

static void enter(HCALL call, DWORD state)
{
    states[call - FIRST_CALL] = state;
    say(LINE_CALLSTATE, call, state, 0, LINECALLPRIVILEGE_OWNER);
}

static bool is_call(HCALL call)
{
    return call >= FIRST_CALL && call < FIRST_CALL + calls;
}

/* Accepts a request about a call and leads the call to a state; 0: it stays as it is. */
static LONG request(HCALL call, DWORD state)
{
    if (!is_call(call)) {
        return (LONG)LINEERR_INVALCALLHANDLE;
    }
    const LONG id = ++requests;
    say(LINE_REPLY, 0, (DWORD)id, 0, 0);
    if (state != 0) {
        enter(call, state);
    }
    return id;
}

static LONG new_call(HLINE line, HCALL *call, DWORD state)
{
    if (line != LINE) {
        return (LONG)LINEERR_INVALLINEHANDLE;
    }
    *call = FIRST_CALL + calls++;
    return request(*call, state);
}

LONG WINAPI lineInitializeExW(LPHLINEAPP application, HINSTANCE instance, LINECALLBACK callback, LPCWSTR name,
                              LPDWORD devices, LPDWORD version, LPLINEINITIALIZEEXPARAMS parameters)
{
    (void)instance;
    (void)callback;
    if (wcscmp(name, L"lineprobe") != 0 || parameters->dwOptions != LINEINITIALIZEEXOPTION_USEEVENT ||
        *version < 0x00020000u) {
        return (LONG)LINEERR_INVALPARAM;
    }
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    parameters->Handles.hEvent = event;
    *application = APPLICATION;
    *devices = 2;
    return 0;
}

LONG WINAPI lineShutdown(HLINEAPP application)
{
    return application == APPLICATION ? 0 : (LONG)LINEERR_INVALAPPHANDLE;
}

LONG WINAPI lineGetMessage(HLINEAPP application, LPLINEMESSAGE message, DWORD timeout)
{
    (void)timeout;
    AcquireSRWLockExclusive(&lock);
    const bool waits = application == APPLICATION && first < last;
    if (waits) {
        *message = queue[first++ % QUEUE];
    }
    ReleaseSRWLockExclusive(&lock);
    return waits ? 0 : REFUSED;
}

/* Device 1 is one that TAPI knows no version of. */
LONG WINAPI lineNegotiateAPIVersion(HLINEAPP application, DWORD device, DWORD low, DWORD high,
                                    LPDWORD version, LPLINEEXTENSIONID extension)
{
    (void)application;
    (void)low;
    memset(extension, 0, sizeof *extension);
    *version = high;
    return device == 0 ? 0 : (LONG)LINEERR_INCOMPATIBLEAPIVERSION;
}

/* The name is followed by one that lies outside of the structure. */
LONG WINAPI lineGetDevCapsW(HLINEAPP application, DWORD device, DWORD version, DWORD extension,
                            LPLINEDEVCAPS caps)
{
    static const WCHAR name[] = L"Anna Müller (340)";
    (void)application;
    (void)extension;
    if (device != 0 || version != 0x00020002u) {
        return (LONG)LINEERR_BADDEVICEID;
    }
    caps->dwUsedSize = sizeof *caps + sizeof name;
    caps->dwNeededSize = caps->dwUsedSize;
    caps->dwLineNameSize = sizeof name;
    caps->dwLineNameOffset = sizeof *caps;
    memcpy((BYTE *)caps + sizeof *caps, name, sizeof name);
    caps->dwProviderInfoSize = 400;
    caps->dwProviderInfoOffset = sizeof *caps;
    caps->dwPermanentLineID = 17;
    caps->dwNumAddresses = 1;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    return 0;
}

LONG WINAPI lineGetAddressCapsW(HLINEAPP application, DWORD device, DWORD address, DWORD version,
                                DWORD extension, LPLINEADDRESSCAPS caps)
{
    (void)application;
    (void)address;
    (void)version;
    (void)extension;
    caps->dwUsedSize = sizeof *caps;
    caps->dwCallFeatures = LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP;
    return device == 0 ? 0 : (LONG)LINEERR_BADDEVICEID;
}

/* Opening as an owner brings a call that rings, as a monitor a new line. */
LONG WINAPI lineOpenW(HLINEAPP application, DWORD device, LPHLINE line, DWORD version, DWORD extension,
                      DWORD_PTR instance, DWORD privileges, DWORD media, const LPLINECALLPARAMS parameters)
{
    (void)application;
    (void)version;
    (void)extension;
    (void)instance;
    (void)parameters;
    if (device != 0 || media != LINEMEDIAMODE_INTERACTIVEVOICE) {
        return (LONG)LINEERR_BADDEVICEID;
    }
    *line = LINE;
    if (privileges == LINECALLPRIVILEGE_MONITOR) {
        say(LINE_CREATE, 0, 2, 0, 0);
    }
    if ((privileges & LINECALLPRIVILEGE_OWNER) != 0) {
        const HCALL call = FIRST_CALL + calls++;
        say(LINE_APPNEWCALL, LINE, 0, call, LINECALLPRIVILEGE_OWNER);
        enter(call, LINECALLSTATE_OFFERING);
    }
    return 0;
}

LONG WINAPI lineClose(HLINE line)
{
    return line == LINE ? 0 : (LONG)LINEERR_INVALLINEHANDLE;
}

LONG WINAPI lineSetStatusMessages(HLINE line, DWORD lines, DWORD addresses)
{
    return line == LINE && lines == 0x01FFFFFFu && addresses == 0x1FFu ? 0 : (LONG)LINEERR_INVALLINESTATE;
}

LONG WINAPI lineGetLineDevStatusW(HLINE line, LPLINEDEVSTATUS status)
{
    status->dwNumOpens = 1;
    status->dwLineFeatures = LINEFEATURE_MAKECALL;
    return line == LINE ? 0 : (LONG)LINEERR_INVALLINEHANDLE;
}

LONG WINAPI lineGetAddressStatusW(HLINE line, DWORD address, LPLINEADDRESSSTATUS status)
{
    (void)address;
    status->dwNumActiveCalls = calls;
    return line == LINE ? 0 : (LONG)LINEERR_INVALLINEHANDLE;
}

LONG WINAPI lineGetCallInfoW(HCALL call, LPLINECALLINFO info)
{
    static const WCHAR number[] = L"0891234567";
    if (!is_call(call)) {
        return (LONG)LINEERR_INVALCALLHANDLE;
    }
    info->dwUsedSize = sizeof *info + sizeof number;
    info->dwCallID = call;
    info->dwCallerIDFlags = LINECALLPARTYID_ADDRESS;
    info->dwCallerIDSize = sizeof number;
    info->dwCallerIDOffset = sizeof *info;
    memcpy((BYTE *)info + sizeof *info, number, sizeof number);
    return 0;
}

LONG WINAPI lineGetCallStatus(HCALL call, LPLINECALLSTATUS status)
{
    status->dwCallState = is_call(call) ? states[call - FIRST_CALL] : 0;
    return is_call(call) ? 0 : (LONG)LINEERR_INVALCALLHANDLE;
}

LONG WINAPI lineDeallocateCall(HCALL call)
{
    return is_call(call) ? 0 : (LONG)LINEERR_INVALCALLHANDLE;
}

LONG WINAPI lineMakeCallW(HLINE line, LPHCALL call, LPCWSTR destination, DWORD country,
                          const LPLINECALLPARAMS parameters)
{
    (void)country;
    (void)parameters;
    if (destination == NULL) {
        return new_call(line, call, LINECALLSTATE_DIALTONE);
    }
    if (wcscmp(destination, L"0") == 0) {
        const LONG id = ++requests;
        say(LINE_REPLY, 0, (DWORD)id, (DWORD)LINEERR_CALLUNAVAIL, 0);
        return id;
    }
    const LONG result = new_call(line, call, LINECALLSTATE_DIALING);
    if (result > 0 && wcscmp(destination, L"9") != 0) {
        enter(*call, LINECALLSTATE_CONNECTED);
    }
    return result;
}

/* An empty group is the own one; a group of another name is not there. */
LONG WINAPI linePickupW(HLINE line, DWORD address, LPHCALL call, LPCWSTR destination, LPCWSTR group)
{
    (void)address;
    if (group != NULL && group[0] != 0) {
        return (LONG)LINEERR_INVALGROUPID;
    }
    return (destination == NULL) != (group == NULL) ? new_call(line, call, LINECALLSTATE_CONNECTED)
                                                    : (LONG)LINEERR_INVALPARAM;
}

LONG WINAPI lineDialW(HCALL call, LPCWSTR destination, DWORD country)
{
    (void)country;
    return destination[0] != 0 ? request(call, LINECALLSTATE_CONNECTED) : (LONG)LINEERR_INVALADDRESS;
}

LONG WINAPI lineAccept(HCALL call, LPCSTR information, DWORD size)
{
    (void)information;
    (void)size;
    return request(call, LINECALLSTATE_ACCEPTED);
}

LONG WINAPI lineAnswer(HCALL call, LPCSTR information, DWORD size)
{
    (void)information;
    (void)size;
    return request(call, LINECALLSTATE_CONNECTED);
}

LONG WINAPI lineDrop(HCALL call, LPCSTR information, DWORD size)
{
    (void)information;
    (void)size;
    return request(call, LINECALLSTATE_IDLE);
}

LONG WINAPI lineHold(HCALL call)
{
    return request(call, LINECALLSTATE_ONHOLD);
}

LONG WINAPI lineUnhold(HCALL call)
{
    return request(call, LINECALLSTATE_CONNECTED);
}

LONG WINAPI lineSwapHold(HCALL active, HCALL held)
{
    if (!is_call(active) || !is_call(held)) {
        return (LONG)LINEERR_INVALCALLHANDLE;
    }
    enter(held, LINECALLSTATE_CONNECTED);
    return request(active, LINECALLSTATE_ONHOLD);
}

LONG WINAPI lineRedirectW(HCALL call, LPCWSTR destination, DWORD country)
{
    (void)country;
    return destination[0] != 0 ? request(call, LINECALLSTATE_IDLE) : (LONG)LINEERR_INVALADDRESS;
}

LONG WINAPI lineBlindTransferW(HCALL call, LPCWSTR destination, DWORD country)
{
    (void)country;
    return destination[0] != 0 ? request(call, LINECALLSTATE_IDLE) : (LONG)LINEERR_INVALADDRESS;
}

/* With a number the consultation is dialled at once; it has to be 341. */
LONG WINAPI lineSetupTransferW(HCALL call, LPHCALL consultation, const LPLINECALLPARAMS parameters)
{
    if (!is_call(call)) {
        return (LONG)LINEERR_INVALCALLHANDLE;
    }
    if (parameters != NULL) {
        const BYTE *target = (const BYTE *)parameters + parameters->dwTargetAddressOffset;
        if (parameters->dwCallParamFlags != LINECALLPARAMFLAGS_ONESTEPTRANSFER ||
            parameters->dwTargetAddressOffset + parameters->dwTargetAddressSize > parameters->dwTotalSize ||
            parameters->dwTargetAddressSize != sizeof L"341" || memcmp(target, L"341", sizeof L"341") != 0) {
            return (LONG)LINEERR_INVALCALLPARAMS;
        }
    }
    enter(call, LINECALLSTATE_ONHOLDPENDTRANSFER);
    return new_call(LINE, consultation,
                    parameters == NULL ? LINECALLSTATE_DIALTONE : LINECALLSTATE_DIALING);
}

LONG WINAPI lineCompleteTransfer(HCALL call, HCALL consultation, LPHCALL conference, DWORD mode)
{
    (void)conference;
    if (!is_call(consultation) || mode != LINETRANSFERMODE_TRANSFER) {
        return (LONG)LINEERR_INVALCONSULTCALLHANDLE;
    }
    enter(consultation, LINECALLSTATE_IDLE);
    return request(call, LINECALLSTATE_IDLE);
}

LONG WINAPI lineGenerateDigitsW(HCALL call, DWORD mode, LPCWSTR digits, DWORD duration)
{
    (void)duration;
    if (!is_call(call) || mode != LINEDIGITMODE_DTMF || (digits != NULL && digits[0] == 0)) {
        return (LONG)LINEERR_INVALDIGITS;
    }
    say(LINE_GENERATE, call, digits == NULL ? LINEGENERATETERM_CANCEL : LINEGENERATETERM_DONE, 0, 0);
    return 0;
}

/* Nobody looks at these: they are closed at once. Provider 7 has none. */
LONG WINAPI lineConfigDialogW(DWORD device, HWND owner, LPCWSTR class)
{
    return device == 0 && owner == NULL && class == NULL ? 0 : (LONG)LINEERR_BADDEVICEID;
}

LONG WINAPI lineConfigProvider(HWND owner, DWORD provider)
{
    return owner == NULL && provider != 7 ? 0 : (LONG)LINEERR_OPERATIONUNAVAIL;
}

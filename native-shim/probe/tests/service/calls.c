/* Calls, and every verb: each passes what the program said to the provider. */
#include "service.h"

#include <string.h>

#define FIRST_CALL 0x3001u
#define CALLS 512u

static SRWLOCK lock = SRWLOCK_INIT;
static struct {
    HLINE line;
    HDRVCALL driver;
    bool closed;
} calls[CALLS];
static DWORD call_count;

/* Of the calls of one line; a program has one privilege for all of them. */
static HLINE privileged_line;
static DWORD privilege;

HCALL call_new(HLINE line, HDRVCALL **driver)
{
    HCALL handle = 0;
    AcquireSRWLockExclusive(&lock);
    if (call_count < CALLS) {
        calls[call_count].line = line;
        *driver = &calls[call_count].driver;
        handle = FIRST_CALL + call_count++;
    }
    ReleaseSRWLockExclusive(&lock);
    return handle;
}

void calls_privilege(HLINE line, DWORD of_calls)
{
    privileged_line = line;
    privilege = of_calls;
}

DWORD call_privilege(HCALL handle)
{
    return calls[handle - FIRST_CALL].line == privileged_line ? privilege : LINECALLPRIVILEGE_OWNER;
}

LONG call_of(HCALL handle, bool owner, HDRVCALL *driver)
{
    const DWORD at = handle - FIRST_CALL;
    if (handle < FIRST_CALL || at >= call_count || calls[at].closed) {
        return (LONG)LINEERR_INVALCALLHANDLE;
    }
    *driver = calls[at].driver;
    return owner && call_privilege(handle) != LINECALLPRIVILEGE_OWNER ? (LONG)LINEERR_NOTOWNER : 0;
}

static void new_call(HLINE line, HDRVCALL offered, HTAPICALL *cell)
{
    HDRVCALL *driver = NULL;
    const HCALL handle = call_new(line, &driver);
    if (handle != 0) {
        *driver = offered;
        *cell = TAPI_CALL(handle);
        say(LINE_APPNEWCALL, line, 0, handle, call_privilege(handle));
    }
}

void CALLBACK line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR one, DWORD_PTR two,
                         DWORD_PTR three)
{
    if (message == LINE_NEWCALL) {
        new_call((HLINE)(uintptr_t)line, (HDRVCALL)one, (HTAPICALL *)two);
    } else {
        say(message, (DWORD)(uintptr_t)(call != NULL ? (void *)call : (void *)line), one, two, three);
    }
}

void calls_end(void)
{
    for (DWORD at = 0; at < call_count; at++) {
        if (!calls[at].closed && calls[at].driver != NULL) {
            calls[at].closed = true;
            tspi.TSPI_lineCloseCall(calls[at].driver);
        }
    }
}

LONG WINAPI lineGetCallInfoW(HCALL call, LPLINECALLINFO info)
{
    HDRVCALL driver = NULL;
    const LONG refused = call_of(call, false, &driver);
    return refused != 0 ? refused : tspi.TSPI_lineGetCallInfo(driver, info);
}

LONG WINAPI lineGetCallStatus(HCALL call, LPLINECALLSTATUS status)
{
    HDRVCALL driver = NULL;
    const LONG refused = call_of(call, false, &driver);
    if (refused != 0) {
        return refused;
    }
    status->dwCallPrivilege = call_privilege(call);
    return tspi.TSPI_lineGetCallStatus(driver, status);
}

LONG WINAPI lineDeallocateCall(HCALL call)
{
    HDRVCALL driver = NULL;
    const LONG refused = call_of(call, false, &driver);
    if (refused != 0) {
        return refused;
    }
    calls[call - FIRST_CALL].closed = true;
    return tspi.TSPI_lineCloseCall(driver);
}

/* The provider's function for a new call: `id`, `line` or `from`, `made` and `place` are there. */
#define NEW_CALL(of_line, expression) \
    HDRVCALL *place = NULL; \
    const HCALL handle = call_new(of_line, &place); \
    const DRV_REQUESTID id = request_start(call, handle); \
    const HTAPICALL made = TAPI_CALL(handle); \
    return handle == 0 ? (LONG)LINEERR_RESOURCEUNAVAIL : (expression)

LONG WINAPI lineMakeCallW(HLINE line, LPHCALL call, LPCWSTR destination, DWORD country,
                          const LPLINECALLPARAMS parameters)
{
    HDRVLINE from = NULL;
    const LONG refused = line_of(line, &from);
    if (refused != 0) {
        return refused;
    }
    NEW_CALL(line, tspi.TSPI_lineMakeCall(id, from, made, place, destination, country, parameters));
}

LONG WINAPI linePickupW(HLINE line, DWORD address, LPHCALL call, LPCWSTR destination, LPCWSTR group)
{
    HDRVLINE from = NULL;
    const LONG refused = line_of(line, &from);
    if (refused != 0) {
        return refused;
    }
    NEW_CALL(line, tspi.TSPI_linePickup(id, from, address, made, place, destination, group));
}

LONG WINAPI lineSetupTransferW(HCALL about, LPHCALL call, const LPLINECALLPARAMS parameters)
{
    HDRVCALL from = NULL;
    const LONG refused = call_of(about, true, &from);
    if (refused != 0) {
        return refused;
    }
    NEW_CALL(calls[about - FIRST_CALL].line,
             tspi.TSPI_lineSetupTransfer(id, from, made, place, parameters));
}

/* A verb of one call: `id` and `driver` are there. */
#define VERB(expression) \
    HDRVCALL driver = NULL; \
    const LONG refused = call_of(call, true, &driver); \
    const DRV_REQUESTID id = request_start(NULL, 0); \
    return refused != 0 ? refused : (expression)

LONG WINAPI lineDialW(HCALL call, LPCWSTR destination, DWORD country)
{
    VERB(tspi.TSPI_lineDial(id, driver, destination, country));
}

LONG WINAPI lineAccept(HCALL call, LPCSTR information, DWORD size)
{
    VERB(tspi.TSPI_lineAccept(id, driver, information, size));
}

LONG WINAPI lineAnswer(HCALL call, LPCSTR information, DWORD size)
{
    VERB(tspi.TSPI_lineAnswer(id, driver, information, size));
}

LONG WINAPI lineDrop(HCALL call, LPCSTR information, DWORD size)
{
    VERB(tspi.TSPI_lineDrop(id, driver, information, size));
}

LONG WINAPI lineHold(HCALL call)
{
    VERB(tspi.TSPI_lineHold(id, driver));
}

LONG WINAPI lineUnhold(HCALL call)
{
    VERB(tspi.TSPI_lineUnhold(id, driver));
}

LONG WINAPI lineRedirectW(HCALL call, LPCWSTR destination, DWORD country)
{
    VERB(tspi.TSPI_lineRedirect(id, driver, destination, country));
}

LONG WINAPI lineBlindTransferW(HCALL call, LPCWSTR destination, DWORD country)
{
    VERB(tspi.TSPI_lineBlindTransfer(id, driver, destination, country));
}

LONG WINAPI lineSwapHold(HCALL call, HCALL held)
{
    HDRVCALL other = NULL;
    const LONG no_other = call_of(held, true, &other);
    if (no_other != 0) {
        return no_other;
    }
    VERB(tspi.TSPI_lineSwapHold(id, driver, other));
}

LONG WINAPI lineCompleteTransfer(HCALL call, HCALL consultation, LPHCALL conference, DWORD mode)
{
    HDRVCALL other = NULL;
    if (conference != NULL || call_of(consultation, true, &other) != 0) {
        return (LONG)LINEERR_INVALCONSULTCALLHANDLE;
    }
    VERB(tspi.TSPI_lineCompleteTransfer(id, driver, other, NULL, NULL, mode));
}

LONG WINAPI lineGenerateDigitsW(HCALL call, DWORD mode, LPCWSTR digits, DWORD duration)
{
    HDRVCALL driver = NULL;
    const LONG refused = call_of(call, true, &driver);
    return refused != 0 ? refused : tspi.TSPI_lineGenerateDigits(driver, 7, mode, digits, duration);
}

/* The functions of a wrong provider: each leaves its work to the right one, but for the fault it was built
 * with. */
#include "faults.h"

#include "../../port/port.h"
#include "../../shim/telephony.h"

#include <stdatomic.h>
#include <string.h>

#ifndef FAULT
#error "FAULT is not defined"
#endif

#undef TSPI_providerInit
#undef TSPI_providerShutdown
#undef TSPI_lineOpen
#undef TSPI_lineClose
#undef TSPI_lineSetDefaultMediaDetection
#undef TSPI_lineGetDevCaps
#undef TSPI_lineMakeCall
#undef TSPI_lineSwapHold
#undef TSPI_lineCloseCall
#undef TSPI_lineGetCallStatus

#ifdef _WIN32
#define DECLARE(name) extern __typeof__(right_##name) TSPI_##name
#else
#define DECLARE(name) extern __typeof__(right_##name) TSPI_##name __attribute__((visibility("default")))
#endif
DECLARE(providerInit);
DECLARE(providerShutdown);
DECLARE(lineOpen);
DECLARE(lineClose);
DECLARE(lineSetDefaultMediaDetection);
DECLARE(lineGetDevCaps);
DECLARE(lineMakeCall);
#ifndef FAULT_WITHOUT_SWAPHOLD
DECLARE(lineSwapHold);
#endif
DECLARE(lineCloseCall);
DECLARE(lineGetCallStatus);

/* Later than any event that left before the handle was closed. */
#define LATE 300u

static const enum fault fault = FAULT;
static ASYNC_COMPLETION completion;
static LINEEVENT event;
static HTAPILINE line;
static HTAPICALL made;           /* the call made last */
static DRV_REQUESTID request;    /* that made it */
static HDRVCALL first_handle;    /* of all calls made */
static HTAPICALL without_idle;   /* a call whose IDLE was kept back */
static atomic_bool is_completed; /* the request that made it */
static port_lock lock = PORT_LOCK_INIT;

static void wait_for(uint32_t milliseconds)
{
    port_lock own = PORT_LOCK_INIT;
    port_condition never = PORT_CONDITION_INIT;
    const uint64_t end = port_now_us() + milliseconds * 1000u;
    port_lock_acquire(&own);
    while (port_now_us() < end) {
        port_condition_wait(&never, &own, milliseconds);
    }
    port_lock_release(&own);
}

static void tell_line(void)
{
    event(line, NULL, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0);
}

static void tell_line_late(void *argument)
{
    (void)argument;
    wait_for(LATE);
    tell_line();
}

static void tell_line_at_once(void *argument)
{
    (void)argument;
    tell_line();
}

static void tell_idle_late(void *argument)
{
    wait_for(LATE);
    event(line, argument, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
}

static void tell_state_of_made_call(DWORD state)
{
    event(line, made, LINE_CALLSTATE, state, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
}

static void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    if (fault == FAULT_NEVER_COMPLETED) {
        return;
    }
    if (fault == FAULT_EARLY_EVENT && id == request) {
        tell_state_of_made_call(LINECALLSTATE_DIALTONE);
    }
    completion(id, result);
    is_completed = true;
    if (fault == FAULT_COMPLETED_TWICE) {
        completion(id, result);
    }
    if (fault == FAULT_FAILED_CALL_EVENT && id == request && result != 0) {
        tell_state_of_made_call(LINECALLSTATE_DISCONNECTED);
    }
}

static void offer(HTAPILINE to, DWORD_PTR handle, DWORD_PTR cell, DWORD_PTR param3)
{
    if (fault == FAULT_CELL) {
        *(HTAPICALL *)cell = (HTAPICALL)(uintptr_t)0x1234;
    }
    event(to, NULL, LINE_NEWCALL, handle, cell, param3);
    if (fault == FAULT_REFUSED_AGAIN && *(HTAPICALL *)cell == NULL) {
        event(to, NULL, LINE_NEWCALL, handle, cell, param3);
    }
}

static void tell_idle(HTAPILINE to, HTAPICALL call, DWORD_PTR mode, DWORD_PTR media)
{
    if (fault == FAULT_NO_IDLE || fault == FAULT_IDLE_LATE) {
        without_idle = call;
        return;
    }
    event(to, call, LINE_CALLSTATE, LINECALLSTATE_IDLE, mode, media);
    if (fault == FAULT_IDLE_TWICE) {
        event(to, call, LINE_CALLSTATE, LINECALLSTATE_IDLE, mode, media);
    }
}

static void tell_state(HTAPILINE to, HTAPICALL call, DWORD_PTR state, DWORD_PTR mode, DWORD_PTR media)
{
    port_thread *other = fault == FAULT_OVERLAP ? port_thread_start(tell_line_at_once, NULL) : NULL;
    const bool is_illegal = fault == FAULT_TRANSITION && state == LINECALLSTATE_CONNECTED;
    if (state == LINECALLSTATE_IDLE) {
        tell_idle(to, call, mode, media);
    } else {
        event(to, call, LINE_CALLSTATE, is_illegal ? LINECALLSTATE_RINGBACK : state, mode,
              fault == FAULT_NO_MEDIA_MODE ? 0 : media);
    }
    if (other != NULL) {
        port_thread_join(other, PORT_FOREVER);
    }
}

static void CALLBACK on_event(HTAPILINE to, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                              DWORD_PTR param3)
{
    if (fault == FAULT_LOCKED_CALLBACK) {
        port_lock_acquire(&lock);
    }
    if (fault == FAULT_TRUNCATED_HANDLE) {
        call = (HTAPICALL)(uintptr_t)(uint32_t)(uintptr_t)call;
    }
    if (message == LINE_NEWCALL) {
        offer(to, param1, param2, param3);
    } else if (message == LINE_CALLSTATE) {
        tell_state(to, call, param1, param2, param3);
    } else {
        event(to, call, message, param1, param2, param3);
    }
    if (fault == FAULT_LOCKED_CALLBACK) {
        port_lock_release(&lock);
    }
}

LONG WINAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                              DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                              ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
    completion = lpfnCompletionProc;
    return right_providerInit(dwTSPIVersion, dwPermanentProviderID, dwLineDeviceIDBase, dwPhoneDeviceIDBase,
                              dwNumLines, dwNumPhones, on_completion, lpdwTSPIOptions);
}

LONG WINAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
    const LONG result = right_providerShutdown(dwTSPIVersion, dwPermanentProviderID);
    if (fault == FAULT_CALLBACK_AFTER_END && event != NULL) {
        port_thread_start(tell_line_late, NULL);
    }
    return result;
}

LONG WINAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine, DWORD dwTSPIVersion,
                          LINEEVENT lpfnEventProc)
{
    line = htLine;
    event = lpfnEventProc;
    return right_lineOpen(dwDeviceID, htLine, lphdLine, dwTSPIVersion, on_event);
}

LONG WINAPI TSPI_lineClose(HDRVLINE hdLine)
{
    const LONG result = right_lineClose(hdLine);
    if (fault == FAULT_LINE_EVENT_LATE) {
        port_thread_start(tell_line_late, NULL);
    }
    return result;
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes)
{
    HTAPICALL cell = NULL;
    if (fault == FAULT_INLINE_EVENT) {
        tell_line();
    }
    if (fault == FAULT_INLINE_CALL) {
        event(line, NULL, LINE_NEWCALL, 0x77, (DWORD_PTR)&cell, 0);
    }
    return right_lineSetDefaultMediaDetection(hdLine, dwMediaModes);
}

static void spoil(LPLINEDEVCAPS caps)
{
    uint8_t *bytes = (uint8_t *)caps;
    const DWORD total = caps->dwTotalSize;
    const DWORD end = caps->dwLineNameOffset + caps->dwLineNameSize;
    switch (fault) {
    case FAULT_NEEDED_SIZE:
        caps->dwNeededSize = caps->dwUsedSize;
        break;
    case FAULT_UNTERMINATED_TEXT:
        memset(bytes + end - (caps->dwLineNameSize > 0 ? sizeof(WCHAR) : 0), 'x',
               caps->dwLineNameSize > 0 ? sizeof(WCHAR) : 0);
        break;
    case FAULT_TOTAL_SIZE:
        caps->dwTotalSize = caps->dwUsedSize;
        break;
    case FAULT_BEYOND_TOTAL_SIZE:
        memset(bytes + total, 0, sizeof(WCHAR));
        break;
    default:
        break;
    }
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                LPLINEDEVCAPS lpLineDevCaps)
{
    if (fault == FAULT_LOCKED_CALLBACK) {
        port_lock_acquire(&lock);
        port_lock_release(&lock);
    }
    const LONG result = right_lineGetDevCaps(dwDeviceID, dwTSPIVersion, dwExtVersion, lpLineDevCaps);
    if (result == 0) {
        spoil(lpLineDevCaps);
    }
    return result;
}

/* Gives the handle back only when the request has been completed. */
static LONG make_and_wait(DRV_REQUESTID id, HDRVLINE on, HTAPICALL call, LPHDRVCALL handle, LPCWSTR address)
{
    HDRVCALL own = NULL;
    is_completed = false;
    const LONG result = right_lineMakeCall(id, on, call, &own, address, 0, NULL);
    while (result > 0 && !is_completed) {
        wait_for(1);
    }
    *handle = own;
    return result;
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                              LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                              LPLINECALLPARAMS const lpCallParams)
{
    request = dwRequestID;
    made = htCall;
    if (fault == FAULT_COMPLETED_AND_ERROR) {
        completion(dwRequestID, TSPI_ERROR(OPERATIONFAILED));
        return TSPI_ERROR(OPERATIONFAILED);
    }
    if (fault == FAULT_HANDLE_LATE) {
        return make_and_wait(dwRequestID, hdLine, htCall, lphdCall, lpszDestAddress);
    }
    const LONG result = right_lineMakeCall(dwRequestID, hdLine, htCall, lphdCall, lpszDestAddress,
                                           dwCountryCode, lpCallParams);
    if (fault == FAULT_NO_HANDLE) {
        *lphdCall = NULL;
    }
    if (fault == FAULT_HANDLE_REUSED && first_handle != NULL) {
        *lphdCall = first_handle;
    }
    first_handle = *lphdCall;
    return fault == FAULT_RETURNS_ZERO ? 0 : result;
}

#ifndef FAULT_WITHOUT_SWAPHOLD
LONG WINAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall, HDRVCALL hdHeldCall)
{
    return right_lineSwapHold(dwRequestID, hdActiveCall, hdHeldCall);
}
#endif

LONG WINAPI TSPI_lineCloseCall(HDRVCALL hdCall)
{
    const LONG result = right_lineCloseCall(hdCall);
    if (fault == FAULT_IDLE_LATE) {
        port_thread_start(tell_idle_late, (void *)(uintptr_t)without_idle);
    }
    return result;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus)
{
    const LONG result = right_lineGetCallStatus(hdCall, lpCallStatus);
    if (fault == FAULT_STATUS && result == 0) {
        lpCallStatus->dwCallState = LINECALLSTATE_IDLE;
    }
    return result;
}

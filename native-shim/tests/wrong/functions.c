/* The functions of a wrong provider: each leaves its work to the right one, but for the fault. */
#include "wrong.h"

#include <string.h>

#undef TSPI_providerInit
#undef TSPI_providerShutdown
#undef TSPI_lineOpen
#undef TSPI_lineClose
#undef TSPI_lineSetDefaultMediaDetection
#undef TSPI_lineGetDevCaps
#undef TSPI_lineMakeCall
#undef TSPI_lineCloseCall
#undef TSPI_lineGetCallStatus

DECLARE(providerInit);
DECLARE(providerShutdown);
DECLARE(lineOpen);
DECLARE(lineClose);
DECLARE(lineSetDefaultMediaDetection);
DECLARE(lineGetDevCaps);
DECLARE(lineMakeCall);
DECLARE(lineCloseCall);
DECLARE(lineGetCallStatus);

static HDRVCALL first_handle; /* of all calls made */

LONG WINAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                              DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                              ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
    passed.completion = lpfnCompletionProc;
    return right_providerInit(dwTSPIVersion, dwPermanentProviderID, dwLineDeviceIDBase, dwPhoneDeviceIDBase,
                              dwNumLines, dwNumPhones, wrong_completion, lpdwTSPIOptions);
}

LONG WINAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
    const LONG result = right_providerShutdown(dwTSPIVersion, dwPermanentProviderID);
    if (fault == FAULT_CALLBACK_AFTER_END && passed.event != NULL) {
        tell_line_late();
    }
    return result;
}

LONG WINAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine, DWORD dwTSPIVersion,
                          LINEEVENT lpfnEventProc)
{
    passed.line = htLine;
    passed.event = lpfnEventProc;
    return right_lineOpen(dwDeviceID, htLine, lphdLine, dwTSPIVersion, wrong_event);
}

LONG WINAPI TSPI_lineClose(HDRVLINE hdLine)
{
    const LONG result = right_lineClose(hdLine);
    if (fault == FAULT_LINE_EVENT_LATE) {
        tell_line_late();
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
        passed.event(passed.line, NULL, LINE_NEWCALL, 0x77, (DWORD_PTR)&cell, 0);
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
        port_lock_acquire(&callback_lock);
        port_lock_release(&callback_lock);
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
    passed.is_completed = false;
    const LONG result = right_lineMakeCall(id, on, call, &own, address, 0, NULL);
    while (result > 0 && !passed.is_completed) {
        wait_for(1);
    }
    *handle = own;
    return result;
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                              LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                              LPLINECALLPARAMS const lpCallParams)
{
    passed.request = dwRequestID;
    passed.made = htCall;
    if (fault == FAULT_COMPLETED_AND_ERROR) {
        passed.completion(dwRequestID, TSPI_ERROR(OPERATIONFAILED));
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

LONG WINAPI TSPI_lineCloseCall(HDRVCALL hdCall)
{
    const LONG result = right_lineCloseCall(hdCall);
    if (fault == FAULT_IDLE_LATE) {
        tell_idle_late();
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

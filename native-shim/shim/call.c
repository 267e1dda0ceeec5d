/* What TAPI does with calls: the asynchronous functions, and the handle's end. */
#include "constants.h"
#include "dialstring.h"
#include "dispatcher.h"
#include "handles.h"
#include "line-device.h"
#include "model.h"
#include "requests.h"

#include <stdio.h>
#include <string.h>

/* Why the line cannot make or pick up a call now; 0: it can. */
static LONG refusal_of_new_call(const struct line *line, DWORD needed)
{
    if (!line->told_in_service) {
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    if ((address_features_now(line) & needed) != 0) {
        return 0;
    }
    return (line->address_features & needed) != 0 ? TSPI_ERROR(CALLUNAVAIL) : TSPI_ERROR(OPERATIONUNAVAIL);
}

static void show_own_call(struct call *call, enum request_verb verb, const char *target)
{
    struct call_snapshot *shown = &call->shown;
    const bool is_outbound = verb == REQUEST_MAKE_CALL;
    shown->origin = is_outbound ? LINECALLORIGIN_OUTBOUND : LINECALLORIGIN_INBOUND;
    shown->reason = is_outbound ? LINECALLREASON_DIRECT : LINECALLREASON_PICKUP;
    if (is_outbound) {
        struct party *called = &shown->parties[PARTY_CALLED];
        const int length = snprintf(called->number, sizeof called->number, "%s", target);
        called->flags =
            length < (int)sizeof called->number ? LINECALLPARTYID_ADDRESS : LINECALLPARTYID_PARTIAL;
    }
}

/*
 * Creates the call, publishes its handle and starts the request, in this order: TAPI may ask about the call
 * on another thread before this function has returned.
 */
static LONG start_call(DRV_REQUESTID id, enum request_verb verb, struct line *line, HTAPICALL tapi,
                       LPHDRVCALL lphdCall, const char *target)
{
    struct call *call = call_create(line, 0);
    if (call == NULL) {
        return TSPI_ERROR(NOMEM);
    }
    call->stage = CALL_PENDING;
    call->tapi = tapi;
    show_own_call(call, verb, target);
    if (!call_need_handle(call)) {
        call_remove(call);
        return TSPI_ERROR(NOMEM);
    }
    *lphdCall = (HDRVCALL)(uintptr_t)call->handle;
    const LONG result = request_start(id, verb, call, target);
    if (result < 0) {
        *lphdCall = NULL;
        call_remove(call);
    }
    return result;
}

static LONG start_call_on_line(DRV_REQUESTID id, enum request_verb verb, HDRVLINE hdLine, HTAPICALL tapi,
                               LPHDRVCALL lphdCall, const char *target)
{
    const DWORD needed = verb == REQUEST_MAKE_CALL ? LINEADDRFEATURE_MAKECALL : PICKUP_FEATURES;
    LONG result = TSPI_ERROR(INVALLINEHANDLE);
    model_lock();
    struct line *line = line_find_handle(hdLine);
    if (line != NULL) {
        result = refusal_of_new_call(line, needed);
    }
    if (result == 0) {
        result = start_call(id, verb, line, tapi, lphdCall, target);
    }
    model_unlock();
    return result;
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                              LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                              LPLINECALLPARAMS const lpCallParams)
{
    char target[TARGET_BYTES_MAX + 1];
    (void)dwCountryCode;
    LONG result = check_call_params(lpCallParams);
    if (result == 0) {
        /* Without an address TAPI would dial digit by digit, which no companion can do. */
        result = lpszDestAddress == NULL ? TSPI_ERROR(INVALADDRESS)
                                         : dialstring_scan(lpszDestAddress, target, sizeof target);
    }
    if (result != 0) {
        return result;
    }
    return start_call_on_line(dwRequestID, REQUEST_MAKE_CALL, hdLine, htCall, lphdCall, target);
}

LONG WINAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HTAPICALL htCall,
                            LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, LPCWSTR lpszGroupID)
{
    char target[TARGET_BYTES_MAX + 1];
    if (dwAddressID != ONLY_ADDRESS) {
        return TSPI_ERROR(INVALADDRESSID);
    }
    if (lpszDestAddress == NULL) {
        return lpszGroupID == NULL ? TSPI_ERROR(INVALADDRESS) : TSPI_ERROR(INVALGROUPID);
    }
    const LONG result = dialstring_scan(lpszDestAddress, target, sizeof target);
    if (result != 0) {
        return result;
    }
    return start_call_on_line(dwRequestID, REQUEST_PICKUP, hdLine, htCall, lphdCall, target);
}

static LONG answer(DRV_REQUESTID id, const struct call *call)
{
    if (call->shown.state != LINECALLSTATE_OFFERING && call->shown.state != LINECALLSTATE_ACCEPTED) {
        return TSPI_ERROR(INVALCALLSTATE);
    }
    if ((call->line->call_features & LINECALLFEATURE_ANSWER) == 0) {
        return TSPI_ERROR(OPERATIONUNAVAIL);
    }
    return request_start(id, REQUEST_ANSWER, call, "");
}

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
    (void)lpsUserUserInfo;
    (void)dwSize;
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    const LONG result = call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : answer(dwRequestID, call);
    model_unlock();
    return result;
}

/* Hangs up a call that has no answer from the companion yet: its makeCall or pickup fails, the drop succeeds.
 */
static LONG drop_pending(DRV_REQUESTID id, const struct call *call)
{
    const LONG result = request_complete_at_once(id, 0, call);
    if (result < 0) {
        return result;
    }
    requests_cancel_dial(call->handle);
    return result;
}

static LONG drop(DRV_REQUESTID id, const struct call *call)
{
    const bool is_over = call->stage == CALL_ENDED || call->shown.state == LINECALLSTATE_IDLE ||
                         call->shown.state == LINECALLSTATE_DISCONNECTED;
    if (is_over) {
        return request_complete_at_once(id, 0, call);
    }
    if (call->stage == CALL_PENDING) {
        return drop_pending(id, call);
    }
    if ((call->line->call_features & LINECALLFEATURE_DROP) == 0) {
        return TSPI_ERROR(OPERATIONUNAVAIL);
    }
    return request_start(id, REQUEST_DROP, call, "");
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
    (void)lpsUserUserInfo;
    (void)dwSize;
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    const LONG result = call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : drop(dwRequestID, call);
    model_unlock();
    return result;
}

/* TAPI forgets the call; the call itself goes on. Its pending requests are completed before this returns. */
LONG WINAPI TSPI_lineCloseCall(HDRVCALL hdCall)
{
    model_lock();
    struct call *call = call_find_handle(hdCall);
    if (call != NULL) {
        requests_close_call(call->handle);
        const bool is_over = call->stage == CALL_ENDED || call->shown.state == LINECALLSTATE_IDLE;
        if (is_over) {
            call_remove(call);
        } else {
            call_detach(call);
            call->stage = CALL_CLOSED;
        }
        dispatcher_flush();
    }
    model_unlock();
    return call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : 0;
}

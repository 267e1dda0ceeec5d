/* What TAPI does with calls that exist: the asynchronous functions, and the handle's end. */
#include "call-control.h"

#include "constants.h"
#include "dialstring.h"
#include "dispatcher.h"
#include "model.h"
#include "requests.h"

/* The states in which a consultation call may be handed the call that waits for it. */
#define CONSULTATION_STATES \
    (LINECALLSTATE_CONNECTED | LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_PROCEEDING)

#define HELD_STATES (LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF)

LONG refusal_of_verb(const struct call *call, DWORD feature)
{
    if (call == NULL) {
        return TSPI_ERROR(INVALCALLHANDLE);
    }
    if (!call_is_over(call) && (call_features_now(call) & feature) != 0) {
        return 0;
    }
    return (call_features_of(call->line) & feature) != 0 ? TSPI_ERROR(INVALCALLSTATE)
                                                         : TSPI_ERROR(OPERATIONUNAVAIL);
}

/* Starts a command of one call, if the companion offers it. */
static LONG command(DRV_REQUESTID id, HDRVCALL handle, DWORD feature, enum request_verb verb,
                    const char *text)
{
    model_lock();
    const struct request_wish wish = {.verb = verb, .call = call_find_handle(handle), .text = text};
    const LONG refused = refusal_of_verb(wish.call, feature);
    const LONG result = refused != 0 ? refused : request_start(id, &wish);
    model_unlock();
    return result;
}

LONG WINAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
    (void)lpsUserUserInfo;
    (void)dwSize;
    return command(dwRequestID, hdCall, LINECALLFEATURE_ACCEPT, REQUEST_ACCEPT, NULL);
}

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
    (void)lpsUserUserInfo;
    (void)dwSize;
    return command(dwRequestID, hdCall, LINECALLFEATURE_ANSWER, REQUEST_ANSWER, NULL);
}

LONG WINAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
    return command(dwRequestID, hdCall, LINECALLFEATURE_HOLD, REQUEST_HOLD, NULL);
}

LONG WINAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
    return command(dwRequestID, hdCall, LINECALLFEATURE_UNHOLD, REQUEST_UNHOLD, NULL);
}

/* An empty string says that the parts dialled before were the whole number. */
LONG WINAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                          DWORD dwCountryCode)
{
    char target[TARGET_BYTES_MAX + 1] = "";
    bool partial = false;
    (void)dwCountryCode;
    const LONG result = lpszDestAddress == NULL || lpszDestAddress[0] == 0
                            ? 0
                            : dialstring_scan(lpszDestAddress, target, sizeof target, &partial);
    const enum request_verb verb = partial ? REQUEST_DIAL_PART : REQUEST_DIAL;
    return result != 0 ? result : command(dwRequestID, hdCall, LINECALLFEATURE_DIAL, verb, target);
}

/* A command that sends the call to another number. */
static LONG send_to(DRV_REQUESTID id, HDRVCALL handle, DWORD feature, enum request_verb verb, LPCWSTR address)
{
    char target[TARGET_BYTES_MAX + 1];
    const LONG result =
        address == NULL ? TSPI_ERROR(INVALADDRESS) : dialstring_scan(address, target, sizeof target, NULL);
    return result != 0 ? result : command(id, handle, feature, verb, target);
}

LONG WINAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                              DWORD dwCountryCode)
{
    (void)dwCountryCode;
    return send_to(dwRequestID, hdCall, LINECALLFEATURE_REDIRECT, REQUEST_REDIRECT, lpszDestAddress);
}

LONG WINAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                                   DWORD dwCountryCode)
{
    (void)dwCountryCode;
    return send_to(dwRequestID, hdCall, LINECALLFEATURE_BLINDTRANSFER, REQUEST_BLIND_TRANSFER,
                   lpszDestAddress);
}

/* Whether `other` is another call of the same line, at the PBX and in one of these states. */
static bool is_partner(const struct call *call, const struct call *other, DWORD states)
{
    return other != call && other->line == call->line && other->id != 0 && !call_is_over(other) &&
           (other->shown.state & states) != 0;
}

static LONG swap(DRV_REQUESTID id, const struct call *active, const struct call *held)
{
    const struct request_wish wish = {.verb = REQUEST_SWAP_HOLD, .call = active, .other = held};
    const LONG refused = refusal_of_verb(active, LINECALLFEATURE_SWAPHOLD);
    if (refused != 0) {
        return refused;
    }
    if (held == NULL) {
        return TSPI_ERROR(INVALCALLHANDLE);
    }
    /* The first call is the active one: a program that mixes them up gets a reason. */
    const bool fits = is_partner(active, held, HELD_STATES) && (active->shown.state & HELD_STATES) == 0;
    return fits ? request_start(id, &wish) : TSPI_ERROR(INVALCALLSTATE);
}

LONG WINAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall, HDRVCALL hdHeldCall)
{
    model_lock();
    const LONG result = swap(dwRequestID, call_find_handle(hdActiveCall), call_find_handle(hdHeldCall));
    model_unlock();
    return result;
}

static LONG complete_transfer(DRV_REQUESTID id, const struct call *call, const struct call *consultation)
{
    const struct request_wish wish = {.verb = REQUEST_COMPLETE_TRANSFER, .call = call, .other = consultation};
    const LONG refused = refusal_of_verb(call, LINECALLFEATURE_COMPLETETRANSF);
    if (refused != 0) {
        return refused;
    }
    if (consultation == NULL || consultation == call || consultation->line != call->line) {
        return TSPI_ERROR(INVALCONSULTCALLHANDLE);
    }
    return is_partner(call, consultation, CONSULTATION_STATES) ? request_start(id, &wish)
                                                               : TSPI_ERROR(INVALCALLSTATE);
}

LONG WINAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVCALL hdConsultCall,
                                      HTAPICALL htConfCall, LPHDRVCALL lphdConfCall, DWORD dwTransferMode)
{
    (void)htConfCall;
    (void)lphdConfCall;
    if (dwTransferMode != LINETRANSFERMODE_TRANSFER) {
        return TSPI_ERROR(INVALTRANSFERMODE); /* there are no conferences */
    }
    model_lock();
    const LONG result =
        complete_transfer(dwRequestID, call_find_handle(hdCall), call_find_handle(hdConsultCall));
    model_unlock();
    return result;
}

/* Hangs up a call that has no answer from the companion yet: what was to make it fails, the drop succeeds. */
static LONG drop_pending(DRV_REQUESTID id, const struct call *call)
{
    const LONG result = request_complete_at_once(id, 0, call);
    if (result < 0) {
        return result;
    }
    requests_cancel_new_call(call->handle);
    return result;
}

static LONG drop(DRV_REQUESTID id, const struct call *call)
{
    const struct request_wish wish = {.verb = REQUEST_DROP, .call = call};
    if (call_is_over(call) || call->shown.state == LINECALLSTATE_DISCONNECTED) {
        return request_complete_at_once(id, 0, call);
    }
    if (call->stage == CALL_PENDING) {
        return drop_pending(id, call);
    }
    /* The first state of a call that was just accepted may still be on its way; it can be dropped all the
     * same. */
    const LONG refused = refusal_of_verb(call, LINECALLFEATURE_DROP);
    const bool is_offered =
        refused == 0 || (call->stage == CALL_BOUND && refused == TSPI_ERROR(INVALCALLSTATE));
    return is_offered ? request_start(id, &wish) : refused;
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
        if (call_is_over(call)) {
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

/* New calls: made, picked up, or set up beside one that is to be transferred. */
#include "call-control.h"
#include "constants.h"
#include "dialstring.h"
#include "line-device.h"
#include "model.h"
#include "requests.h"
#include "utf16.h"

#include <string.h>

/* A call TAPI wants, with all that was read of the program's input. */
struct new_call {
    enum request_verb verb;
    HTAPICALL tapi;
    LPHDRVCALL driver; /* where TAPI reads the handle */
    const char *text;  /* dial string or group */
    DWORD param_flags;
    DWORD country_code;
    const struct call *transferred; /* of a consultation call, else NULL */
};

/* Why the line cannot make or pick up a call now; 0: it can. */
static LONG refusal_of_new_call(const struct line *line, DWORD needed)
{
    if (!line->told_in_service) {
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    if ((address_features_now(line) & needed) != 0) {
        return 0;
    }
    return (line->address_features & EXPORTED_ADDRESS_FEATURES & needed) != 0 ? TSPI_ERROR(CALLUNAVAIL)
                                                                              : TSPI_ERROR(OPERATIONUNAVAIL);
}

static void show_own_call(struct call *call, const struct new_call *wanted)
{
    struct call_snapshot *shown = &call->shown;
    const bool is_pickup = wanted->verb == REQUEST_PICKUP || wanted->verb == REQUEST_PICKUP_GROUP;
    shown->origin = is_pickup ? LINECALLORIGIN_INBOUND : LINECALLORIGIN_OUTBOUND;
    shown->reason = is_pickup ? LINECALLREASON_PICKUP : LINECALLREASON_DIRECT;
    shown->related = wanted->transferred == NULL ? 0 : wanted->transferred->id;
    call->param_flags = wanted->param_flags;
    call->country_code = wanted->country_code;
    if (!is_pickup && wanted->text[0] != '\0') {
        struct party *called = &shown->parties[PARTY_CALLED];
        const size_t size = utf8_fitting(wanted->text, sizeof called->number - 1);
        memcpy(called->number, wanted->text, size);
        called->flags = wanted->text[size] == '\0' ? LINECALLPARTYID_ADDRESS : LINECALLPARTYID_PARTIAL;
    }
}

/*
 * Creates the call, publishes its handle and starts the request, in this order: TAPI may ask about the call
 * on another thread before the function has returned.
 */
static LONG start_call(DRV_REQUESTID id, struct line *line, const struct new_call *wanted)
{
    struct call *call = call_create(line, 0);
    if (call == NULL) {
        return TSPI_ERROR(NOMEM);
    }
    const struct request_wish wish = {
        .verb = wanted->verb, .call = call, .other = wanted->transferred, .text = wanted->text};
    call->stage = CALL_PENDING;
    call->tapi = wanted->tapi;
    show_own_call(call, wanted);
    if (!call_need_handle(call)) {
        call_remove(call);
        return TSPI_ERROR(NOMEM);
    }
    *wanted->driver = (HDRVCALL)(uintptr_t)call->handle;
    const LONG result = request_start(id, &wish);
    if (result < 0) {
        *wanted->driver = NULL;
        call_remove(call);
    }
    return result;
}

static LONG start_call_on_line(DRV_REQUESTID id, HDRVLINE hdLine, DWORD needed, const struct new_call *wanted)
{
    LONG result = TSPI_ERROR(INVALLINEHANDLE);
    model_lock();
    struct line *line = line_find_handle(hdLine);
    if (line != NULL) {
        result = refusal_of_new_call(line, needed);
    }
    if (result == 0 && wanted->verb == REQUEST_MAKE_CALL_PART &&
        (call_features_of(line) & LINECALLFEATURE_DIAL) == 0) {
        result = TSPI_ERROR(INVALADDRESS); /* the rest of the number could not be dialled */
    }
    if (result == 0) {
        result = start_call(id, line, wanted);
    }
    model_unlock();
    return result;
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                              LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                              LPLINECALLPARAMS const lpCallParams)
{
    char target[TARGET_BYTES_MAX + 1] = "";
    struct call_params params;
    bool partial = lpszDestAddress == NULL;
    LONG result = read_call_params(lpCallParams, &params);
    if (result == 0 && lpszDestAddress != NULL) {
        result = dialstring_scan(lpszDestAddress, target, sizeof target, &partial);
    }
    if (result != 0) {
        return result;
    }
    const struct new_call wanted = {
        .verb = partial ? REQUEST_MAKE_CALL_PART : REQUEST_MAKE_CALL,
        .tapi = htCall,
        .driver = lphdCall,
        .text = target,
        .param_flags = params.flags,
        .country_code = dwCountryCode,
    };
    return start_call_on_line(dwRequestID, hdLine, LINEADDRFEATURE_MAKECALL, &wanted);
}

/* A group's name is free text; false: it is too long, or no UTF-16. */
static bool read_group(LPCWSTR group, char *out, size_t capacity)
{
    const size_t length = utf16_length(group, TARGET_BYTES_MAX + 1u);
    return length <= TARGET_BYTES_MAX && utf16_to_utf8(out, capacity, group, length) != UTF16_INVALID;
}

/* With an address: what rings there. With a group alone: what rings in it; an empty one is the line's own. */
LONG WINAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HTAPICALL htCall,
                            LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, LPCWSTR lpszGroupID)
{
    char text[TARGET_BYTES_MAX + 1];
    DWORD needed = LINEADDRFEATURE_PICKUP | LINEADDRFEATURE_PICKUPDIRECT;
    struct new_call wanted = {.verb = REQUEST_PICKUP, .tapi = htCall, .driver = lphdCall, .text = text};
    LONG result = 0;
    if (dwAddressID != ONLY_ADDRESS) {
        return TSPI_ERROR(INVALADDRESSID);
    }
    if (lpszDestAddress != NULL) {
        result = dialstring_scan(lpszDestAddress, text, sizeof text, NULL);
    } else if (lpszGroupID == NULL) {
        result = TSPI_ERROR(OPERATIONUNAVAIL); /* that would pick up a waiting call */
    } else {
        wanted.verb = REQUEST_PICKUP_GROUP;
        needed = LINEADDRFEATURE_PICKUPGROUP;
        result = read_group(lpszGroupID, text, sizeof text) ? 0 : TSPI_ERROR(INVALGROUPID);
    }
    return result != 0 ? result : start_call_on_line(dwRequestID, hdLine, needed, &wanted);
}

LONG WINAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HTAPICALL htConsultCall,
                                   LPHDRVCALL lphdConsultCall, LPLINECALLPARAMS const lpCallParams)
{
    struct call_params params;
    LONG result = read_call_params(lpCallParams, &params);
    if (result != 0) {
        return result;
    }
    struct new_call wanted = {
        .verb = REQUEST_SETUP_TRANSFER,
        .tapi = htConsultCall,
        .driver = lphdConsultCall,
        .text = params.target,
        .param_flags = params.flags,
    };
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    result = refusal_of_verb(call, LINECALLFEATURE_SETUPTRANSFER);
    if (result == 0) {
        wanted.transferred = call;
        result = start_call(dwRequestID, call->line, &wanted);
    }
    model_unlock();
    return result;
}

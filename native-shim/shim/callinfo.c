/*
 * What a call is: asked by handle, answered from the state TAPI was told last, in every state until the
 * handle ends.
 */
#include "line-device.h"
#include "model.h"
#include "structures.h"

#define UNKNOWN_TRUNK 0xFFFFFFFFu

/* The five fields LINECALLINFO has for each party, in this order. */
struct party_fields {
    DWORD flags;
    DWORD address_size;
    DWORD address_offset;
    DWORD name_size;
    DWORD name_offset;
};

_Static_assert(offsetof(LINECALLINFO, dwCalledIDFlags) - offsetof(LINECALLINFO, dwCallerIDFlags) ==
                   sizeof(struct party_fields),
               "LINECALLINFO's parties do not lie one after the other");

/* Party by party as LINECALLINFO orders them. */
static const enum call_party party_order[PARTIES] = {PARTY_CALLER, PARTY_CALLED, PARTY_CONNECTED,
                                                     PARTY_REDIRECTION, PARTY_REDIRECTING};

/* Never a flag without its text, never no flag at all. */
static DWORD party_flags(const struct party *party)
{
    DWORD flags = party->flags;
    if (party->number[0] == '\0') {
        flags &= ~(DWORD)LINECALLPARTYID_ADDRESS;
    }
    if (party->name[0] == '\0') {
        flags &= ~(DWORD)LINECALLPARTYID_NAME;
    }
    return flags == 0 ? (DWORD)LINECALLPARTYID_UNAVAIL : flags;
}

static void answer_party(struct structure *structure, struct party_fields *fields, const struct party *party)
{
    fields->flags = party_flags(party);
    structure_text(structure, &fields->address_size, &fields->address_offset, party->number);
    structure_text(structure, &fields->name_size, &fields->name_offset, party->name);
}

static void fill_call_info(LINECALLINFO *info, const struct call *call)
{
    info->dwLineDeviceID = call->line->device;
    info->dwAddressID = ONLY_ADDRESS;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwRate = 0;
    info->dwMediaMode = call->media_mode;
    info->dwAppSpecific = call->app_specific;
    info->dwCallID = call->id;
    info->dwRelatedCallID = call->shown.related;
    info->dwCallParamFlags = call->param_flags;
    info->dwCallStates = CALL_STATES;
    info->dwOrigin = call->shown.origin;
    info->dwReason = call->shown.reason;
    info->dwCountryCode = call->country_code;
    info->dwTrunk = UNKNOWN_TRUNK;
}

static LONG answer_call_info(const struct call *call, LPLINECALLINFO target)
{
    LINECALLINFO info;
    struct structure structure;
    const DWORD fixed = size_of_line_call_info(call->line->version);
    if (!structure_begin(&structure, target, &info, sizeof info, fixed)) {
        return TSPI_ERROR(STRUCTURETOOSMALL);
    }
    uint8_t *bytes = (uint8_t *)&info;
    struct party_fields *fields = (void *)(bytes + offsetof(LINECALLINFO, dwCallerIDFlags));
    DWORD *address_types = (void *)(bytes + offsetof(LINECALLINFO, dwCallerIDAddressType));
    fill_call_info(&info, call);
    for (int i = 0; i < PARTIES; i++) {
        answer_party(&structure, &fields[i], &call->shown.parties[party_order[i]]);
        address_types[i] = fields[i].address_size > 0 ? LINEADDRESSTYPE_PHONENUMBER : 0;
    }
    structure_end(&structure);
    return 0;
}

LONG WINAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo)
{
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    const LONG result = call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : answer_call_info(call, lpCallInfo);
    model_unlock();
    return result;
}

/* A transfer joins its two calls, and its consultation can be dialled in the same step. */
DWORD second_features(DWORD features)
{
    const bool completes = (features & LINECALLFEATURE_COMPLETETRANSF) != 0;
    const bool sets_up = (features & LINECALLFEATURE_SETUPTRANSFER) != 0;
    return (completes ? (DWORD)LINECALLFEATURE2_TRANSFERNORM : 0) |
           (sets_up ? (DWORD)LINECALLFEATURE2_ONESTEPTRANSFER : 0);
}

static LONG answer_call_status(const struct call *call, LPLINECALLSTATUS target)
{
    LINECALLSTATUS status;
    struct structure structure;
    const DWORD fixed = size_of_line_call_status(call->line->version);
    if (!structure_begin(&structure, target, &status, sizeof status, fixed)) {
        return TSPI_ERROR(STRUCTURETOOSMALL);
    }
    status.dwCallState = call->shown.state;
    status.dwCallStateMode = call->shown.mode;
    status.dwCallFeatures = call_features_now(call);
    status.dwCallFeatures2 = second_features(status.dwCallFeatures);
    status.tStateEntryTime = call->entered;
    structure_end(&structure);
    return 0;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus)
{
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    const LONG result = call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : answer_call_status(call, lpCallStatus);
    model_unlock();
    return result;
}

LONG WINAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID)
{
    model_lock();
    const bool known = call_find_handle(hdCall) != NULL;
    model_unlock();
    if (!known) {
        return TSPI_ERROR(INVALCALLHANDLE);
    }
    *lpdwAddressID = ONLY_ADDRESS;
    return 0;
}

LONG WINAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID, LPDWORD lpdwCallID,
                                LPDWORD lpdwRelatedCallID)
{
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    if (call != NULL) {
        *lpdwAddressID = ONLY_ADDRESS;
        *lpdwCallID = call->id;
        *lpdwRelatedCallID = call->shown.related;
    }
    model_unlock();
    return call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : 0;
}

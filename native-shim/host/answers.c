#include "answers.h"

#include "library.h"
#include "states.h"
#include "structures.h"

#include <stdio.h>

static LONG ask_dev_caps(const struct subject *subject, union answer *answer)
{
    return tspi.TSPI_lineGetDevCaps(subject->device, subject->version, 0, &answer->dev_caps);
}

LONG answer_dev_caps(struct output *out, DWORD device, DWORD version)
{
    union answer answer = {{0}};
    const LINEDEVCAPS *caps = &answer.dev_caps;
    const struct subject subject = {.device = device, .version = version};
    const LONG result = structure_ask(ask_dev_caps, &subject, &answer);
    if (result != 0) {
        return result;
    }
    output_number(out, "needed", caps->dwNeededSize);
    output_number(out, "used", caps->dwUsedSize);
    output_number(out, "permanentLineId", caps->dwPermanentLineID);
    output_guid(out, "guid", &caps->PermanentLineGuid);
    structure_text(out, "lineName", &answer, caps->dwLineNameSize, caps->dwLineNameOffset);
    structure_text(out, "providerInfo", &answer, caps->dwProviderInfoSize, caps->dwProviderInfoOffset);
    structure_text(out, "switchInfo", &answer, caps->dwSwitchInfoSize, caps->dwSwitchInfoOffset);
    output_number(out, "maxActiveCalls", caps->dwMaxNumActiveCalls);
    output_hex(out, "lineFeatures", caps->dwLineFeatures);
    output_hex(out, "lineStates", caps->dwLineStates);
    output_hex(out, "digitModes", caps->dwGenerateDigitModes);
    return 0;
}

static LONG ask_address_caps(const struct subject *subject, union answer *answer)
{
    return tspi.TSPI_lineGetAddressCaps(subject->device, 0, subject->version, 0, &answer->address_caps);
}

LONG answer_address_caps(struct output *out, DWORD device, DWORD version)
{
    union answer answer = {{0}};
    const LINEADDRESSCAPS *caps = &answer.address_caps;
    const struct subject subject = {.device = device, .version = version};
    const LONG result = structure_ask(ask_address_caps, &subject, &answer);
    if (result != 0) {
        return result;
    }
    output_number(out, "needed", caps->dwNeededSize);
    output_number(out, "used", caps->dwUsedSize);
    output_number(out, "device", caps->dwLineDeviceID);
    structure_text(out, "address", &answer, caps->dwAddressSize, caps->dwAddressOffset);
    output_hex(out, "callFeatures", caps->dwCallFeatures);
    output_hex(out, "callFeatures2", caps->dwCallFeatures2);
    output_hex(out, "flags", caps->dwAddrCapFlags);
    output_hex(out, "transferModes", caps->dwTransferModes);
    output_number(out, "maxHeldCalls", caps->dwMaxNumOnHoldCalls);
    output_number(out, "maxPendingCalls", caps->dwMaxNumOnHoldPendingCalls);
    output_hex(out, "addressFeatures", caps->dwAddressFeatures);
    output_hex(out, "callStates", caps->dwCallStates);
    return 0;
}

static LONG ask_line_status(const struct subject *subject, union answer *answer)
{
    return tspi.TSPI_lineGetLineDevStatus(subject->line, &answer->line_status);
}

LONG answer_line_status(struct output *out, HDRVLINE line)
{
    union answer answer = {{0}};
    const LINEDEVSTATUS *status = &answer.line_status;
    const struct subject subject = {.line = line};
    const LONG result = structure_ask(ask_line_status, &subject, &answer);
    if (result != 0) {
        return result;
    }
    output_bool(out, "inService", (status->dwDevStatusFlags & LINEDEVSTATUSFLAGS_INSERVICE) != 0);
    output_hex(out, "flags", status->dwDevStatusFlags);
    output_hex(out, "lineFeatures", status->dwLineFeatures);
    output_number(out, "activeCalls", status->dwNumActiveCalls);
    output_number(out, "heldCalls", status->dwNumOnHoldCalls);
    output_number(out, "pendingCalls", status->dwNumOnHoldPendCalls);
    return 0;
}

static LONG ask_address_status(const struct subject *subject, union answer *answer)
{
    return tspi.TSPI_lineGetAddressStatus(subject->line, 0, &answer->address_status);
}

LONG answer_address_status(struct output *out, HDRVLINE line)
{
    union answer answer = {{0}};
    const LINEADDRESSSTATUS *status = &answer.address_status;
    const struct subject subject = {.line = line};
    const LONG result = structure_ask(ask_address_status, &subject, &answer);
    if (result != 0) {
        return result;
    }
    output_number(out, "inUse", status->dwNumInUse);
    output_number(out, "activeCalls", status->dwNumActiveCalls);
    output_number(out, "heldCalls", status->dwNumOnHoldCalls);
    output_number(out, "pendingCalls", status->dwNumOnHoldPendCalls);
    output_hex(out, "addressFeatures", status->dwAddressFeatures);
    return 0;
}

static LONG ask_call_info(const struct subject *subject, union answer *answer)
{
    return tspi.TSPI_lineGetCallInfo(subject->call, &answer->call_info);
}

LONG answer_call_info(struct output *out, HDRVCALL call)
{
    union answer answer = {{0}};
    const LINECALLINFO *info = &answer.call_info;
    const struct subject subject = {.call = call};
    const LONG result = structure_ask(ask_call_info, &subject, &answer);
    if (result != 0) {
        return result;
    }
    output_number(out, "callId", info->dwCallID);
    output_number(out, "relatedCallId", info->dwRelatedCallID);
    output_number(out, "origin", info->dwOrigin);
    output_number(out, "reason", info->dwReason);
    output_number(out, "mediaMode", info->dwMediaMode);
    output_hex(out, "appSpecific", info->dwAppSpecific);
    output_hex(out, "paramFlags", info->dwCallParamFlags);
    output_number(out, "countryCode", info->dwCountryCode);
#define PARTY(name, field) \
    output_hex(out, #name "Flags", info->field##Flags); \
    structure_text(out, #name "Number", &answer, info->field##Size, info->field##Offset); \
    structure_text(out, #name "Name", &answer, info->field##NameSize, info->field##NameOffset)
    PARTY(caller, dwCallerID);
    PARTY(called, dwCalledID);
    PARTY(connected, dwConnectedID);
    PARTY(redirecting, dwRedirectingID);
    PARTY(redirection, dwRedirectionID);
#undef PARTY
    return 0;
}

static LONG ask_call_status(const struct subject *subject, union answer *answer)
{
    return tspi.TSPI_lineGetCallStatus(subject->call, &answer->call_status);
}

LONG answer_call_status(struct output *out, HDRVCALL call)
{
    char entered[64];
    union answer answer = {{0}};
    const LINECALLSTATUS *status = &answer.call_status;
    const struct subject subject = {.call = call};
    const LONG result = structure_ask(ask_call_status, &subject, &answer);
    if (result != 0) {
        return result;
    }
    const SYSTEMTIME *at = &status->tStateEntryTime;
    snprintf(entered, sizeof entered, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", at->wYear, at->wMonth, at->wDay,
             at->wHour, at->wMinute, at->wSecond, at->wMilliseconds);
    output_text(out, "state", state_name(status->dwCallState));
    output_hex(out, "mode", status->dwCallStateMode);
    output_hex(out, "features", status->dwCallFeatures);
    output_text(out, "entered", entered);
    return 0;
}

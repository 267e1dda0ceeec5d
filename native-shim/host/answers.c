#include "answers.h"

#include "library.h"
#include "states.h"

#include <stdio.h>

/* Room for every structure with its texts. */
#define ANSWER_SIZE 8192u

union answer {
    uint8_t bytes[ANSWER_SIZE];
    LINEDEVCAPS dev_caps;
    LINEADDRESSCAPS address_caps;
    LINEDEVSTATUS line_status;
    LINEADDRESSSTATUS address_status;
    LINECALLINFO call_info;
    LINECALLSTATUS call_status;
};

LONG answer_dev_caps(struct output *out, DWORD device, DWORD version)
{
    union answer answer = {{0}};
    LINEDEVCAPS *caps = &answer.dev_caps;
    caps->dwTotalSize = ANSWER_SIZE;
    const LONG result = tspi.TSPI_lineGetDevCaps(device, version, 0, caps);
    if (result != 0) {
        return result;
    }
    output_number(out, "needed", caps->dwNeededSize);
    output_number(out, "used", caps->dwUsedSize);
    output_number(out, "permanentLineId", caps->dwPermanentLineID);
    output_guid(out, "guid", &caps->PermanentLineGuid);
    output_part(out, "lineName", caps, caps->dwLineNameSize, caps->dwLineNameOffset);
    output_part(out, "providerInfo", caps, caps->dwProviderInfoSize, caps->dwProviderInfoOffset);
    output_part(out, "switchInfo", caps, caps->dwSwitchInfoSize, caps->dwSwitchInfoOffset);
    output_number(out, "maxActiveCalls", caps->dwMaxNumActiveCalls);
    output_hex(out, "lineFeatures", caps->dwLineFeatures);
    output_hex(out, "lineStates", caps->dwLineStates);
    output_hex(out, "digitModes", caps->dwGenerateDigitModes);
    return 0;
}

LONG answer_address_caps(struct output *out, DWORD device, DWORD version)
{
    union answer answer = {{0}};
    LINEADDRESSCAPS *caps = &answer.address_caps;
    caps->dwTotalSize = ANSWER_SIZE;
    const LONG result = tspi.TSPI_lineGetAddressCaps(device, 0, version, 0, caps);
    if (result != 0) {
        return result;
    }
    output_number(out, "needed", caps->dwNeededSize);
    output_number(out, "used", caps->dwUsedSize);
    output_number(out, "device", caps->dwLineDeviceID);
    output_part(out, "address", caps, caps->dwAddressSize, caps->dwAddressOffset);
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

LONG answer_line_status(struct output *out, HDRVLINE line)
{
    union answer answer = {{0}};
    LINEDEVSTATUS *status = &answer.line_status;
    status->dwTotalSize = ANSWER_SIZE;
    const LONG result = tspi.TSPI_lineGetLineDevStatus(line, status);
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

LONG answer_address_status(struct output *out, HDRVLINE line)
{
    union answer answer = {{0}};
    LINEADDRESSSTATUS *status = &answer.address_status;
    status->dwTotalSize = ANSWER_SIZE;
    const LONG result = tspi.TSPI_lineGetAddressStatus(line, 0, status);
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

LONG answer_call_info(struct output *out, HDRVCALL call)
{
    union answer answer = {{0}};
    LINECALLINFO *info = &answer.call_info;
    info->dwTotalSize = ANSWER_SIZE;
    const LONG result = tspi.TSPI_lineGetCallInfo(call, info);
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
    output_part(out, #name "Number", info, info->field##Size, info->field##Offset); \
    output_part(out, #name "Name", info, info->field##NameSize, info->field##NameOffset)
    PARTY(caller, dwCallerID);
    PARTY(called, dwCalledID);
    PARTY(connected, dwConnectedID);
    PARTY(redirecting, dwRedirectingID);
    PARTY(redirection, dwRedirectionID);
#undef PARTY
    return 0;
}

LONG answer_call_status(struct output *out, HDRVCALL call)
{
    char entered[64];
    union answer answer = {{0}};
    LINECALLSTATUS *status = &answer.call_status;
    status->dwTotalSize = ANSWER_SIZE;
    const LONG result = tspi.TSPI_lineGetCallStatus(call, status);
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

#include "show.h"

#include "../shim/utf16.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

#define TEXT_BYTES 2100

bool show_numbers;

/* Asked for by one thread alone. Every structure begins with its total, needed and used size. */
static union {
    LINEDEVCAPS device;
    LINEADDRESSCAPS address;
    LINEDEVSTATUS line_status;
    LINEADDRESSSTATUS address_status;
    LINECALLINFO info;
    LINECALLSTATUS status;
    uint8_t bytes[STRUCTURE_BYTES];
} answer;

static void prepare(void)
{
    memset(&answer, 0, sizeof answer);
    answer.device.dwTotalSize = sizeof answer;
}

static bool part_text(char *text, DWORD size, DWORD offset)
{
    const DWORD used = answer.device.dwUsedSize;
    const WCHAR *units = (const WCHAR *)(const void *)(answer.bytes + offset);
    if (size == 0 || used > sizeof answer || offset > used || size > used - offset || offset % 2 != 0) {
        return false;
    }
    const size_t length = utf16_length(units, size / sizeof *units);
    return utf16_to_utf8(text, TEXT_BYTES, units, length) != UTF16_INVALID;
}

static void write_part(struct output *out, const char *name, DWORD size, DWORD offset)
{
    char text[TEXT_BYTES];
    if (part_text(text, size, offset)) {
        output_text(out, name, text);
    }
}

/* A number somebody else may own. */
static void write_number(struct output *out, const char *name, DWORD size, DWORD offset)
{
    char text[TEXT_BYTES];
    if (!part_text(text, size, offset)) {
        return;
    }
    const size_t length = strlen(text);
    if (show_numbers || length <= 3) {
        output_text(out, name, text);
    } else {
        char masked[16];
        snprintf(masked, sizeof masked, "…%s", text + length - 2);
        output_text(out, name, masked);
    }
}

/* For a device, by the version it speaks. */
static LONG prepare_for(struct output *out, DWORD device, DWORD *version)
{
    output_number(out, "device", device);
    prepare();
    return probe_negotiate(device, version);
}

LONG show_device(struct output *out, DWORD device)
{
    DWORD version = 0;
    LONG result = prepare_for(out, device, &version);
    if (result == 0) {
        result = lineGetDevCapsW(probe.application, device, version, 0, &answer.device);
    }
    if (result != 0) {
        return result;
    }
    const LINEDEVCAPS *caps = &answer.device;
    output_hex(out, "version", version);
    write_part(out, "provider", caps->dwProviderInfoSize, caps->dwProviderInfoOffset);
    write_part(out, "switch", caps->dwSwitchInfoSize, caps->dwSwitchInfoOffset);
    write_part(out, "name", caps->dwLineNameSize, caps->dwLineNameOffset);
    output_number(out, "permanentLineID", caps->dwPermanentLineID);
    output_number(out, "stringFormat", caps->dwStringFormat);
    output_number(out, "addresses", caps->dwNumAddresses);
    output_hex(out, "bearerModes", caps->dwBearerModes);
    output_hex(out, "mediaModes", caps->dwMediaModes);
    output_hex(out, "devCapFlags", caps->dwDevCapFlags);
    output_hex(out, "lineFeatures", caps->dwLineFeatures);
    output_number(out, "maxActiveCalls", caps->dwMaxNumActiveCalls);
    output_number(out, "neededSize", caps->dwNeededSize);
    output_number(out, "usedSize", caps->dwUsedSize);
    return 0;
}

LONG show_address(struct output *out, DWORD device)
{
    DWORD version = 0;
    LONG result = prepare_for(out, device, &version);
    if (result == 0) {
        result = lineGetAddressCapsW(probe.application, device, 0, version, 0, &answer.address);
    }
    if (result != 0) {
        return result;
    }
    const LINEADDRESSCAPS *caps = &answer.address;
    write_part(out, "address", caps->dwAddressSize, caps->dwAddressOffset);
    output_hex(out, "callStates", caps->dwCallStates);
    output_hex(out, "callFeatures", caps->dwCallFeatures);
    output_hex(out, "addressFeatures", caps->dwAddressFeatures);
    output_hex(out, "transferModes", caps->dwTransferModes);
    output_number(out, "maxActiveCalls", caps->dwMaxNumActiveCalls);
    output_number(out, "maxHeldCalls", caps->dwMaxNumOnHoldCalls);
    return 0;
}

LONG show_line_status(struct output *out, HLINE line)
{
    prepare();
    const LONG result = lineGetLineDevStatusW(line, &answer.line_status);
    if (result == 0) {
        const LINEDEVSTATUS *status = &answer.line_status;
        output_hex(out, "flags", status->dwDevStatusFlags);
        output_hex(out, "lineFeatures", status->dwLineFeatures);
        output_number(out, "opens", status->dwNumOpens);
        output_number(out, "activeCalls", status->dwNumActiveCalls);
        output_number(out, "heldCalls", status->dwNumOnHoldCalls);
    }
    return result;
}

LONG show_address_status(struct output *out, HLINE line)
{
    prepare();
    const LONG result = lineGetAddressStatusW(line, 0, &answer.address_status);
    if (result == 0) {
        const LINEADDRESSSTATUS *status = &answer.address_status;
        output_hex(out, "addressFeatures", status->dwAddressFeatures);
        output_number(out, "activeCalls", status->dwNumActiveCalls);
        output_number(out, "heldCalls", status->dwNumOnHoldCalls);
    }
    return result;
}

LONG show_call_info(struct output *out, HCALL call)
{
    prepare();
    const LONG result = lineGetCallInfoW(call, &answer.info);
    if (result != 0) {
        return result;
    }
    const LINECALLINFO *info = &answer.info;
    output_number(out, "callID", info->dwCallID);
    output_number(out, "relatedCallID", info->dwRelatedCallID);
    output_hex(out, "origin", info->dwOrigin);
    output_hex(out, "reason", info->dwReason);
    output_number(out, "owners", info->dwNumOwners);
    output_number(out, "monitors", info->dwNumMonitors);
#define PARTY(field, name) \
    output_hex(out, name "Flags", info->dw##field##Flags); \
    write_number(out, name "Number", info->dw##field##Size, info->dw##field##Offset); \
    write_part(out, name "Name", info->dw##field##NameSize, info->dw##field##NameOffset)
    PARTY(CallerID, "caller");
    PARTY(CalledID, "called");
    PARTY(ConnectedID, "connected");
    PARTY(RedirectionID, "redirection");
    PARTY(RedirectingID, "redirecting");
#undef PARTY
    return 0;
}

LONG show_call_status(struct output *out, HCALL call)
{
    prepare();
    const LONG result = lineGetCallStatus(call, &answer.status);
    if (result == 0) {
        const LINECALLSTATUS *status = &answer.status;
        output_text(out, "state", name_of_state(status->dwCallState));
        output_hex(out, "mode", status->dwCallStateMode);
        output_hex(out, "privilege", status->dwCallPrivilege);
        output_hex(out, "features", status->dwCallFeatures);
    }
    return result;
}

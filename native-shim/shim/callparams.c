/*
 * LINECALLPARAMS come from the program unchecked: every value and every offset is looked at before it is
 * used.
 */
#include "line-device.h"

#include "dialstring.h"

#include <stddef.h>
#include <string.h>

/* Before TAPI 2.0 the structure ended here. */
#define SIZE_BEFORE_2_0 offsetof(LINECALLPARAMS, dwPredictiveAutoTransferStates)

static bool is_inside(DWORD size, DWORD offset, DWORD total)
{
    return size == 0 || (offset <= total && size <= total - offset);
}

static bool parts_are_inside(const LINECALLPARAMS *params)
{
    const DWORD total = params->dwTotalSize;
    const bool old_parts =
        is_inside(params->dwOrigAddressSize, params->dwOrigAddressOffset, total) &&
        is_inside(params->dwDisplayableAddressSize, params->dwDisplayableAddressOffset, total) &&
        is_inside(params->dwCalledPartySize, params->dwCalledPartyOffset, total) &&
        is_inside(params->dwCommentSize, params->dwCommentOffset, total) &&
        is_inside(params->dwUserUserInfoSize, params->dwUserUserInfoOffset, total) &&
        is_inside(params->dwHighLevelCompSize, params->dwHighLevelCompOffset, total) &&
        is_inside(params->dwLowLevelCompSize, params->dwLowLevelCompOffset, total) &&
        is_inside(params->dwDevSpecificSize, params->dwDevSpecificOffset, total);
    if (total < sizeof *params) {
        return old_parts;
    }
    return old_parts && is_inside(params->dwTargetAddressSize, params->dwTargetAddressOffset, total) &&
           is_inside(params->dwSendingFlowspecSize, params->dwSendingFlowspecOffset, total) &&
           is_inside(params->dwReceivingFlowspecSize, params->dwReceivingFlowspecOffset, total) &&
           is_inside(params->dwDeviceClassSize, params->dwDeviceClassOffset, total) &&
           is_inside(params->dwDeviceConfigSize, params->dwDeviceConfigOffset, total) &&
           is_inside(params->dwCallDataSize, params->dwCallDataOffset, total) &&
           is_inside(params->dwCallingPartyIDSize, params->dwCallingPartyIDOffset, total);
}

LONG check_call_params(const LINECALLPARAMS *params)
{
    if (params == NULL) {
        return 0;
    }
    if (params->dwTotalSize < SIZE_BEFORE_2_0 || !parts_are_inside(params)) {
        return TSPI_ERROR(INVALCALLPARAMS);
    }
    if (params->dwBearerMode != 0 && params->dwBearerMode != LINEBEARERMODE_VOICE) {
        return TSPI_ERROR(INVALBEARERMODE);
    }
    if ((params->dwMediaMode & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE) != 0) {
        return TSPI_ERROR(INVALMEDIAMODE);
    }
    if (params->dwAddressMode > LINEADDRESSMODE_DIALABLEADDR) {
        return TSPI_ERROR(INVALADDRESSMODE);
    }
    if (params->dwAddressMode != LINEADDRESSMODE_DIALABLEADDR && params->dwAddressID != ONLY_ADDRESS) {
        return TSPI_ERROR(INVALADDRESSID);
    }
    return 0;
}

/* The text at an offset that was checked, cut to the longest dial string; false: it has no terminator there.
 */
static bool copy_text(const LINECALLPARAMS *params, DWORD size, DWORD offset, WCHAR *out, size_t capacity)
{
    const size_t units = size / sizeof *out;
    if (units > capacity) {
        return false;
    }
    memcpy(out, (const uint8_t *)params + offset, units * sizeof *out);
    if (units == 0 || out[units - 1] != 0) {
        return false;
    }
    return true;
}

static LONG read_target(const LINECALLPARAMS *params, struct call_params *out)
{
    WCHAR text[TARGET_BYTES_MAX + 2];
    const bool is_whole = params->dwTotalSize >= sizeof *params;
    if (!is_whole || params->dwTargetAddressSize == 0) {
        return 0;
    }
    if (!copy_text(params, params->dwTargetAddressSize, params->dwTargetAddressOffset, text,
                   sizeof text / sizeof *text)) {
        return TSPI_ERROR(INVALCALLPARAMS);
    }
    return text[0] == 0 ? 0 : dialstring_scan(text, out->target, sizeof out->target, NULL);
}

LONG read_call_params(const LINECALLPARAMS *params, struct call_params *out)
{
    *out = (struct call_params){0};
    const LONG result = check_call_params(params);
    if (result != 0 || params == NULL) {
        return result;
    }
    out->flags = params->dwCallParamFlags;
    return (params->dwCallParamFlags & LINECALLPARAMFLAGS_ONESTEPTRANSFER) != 0 ? read_target(params, out)
                                                                                : 0;
}

/* Questions about an open line: its address, its state, its device. Answered from what TAPI was told last. */
#include "constants.h"
#include "line-device.h"
#include "model.h"
#include "structures.h"
#include "utf16.h"

#include <string.h>

#define UNKNOWN_LEVEL 0xFFFFu

DWORD address_features_now(const struct line *line)
{
    if (!line->told_in_service) {
        return 0;
    }
    const DWORD features = line->address_features & EXPORTED_ADDRESS_FEATURES;
    const bool is_full = calls_count(line).active >= line->max_active_calls;
    return is_full ? features & ~(DWORD)(LINEADDRFEATURE_MAKECALL | PICKUP_FEATURES) : features;
}

DWORD line_features_now(const struct line *line)
{
    if (!line->told_in_service) {
        return 0;
    }
    const bool may_call = (address_features_now(line) & LINEADDRFEATURE_MAKECALL) != 0;
    const DWORD features = line->line_features & EXPORTED_LINE_FEATURES;
    return may_call ? features : features & ~(DWORD)LINEFEATURE_MAKECALL;
}

LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs)
{
    model_lock();
    const bool known = line_find_handle(hdLine) != NULL;
    model_unlock();
    if (!known) {
        return TSPI_ERROR(INVALLINEHANDLE);
    }
    *lpdwNumAddressIDs = 1;
    return 0;
}

LONG WINAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                  LPCWSTR lpsAddress, DWORD dwSize)
{
    char address[NUMBER_BYTES_MAX + 1];
    LONG result = 0;
    if (dwAddressMode != LINEADDRESSMODE_DIALABLEADDR) {
        return TSPI_ERROR(INVALADDRESSMODE);
    }
    const size_t length = utf16_length(lpsAddress, dwSize / sizeof *lpsAddress);
    const bool is_text = utf16_to_utf8(address, sizeof address, lpsAddress, length) != UTF16_INVALID;
    model_lock();
    const struct line *line = line_find_handle(hdLine);
    if (line == NULL) {
        result = TSPI_ERROR(INVALLINEHANDLE);
    } else if (!is_text || strcmp(address, line->address) != 0) {
        result = TSPI_ERROR(INVALADDRESS);
    } else {
        *lpdwAddressID = ONLY_ADDRESS;
    }
    model_unlock();
    return result;
}

static LONG answer_line_dev_status(const struct line *line, LPLINEDEVSTATUS target)
{
    LINEDEVSTATUS status;
    struct structure structure;
    const struct call_counts counts = calls_count(line);
    if (!structure_begin(&structure, target, &status, sizeof status,
                         size_of_line_dev_status(line->version))) {
        return TSPI_ERROR(STRUCTURETOOSMALL);
    }
    status.dwNumActiveCalls = counts.active;
    status.dwNumOnHoldCalls = counts.held;
    status.dwNumOnHoldPendCalls = counts.pending;
    status.dwLineFeatures = line_features_now(line);
    status.dwNumCallCompletions = 0;
    status.dwRingMode = 0;
    status.dwSignalLevel = UNKNOWN_LEVEL;
    status.dwBatteryLevel = UNKNOWN_LEVEL;
    status.dwRoamMode = LINEROAMMODE_UNAVAIL;
    status.dwDevStatusFlags =
        line->told_in_service ? LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE : 0;
    status.dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    structure_end(&structure);
    return 0;
}

LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus)
{
    model_lock();
    const struct line *line = line_find_handle(hdLine);
    const LONG result =
        line == NULL ? TSPI_ERROR(INVALLINEHANDLE) : answer_line_dev_status(line, lpLineDevStatus);
    model_unlock();
    return result;
}

static LONG answer_address_status(const struct line *line, LPLINEADDRESSSTATUS target)
{
    LINEADDRESSSTATUS status;
    struct structure structure;
    const struct call_counts counts = calls_count(line);
    if (!structure_begin(&structure, target, &status, sizeof status, sizeof status)) {
        return TSPI_ERROR(STRUCTURETOOSMALL);
    }
    status.dwNumInUse = counts.all > 0 ? 1 : 0;
    status.dwNumActiveCalls = counts.active;
    status.dwNumOnHoldCalls = counts.held;
    status.dwNumOnHoldPendCalls = counts.pending;
    status.dwAddressFeatures = address_features_now(line);
    status.dwNumRingsNoAnswer = 0;
    status.dwForwardNumEntries = 0;
    structure_end(&structure);
    return 0;
}

LONG WINAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus)
{
    model_lock();
    const struct line *line = line_find_handle(hdLine);
    const LONG result = line == NULL                  ? TSPI_ERROR(INVALLINEHANDLE)
                        : dwAddressID != ONLY_ADDRESS ? TSPI_ERROR(INVALADDRESSID)
                                                      : answer_address_status(line, lpAddressStatus);
    model_unlock();
    return result;
}

/* The line, found by what the caller selected; NULL with the error. */
static const struct line *selected_line(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                                        LONG *error)
{
    const struct line *line = NULL;
    if (dwSelect == LINECALLSELECT_CALL) {
        const struct call *call = call_find_handle(hdCall);
        line = call == NULL ? NULL : call->line;
        *error = TSPI_ERROR(INVALCALLHANDLE);
    } else if (dwSelect != LINECALLSELECT_LINE && dwSelect != LINECALLSELECT_ADDRESS) {
        *error = TSPI_ERROR(INVALCALLSELECT);
    } else if (dwSelect == LINECALLSELECT_ADDRESS && dwAddressID != ONLY_ADDRESS) {
        *error = TSPI_ERROR(INVALADDRESSID);
    } else {
        line = line_find_handle(hdLine);
        *error = TSPI_ERROR(INVALLINEHANDLE);
    }
    return line;
}

static LONG answer_device_id(const struct line *line, LPVARSTRING target)
{
    VARSTRING answer;
    struct structure structure;
    if (!structure_begin(&structure, target, &answer, sizeof answer, sizeof answer)) {
        return TSPI_ERROR(STRUCTURETOOSMALL);
    }
    answer.dwStringFormat = STRINGFORMAT_BINARY;
    structure_bytes(&structure, &answer.dwStringSize, &answer.dwStringOffset, &line->device,
                    sizeof line->device);
    structure_end(&structure);
    return 0;
}

/* The only device behind a line is the line: there is no wave device, and no other class is answered. */
LONG WINAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                           LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE hTargetProcess)
{
    LONG result = 0;
    (void)hTargetProcess;
    model_lock();
    const struct line *line = selected_line(hdLine, dwAddressID, hdCall, dwSelect, &result);
    if (line != NULL) {
        result = utf16_equals_ascii(lpszDeviceClass, "tapi/line") ? answer_device_id(line, lpDeviceID)
                                                                  : TSPI_ERROR(INVALDEVICECLASS);
    }
    model_unlock();
    return result;
}

#include "structures.h"

#include "constants.h"
#include "utf16.h"

#include <string.h>

#define VERSION_1_4 0x00010004u
#define VERSION_2_0 0x00020000u
#define VERSION_2_2 0x00020002u
#define VERSION_3_0 0x00030000u

/* The longest text of the link, as UTF-16 with terminator. */
#define TEXT_UNITS_MAX (TARGET_BYTES_MAX + 1u)

DWORD size_of_line_dev_caps(DWORD version)
{
    if (version < VERSION_1_4) {
        return offsetof(LINEDEVCAPS, dwLineFeatures);
    }
    if (version < VERSION_2_0) {
        return offsetof(LINEDEVCAPS, dwSettableDevStatus);
    }
    if (version < VERSION_2_2) {
        return offsetof(LINEDEVCAPS, PermanentLineGuid);
    }
    return version < VERSION_3_0 ? offsetof(LINEDEVCAPS, dwAddressTypes) : sizeof(LINEDEVCAPS);
}

DWORD size_of_line_address_caps(DWORD version)
{
    if (version < VERSION_1_4) {
        return offsetof(LINEADDRESSCAPS, dwAddressFeatures);
    }
    return version < VERSION_2_0 ? offsetof(LINEADDRESSCAPS, dwPredictiveAutoTransferStates)
                                 : sizeof(LINEADDRESSCAPS);
}

DWORD size_of_line_call_info(DWORD version)
{
    if (version < VERSION_2_0) {
        return offsetof(LINECALLINFO, dwCallTreatment);
    }
    return version < VERSION_3_0 ? offsetof(LINECALLINFO, dwCallerIDAddressType) : sizeof(LINECALLINFO);
}

DWORD size_of_line_call_status(DWORD version)
{
    return version < VERSION_2_0 ? offsetof(LINECALLSTATUS, dwCallFeatures2) : sizeof(LINECALLSTATUS);
}

DWORD size_of_line_dev_status(DWORD version)
{
    return version < VERSION_2_0 ? offsetof(LINEDEVSTATUS, dwAvailableMediaModes) : sizeof(LINEDEVSTATUS);
}

bool structure_begin(struct structure *structure, void *target, void *work, size_t work_size, DWORD fixed)
{
    const struct structure_header *header = target;
    if (header->total < fixed) {
        return false;
    }
    memset(work, 0, work_size);
    memcpy(work, target, fixed);
    *structure = (struct structure){.target = target, .work = work, .fixed = fixed};
    structure->work->needed = fixed;
    structure->work->used = fixed;
    return true;
}

void structure_bytes(struct structure *structure, DWORD *size, DWORD *offset, const void *bytes,
                     size_t length)
{
    struct structure_header *header = structure->work;
    const DWORD padded = ((DWORD)length + 3u) & ~3u;
    header->needed += padded;
    *size = 0;
    *offset = 0;
    /* `used` may stand up to three bytes beyond the end after an item whose padding did not fit. */
    if (header->used > header->total || length > header->total - header->used) {
        return;
    }
    memcpy(structure->target + header->used, bytes, length);
    *size = (DWORD)length;
    *offset = header->used;
    header->used += padded;
}

void structure_units(struct structure *structure, DWORD *size, DWORD *offset, const WCHAR *units,
                     size_t length)
{
    structure_bytes(structure, size, offset, units, length * sizeof *units);
}

void structure_text(struct structure *structure, DWORD *size, DWORD *offset, const char *text)
{
    WCHAR units[TEXT_UNITS_MAX];
    const size_t length = utf16_from_utf8(units, TEXT_UNITS_MAX - 1, text, strlen(text));
    *size = 0;
    *offset = 0;
    if (length == 0 || length >= TEXT_UNITS_MAX) {
        return;
    }
    units[length] = 0;
    structure_units(structure, size, offset, units, length + 1);
}

void structure_end(struct structure *structure)
{
    struct structure_header *header = structure->work;
    if (header->used > header->total) {
        header->used = header->total;
    }
    memcpy(structure->target, header, structure->fixed);
}

/*
 * TAPI's variable-size structures (tapi.h; "Memory allocation" in Microsoft's TAPI reference). The fixed part
 * ends where the negotiated version ends; texts and lists follow it while there is room, whole or not at all.
 */
#ifndef TAPLINE_STRUCTURES_H
#define TAPLINE_STRUCTURES_H

#include "telephony.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fixed sizes by negotiated version. */
DWORD size_of_line_dev_caps(DWORD version);
DWORD size_of_line_address_caps(DWORD version);
DWORD size_of_line_call_info(DWORD version);
DWORD size_of_line_call_status(DWORD version);
DWORD size_of_line_dev_status(DWORD version);

/* The three fields every such structure starts with. */
struct structure_header {
    DWORD total;
    DWORD needed;
    DWORD used;
};

/* A structure being filled: `work` is a full local copy, `target` the caller's memory. */
struct structure {
    uint8_t *target;
    struct structure_header *work;
    DWORD fixed;
};

/*
 * Starts to fill the caller's structure. Copies its fixed part into `work`, so that fields TAPI owns survive;
 * fields beyond the version are zero there and never copied back. False: dwTotalSize is below the fixed part.
 */
bool structure_begin(struct structure *structure, void *target, void *work, size_t work_size, DWORD fixed);

/* Appends UTF-8 as terminated UTF-16; an empty text is left out. */
void structure_text(struct structure *structure, DWORD *size, DWORD *offset, const char *text);

/* Appends `length` code units as they are, for lists of texts. */
void structure_units(struct structure *structure, DWORD *size, DWORD *offset, const WCHAR *units,
                     size_t length);

/* Appends bytes. */
void structure_bytes(struct structure *structure, DWORD *size, DWORD *offset, const void *bytes,
                     size_t length);

/* Copies the fixed part and the sizes to the caller. */
void structure_end(struct structure *structure);

#endif

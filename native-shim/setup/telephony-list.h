/*
 * Windows' list of telephony providers. Read and changed through tapi32 alone: the registry values behind it
 * belong to Windows.
 */
#ifndef TAPLINE_SETUP_TELEPHONY_LIST_H
#define TAPLINE_SETUP_TELEPHONY_LIST_H

#include "limits.h"

#include <stdbool.h>
#include <windows.h>

/* One entry of the list that is Tapline's. */
struct own_entry {
    DWORD id; /* the permanent provider id */
    WCHAR file[PROVIDER_NAME_MAX];
    bool in_system_folder;
};

struct own_entries {
    unsigned count;
    struct own_entry entries[OWN_ENTRIES_MAX];
};

/* Loads tapi32 from the system folder. 0, or LINEERR_NODRIVER: there is none, or it lacks a function. */
LONG telephony_load(void);

/*
 * lineGetProviderList: the entries whose file is tapline.tsp, in the list's order. 0 or a LINEERR_ value; an
 * answer that contradicts itself is LINEERR_INIFILECORRUPT.
 */
LONG telephony_read(struct own_entries *out);

/* lineAddProvider with the bare file name. 0 or a LINEERR_ value. */
LONG telephony_add(void);

/* lineRemoveProvider. 0 or a LINEERR_ value. */
LONG telephony_remove(DWORD id);

/* `LINEERR_OPERATIONFAILED` and its siblings; `LINEERR_?` for what is none of them. */
const char *telephony_error_name(LONG error);

#endif

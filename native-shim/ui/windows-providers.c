#include "windows-providers.h"

#include "../shim/telephony.h"
#include "module-path.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LIST_VERSION 0x00020000u
#define LIST_FIRST 4096u
#define LIST_MAX 1048576u

typedef LONG(WINAPI *get_list)(DWORD version, LPLINEPROVIDERLIST list);

/* The part after the last backslash or slash. */
static const WCHAR *file_of(const WCHAR *path)
{
    const WCHAR *file = path;
    for (const WCHAR *at = path; *at != 0; at++) {
        if (*at == L'\\' || *at == L'/') {
            file = at + 1;
        }
    }
    return file;
}

/* The whole list, which the caller frees; NULL: it cannot be read. It may grow between two questions. */
static LINEPROVIDERLIST *read_list(get_list ask)
{
    DWORD size = LIST_FIRST;
    while (size <= LIST_MAX) {
        LINEPROVIDERLIST *list = calloc(1, size + sizeof(WCHAR));
        if (list == NULL) {
            return NULL;
        }
        list->dwTotalSize = size;
        const LONG error = ask(LIST_VERSION, list);
        if (error == 0 && list->dwNeededSize <= size) {
            return list;
        }
        const DWORD needed = list->dwNeededSize;
        free(list);
        if (needed <= size) {
            return NULL;
        }
        size = needed;
    }
    return NULL;
}

static bool is_within(const LINEPROVIDERLIST *list, DWORD offset, uint64_t size)
{
    return offset >= sizeof *list && (uint64_t)offset + size <= list->dwTotalSize;
}

static bool names(const LINEPROVIDERLIST *list, const LINEPROVIDERENTRY *entry, const WCHAR *file)
{
    const DWORD offset = entry->dwProviderFilenameOffset;
    const DWORD size = entry->dwProviderFilenameSize;
    WCHAR name[UI_PATH_MAX];
    if (size >= sizeof name || !is_within(list, offset, size)) {
        return false;
    }
    memcpy(name, (const BYTE *)list + offset, size);
    name[size / sizeof *name] = 0;
    return _wcsicmp(file_of(name), file) == 0;
}

bool providers_have_this(void)
{
    WCHAR path[UI_PATH_MAX];
    get_list ask = NULL;
    /* Whoever calls this is tapi32, or has it: it is not loaded for the purpose. */
    const HMODULE tapi = GetModuleHandleW(L"tapi32.dll");
    const FARPROC address = tapi == NULL ? NULL : GetProcAddress(tapi, "lineGetProviderListW");
    memcpy(&ask, &address, sizeof ask);
    LINEPROVIDERLIST *list = ask == NULL || !module_path(path, UI_PATH_MAX) ? NULL : read_list(ask);
    if (list == NULL) {
        return false;
    }
    bool found = false;
    const uint64_t entries_size = (uint64_t)list->dwNumProviders * sizeof(LINEPROVIDERENTRY);
    if (is_within(list, list->dwProviderListOffset, entries_size)) {
        for (DWORD i = 0; i < list->dwNumProviders && !found; i++) {
            LINEPROVIDERENTRY entry;
            memcpy(&entry, (const BYTE *)list + list->dwProviderListOffset + i * sizeof entry, sizeof entry);
            found = names(list, &entry, file_of(path));
        }
    }
    free(list);
    return found;
}

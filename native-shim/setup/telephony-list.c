#include "telephony-list.h"

#include <stdlib.h>
#include <string.h>
#include <tapi.h>

static struct {
    LONG(WINAPI *list)(DWORD, LPLINEPROVIDERLIST);
    LONG(WINAPI *add)(LPCWSTR, HWND, LPDWORD);
    LONG(WINAPI *remove)(DWORD, HWND);
} tapi;

/* A function's address is copied as bytes: ISO C has no cast from an object pointer. */
static bool resolve(HMODULE library, const char *name, void *target)
{
    const FARPROC address = GetProcAddress(library, name);
    memcpy(target, &address, sizeof address);
    return address != NULL;
}

LONG telephony_load(void)
{
    /* The system folder only: this program runs with rights that a tapi32.dll beside it must not get. */
    const HMODULE library = LoadLibraryExW(L"tapi32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    const bool whole = library != NULL && resolve(library, "lineGetProviderListW", &tapi.list) &&
                       resolve(library, "lineAddProviderW", &tapi.add) &&
                       resolve(library, "lineRemoveProvider", &tapi.remove);
    return whole ? 0 : (LONG)LINEERR_NODRIVER;
}

/* Copies the file name of an entry; false when it lies outside of the list. */
static bool copy_name(const LINEPROVIDERLIST *list, const LINEPROVIDERENTRY *entry, WCHAR *out)
{
    const DWORD offset = entry->dwProviderFilenameOffset;
    const DWORD size = entry->dwProviderFilenameSize;
    if (offset > list->dwUsedSize || size > list->dwUsedSize - offset) {
        return false;
    }
    DWORD length = size / sizeof *out;
    if (length >= PROVIDER_NAME_MAX) {
        length = PROVIDER_NAME_MAX - 1;
    }
    memcpy(out, (const BYTE *)list + offset, length * sizeof *out);
    out[length] = L'\0';
    return true;
}

static const WCHAR *base_name(const WCHAR *file)
{
    const WCHAR *base = file;
    for (const WCHAR *at = file; *at != L'\0'; at++) {
        if (*at == L'\\' || *at == L'/') {
            base = at + 1;
        }
    }
    return base;
}

/* Windows looks for a bare name in the system folder; a whole path may name that folder itself. */
static bool is_in_system_folder(const WCHAR *file)
{
    WCHAR folder[PROVIDER_NAME_MAX];
    WCHAR expanded[PROVIDER_NAME_MAX];
    const WCHAR *base = base_name(file);
    if (base == file) {
        return true;
    }
    const DWORD size = ExpandEnvironmentStringsW(file, expanded, PROVIDER_NAME_MAX);
    for (DWORD i = 0; i < size && i < PROVIDER_NAME_MAX; i++) {
        expanded[i] = expanded[i] == L'/' ? L'\\' : expanded[i];
    }
    const UINT length = GetSystemDirectoryW(folder, PROVIDER_NAME_MAX);
    if (size == 0 || size > PROVIDER_NAME_MAX || length == 0 || length >= PROVIDER_NAME_MAX) {
        return false;
    }
    const size_t own = (size_t)(base_name(expanded) - expanded);
    return own == length + 1 && _wcsnicmp(expanded, folder, length) == 0;
}

static LONG read_entries(const LINEPROVIDERLIST *list, struct own_entries *out)
{
    const DWORD offset = list->dwProviderListOffset;
    const DWORD count = list->dwNumProviders;
    out->count = 0;
    if (count == 0) {
        return 0;
    }
    if (list->dwUsedSize > list->dwTotalSize || offset > list->dwUsedSize ||
        count > (list->dwUsedSize - offset) / sizeof(LINEPROVIDERENTRY)) {
        return (LONG)LINEERR_INIFILECORRUPT;
    }
    for (DWORD i = 0; i < count && out->count < OWN_ENTRIES_MAX; i++) {
        LINEPROVIDERENTRY entry;
        struct own_entry *own = &out->entries[out->count];
        memcpy(&entry, (const BYTE *)list + offset + i * sizeof entry, sizeof entry);
        if (!copy_name(list, &entry, own->file)) {
            return (LONG)LINEERR_INIFILECORRUPT;
        }
        if (_wcsicmp(base_name(own->file), PROVIDER_FILE) == 0) {
            own->id = entry.dwPermanentProviderID;
            own->in_system_folder = is_in_system_folder(own->file);
            out->count++;
        }
    }
    return 0;
}

LONG telephony_read(struct own_entries *out)
{
    DWORD size = PROVIDER_LIST_FIRST;
    for (;;) {
        LINEPROVIDERLIST *list = calloc(1, size);
        if (list == NULL) {
            return (LONG)LINEERR_NOMEM;
        }
        list->dwTotalSize = size;
        LONG result = tapi.list(PROVIDER_LIST_VERSION, list);
        const DWORD needed = list->dwNeededSize;
        const bool fits = result == 0 && needed <= size;
        if (fits) {
            result = read_entries(list, out);
        }
        free(list);
        if (fits || result != 0) {
            return result;
        }
        if (needed > PROVIDER_LIST_MAX) {
            return (LONG)LINEERR_INIFILECORRUPT;
        }
        /* At least doubled: a list that is always longer than what was asked for comes to the limit soon. */
        size = needed > size * 2 ? needed : size * 2;
    }
}

LONG telephony_add(void)
{
    DWORD id = 0;
    return tapi.add(PROVIDER_FILE, NULL, &id);
}

LONG telephony_remove(DWORD id)
{
    return tapi.remove(id, NULL);
}

const char *telephony_error_name(LONG error)
{
#define NAMED(name) {(LONG)(name), #name}
    static const struct {
        LONG value;
        const char *name;
    } errors[] = {
        NAMED(LINEERR_INIFILECORRUPT), NAMED(LINEERR_INVALPARAM),      NAMED(LINEERR_INVALPOINTER),
        NAMED(LINEERR_NODRIVER),       NAMED(LINEERR_NOMEM),           NAMED(LINEERR_NOMULTIPLEINSTANCE),
        NAMED(LINEERR_NODEVICE),       NAMED(LINEERR_OPERATIONFAILED), NAMED(LINEERR_OPERATIONUNAVAIL),
        NAMED(LINEERR_REINIT),         NAMED(LINEERR_RESOURCEUNAVAIL),
        NAMED(LINEERR_INCOMPATIBLEAPIVERSION)};
#undef NAMED
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].value == error) {
            return errors[i].name;
        }
    }
    return "LINEERR_?";
}

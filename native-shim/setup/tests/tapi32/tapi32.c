/*
 * Stands in for tapi32 in the tests of tsp-setup: the provider list in the registry layout Windows has, and
 * what Windows telephony can answer. TAPLINE_TEST_TELEPHONY names a mood:
 *
 *   denied    a change fails as it does without rights       hangs     a change never returns
 *   locked    even reading the list fails                    forgets   says yes and keeps nothing
 *   wild      the list points outside of itself              endless   the list grows with every question
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include <tapi.h>

#define PROVIDERS L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers"
#define NAME_MAX_UNITS 300
#define EXPORT __declspec(dllexport)

EXPORT LONG WINAPI lineAddProviderW(LPCWSTR file, HWND owner, LPDWORD id);
EXPORT LONG WINAPI lineRemoveProvider(DWORD id, HWND owner);
EXPORT LONG WINAPI lineGetProviderListW(DWORD version, LPLINEPROVIDERLIST list);

static bool mood_is(const char *name)
{
    char mood[32] = "";
    GetEnvironmentVariableA("TAPLINE_TEST_TELEPHONY", mood, sizeof mood);
    return strcmp(mood, name) == 0;
}

static HKEY providers(void)
{
    HKEY key = NULL;
    RegCreateKeyExW(HKEY_LOCAL_MACHINE, PROVIDERS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL);
    return key;
}

static DWORD read_number(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD value = otherwise;
    DWORD size = sizeof value;
    RegQueryValueExW(key, name, NULL, NULL, (BYTE *)&value, &size);
    return value;
}

static void write_number(HKEY key, const WCHAR *name, DWORD value)
{
    RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof value);
}

static const WCHAR *indexed(const WCHAR *stem, DWORD index)
{
    static WCHAR names[2][64];
    static unsigned next;
    WCHAR *name = names[next++ % 2];
    swprintf(name, 64, L"%ls%lu", stem, (unsigned long)index);
    return name;
}

/* Reads a file name as it lies there: its size in bytes, which may lack the end. */
static DWORD read_file(HKEY key, DWORD index, WCHAR *out)
{
    DWORD size = NAME_MAX_UNITS * sizeof *out;
    return RegQueryValueExW(key, indexed(L"ProviderFilename", index), NULL, NULL, (BYTE *)out, &size) ==
                   ERROR_SUCCESS
               ? size
               : 0;
}

static void write_entry(HKEY key, DWORD index, DWORD id, const WCHAR *file, DWORD size)
{
    write_number(key, indexed(L"ProviderID", index), id);
    RegSetValueExW(key, indexed(L"ProviderFilename", index), 0, REG_SZ, (const BYTE *)file, size);
}

static LONG refusal(void)
{
    if (mood_is("hangs")) {
        Sleep(INFINITE);
    }
    return mood_is("denied") ? (LONG)LINEERR_OPERATIONFAILED : 0;
}

/* The DLL is loaded and its dialog function asked, where it has one, before anything is written. */
LONG WINAPI lineAddProviderW(LPCWSTR file, HWND owner, LPDWORD id)
{
    (void)owner;
    const LONG refused = refusal();
    const HMODULE library = refused != 0 ? NULL : LoadLibraryW(file);
    if (refused != 0 || library == NULL) {
        return refused != 0 ? refused : (LONG)LINEERR_OPERATIONFAILED;
    }
    const bool installable = GetProcAddress(library, "TSPI_providerInstall") != NULL;
    FreeLibrary(library);
    if (!installable || mood_is("forgets")) {
        return installable ? 0 : (LONG)LINEERR_OPERATIONFAILED;
    }
    const HKEY key = providers();
    const DWORD count = read_number(key, L"NumProviders", 0);
    *id = read_number(key, L"NextProviderID", 1);
    write_entry(key, count, *id, file, (DWORD)((wcslen(file) + 1) * sizeof *file));
    write_number(key, L"NumProviders", count + 1);
    write_number(key, L"NextProviderID", *id + 1);
    RegCloseKey(key);
    return 0;
}

/* Later entries move down: the list has no holes. */
LONG WINAPI lineRemoveProvider(DWORD id, HWND owner)
{
    (void)owner;
    WCHAR file[NAME_MAX_UNITS];
    const LONG refused = refusal();
    if (refused != 0 || mood_is("forgets")) {
        return refused;
    }
    const HKEY key = providers();
    const DWORD count = read_number(key, L"NumProviders", 0);
    DWORD at = 0;
    while (at < count && read_number(key, indexed(L"ProviderID", at), 0) != id) {
        at++;
    }
    if (at < count) {
        for (DWORD i = at; i + 1 < count; i++) {
            const DWORD size = read_file(key, i + 1, file);
            write_entry(key, i, read_number(key, indexed(L"ProviderID", i + 1), 0), file, size);
        }
        RegDeleteValueW(key, indexed(L"ProviderID", count - 1));
        RegDeleteValueW(key, indexed(L"ProviderFilename", count - 1));
        write_number(key, L"NumProviders", count - 1);
    }
    RegCloseKey(key);
    return at < count ? 0 : (LONG)LINEERR_INVALPARAM;
}

LONG WINAPI lineGetProviderListW(DWORD version, LPLINEPROVIDERLIST list)
{
    WCHAR file[NAME_MAX_UNITS];
    if (mood_is("locked")) {
        return (LONG)LINEERR_RESOURCEUNAVAIL;
    }
    if (version < 0x00010004u) {
        return (LONG)LINEERR_INCOMPATIBLEAPIVERSION;
    }
    const HKEY key = providers();
    const DWORD count = read_number(key, L"NumProviders", 0);
    DWORD at = (DWORD)sizeof *list + count * (DWORD)sizeof(LINEPROVIDERENTRY);
    DWORD needed = at;
    for (DWORD i = 0; i < count; i++) {
        needed += read_file(key, i, file);
    }
    list->dwNeededSize = mood_is("endless") ? list->dwTotalSize + 1 : needed;
    list->dwUsedSize = sizeof *list;
    if (list->dwNeededSize > list->dwTotalSize) {
        RegCloseKey(key);
        return 0;
    }
    list->dwUsedSize = needed;
    list->dwNumProviders = count;
    list->dwProviderListSize = count * (DWORD)sizeof(LINEPROVIDERENTRY);
    list->dwProviderListOffset = sizeof *list;
    for (DWORD i = 0; i < count; i++) {
        const DWORD size = read_file(key, i, file);
        const LINEPROVIDERENTRY entry = {read_number(key, indexed(L"ProviderID", i), 0), size,
                                         mood_is("wild") ? 0x7FFFFFF0u : at};
        memcpy((BYTE *)list + sizeof *list + i * sizeof entry, &entry, sizeof entry);
        memcpy((BYTE *)list + at, file, size);
        at += size;
    }
    RegCloseKey(key);
    return 0;
}

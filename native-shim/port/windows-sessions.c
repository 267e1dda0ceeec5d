/* Which sessions companions may be in, and whose companions may publish lines. */
#include "port.h"
#include "windows-names.h"

/*
 * Where an administrator allows the companions of all sessions to publish lines: a number other than 0. Only
 * administrators may write there.
 */
#define SETTINGS_KEY L"SOFTWARE\\Tapline\\Tapi"
#define ALL_SESSIONS L"AllSessions"

#define NO_SESSION 0xFFFFFFFFu
#define SERVICE_SESSION 0u

/* Names of pipes looked at in one search; whoever makes more hides nothing but his own. */
#define NAMES_MAX 4096u

enum port_following port_following(void)
{
    HKEY key = NULL;
    DWORD all = 0;
    DWORD size = sizeof all;
    DWORD kind = REG_NONE;
    OSVERSIONINFOEXW several = {.dwOSVersionInfoSize = sizeof several, .wSuiteMask = VER_SUITE_TERMINAL};
    OSVERSIONINFOEXW single = {.dwOSVersionInfoSize = sizeof single, .wSuiteMask = VER_SUITE_SINGLEUSERTS};
    const ULONGLONG has_suite = VerSetConditionMask(0, VER_SUITENAME, VER_AND);
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, SETTINGS_KEY, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) ==
        ERROR_SUCCESS) {
        if (RegQueryValueExW(key, ALL_SESSIONS, NULL, &kind, (BYTE *)&all, &size) != ERROR_SUCCESS ||
            kind != REG_DWORD) {
            all = 0;
        }
        RegCloseKey(key);
    }
    if (all != 0) {
        return PORT_FOLLOW_ALL;
    }
    /* A terminal server, as opposed to a Windows that lets one person in at a time, be it from afar. */
    return VerifyVersionInfoW(&several, VER_SUITENAME, has_suite) &&
                   !VerifyVersionInfoW(&single, VER_SUITENAME, has_suite)
               ? PORT_FOLLOW_SERVICE
               : PORT_FOLLOW_ONE_USER;
}

static size_t add_session(uint32_t *sessions, size_t count, size_t capacity, DWORD session)
{
    bool known = session == NO_SESSION || count >= capacity;
    for (size_t i = 0; i < count; i++) {
        known = known || sessions[i] == session;
    }
    if (!known) {
        sessions[count++] = session;
    }
    return count;
}

/* The session in the name of a companion's pipe; NO_SESSION: it is another pipe. */
static DWORD session_of(const WCHAR *name)
{
    const size_t length = wcslen(PIPE_NAME);
    WCHAR *end = NULL;
    if (_wcsnicmp(name, PIPE_NAME, length) != 0 || name[length] < L'0' || name[length] > L'9') {
        return NO_SESSION;
    }
    const unsigned long session = wcstoul(name + length, &end, 10);
    return *end == 0 ? session : NO_SESSION;
}

size_t port_sessions(uint32_t *sessions, size_t capacity)
{
    WIN32_FIND_DATAW found;
    DWORD own = NO_SESSION;
    ProcessIdToSessionId(GetCurrentProcessId(), &own);
    size_t count = add_session(sessions, 0, capacity, SERVICE_SESSION);
    count = add_session(sessions, count, capacity, WTSGetActiveConsoleSessionId());
    count = add_session(sessions, count, capacity, own);
    const HANDLE search = FindFirstFileW(PIPE_NAMES L"*", &found);
    if (search == INVALID_HANDLE_VALUE) {
        return count;
    }
    unsigned names = 0;
    do {
        count = add_session(sessions, count, capacity, session_of(found.cFileName));
    } while (++names < NAMES_MAX && FindNextFileW(search, &found));
    FindClose(search);
    return count;
}

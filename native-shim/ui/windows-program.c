/*
 * What keeps "Open Tapline" from starting anything else: the folder comes from HKEY_LOCAL_MACHINE\Software,
 * which only administrators write, never from the provider, the link, the environment or the user's own
 * registry; it has to be a whole path on a drive of this computer; the file name is fixed, there are no words
 * of a command line, and Windows is given the path as it is, so that nothing is searched for. An
 * administrator's rights are not passed on: telephon.cpl runs with them, and a tray program that kept them
 * would be a way up for everybody who can send it messages.
 */
#include "windows-program.h"

#include <string.h>

/* A drive letter, colon, backslash, and none of the characters a path cannot have. */
static bool is_whole_path(const WCHAR *path)
{
    const WCHAR drive = (WCHAR)(path[0] | 0x20);
    if (drive < L'a' || drive > L'z' || path[1] != L':' || path[2] != L'\\') {
        return false;
    }
    const WCHAR root[] = {path[0], L':', L'\\', 0};
    return wcspbrk(path + 2, L":\"<>|?*/") == NULL && wcsstr(path, L"\\..") == NULL &&
           GetDriveTypeW(root) == DRIVE_FIXED;
}

static bool find_program(WCHAR *path)
{
    HKEY key = NULL;
    DWORD type = 0;
    DWORD size = (PROGRAM_PATH_MAX - 1u) * sizeof *path;
    path[0] = 0;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, PROGRAM_KEY, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) !=
        ERROR_SUCCESS) {
        return false;
    }
    const LSTATUS status = RegQueryValueExW(key, PROGRAM_KEY_VALUE, NULL, &type, (LPBYTE)path, &size);
    RegCloseKey(key);
    if (status != ERROR_SUCCESS || type != REG_SZ || size < sizeof *path) {
        path[0] = 0;
        return false;
    }
    path[size / sizeof *path] = 0; /* what is in the registry need not be terminated */
    size_t length = wcslen(path);
    while (length > 0 && path[length - 1] == L'\\') {
        path[--length] = 0;
    }
    if (length + 1 + wcslen(PROGRAM_FILE) >= PROGRAM_PATH_MAX || !is_whole_path(path)) {
        path[0] = 0;
        return false;
    }
    wcscat(path, L"\\" PROGRAM_FILE);
    const DWORD attributes = GetFileAttributesW(path);
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

/* Whether this program has more rights than the signed-in user's other programs: User Account Control gave
 * them. */
static bool is_elevated(void)
{
    HANDLE token = NULL;
    TOKEN_ELEVATION_TYPE type = TokenElevationTypeDefault;
    DWORD size = 0;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
        return true;
    }
    const bool known = GetTokenInformation(token, TokenElevationType, &type, sizeof type, &size);
    CloseHandle(token);
    return !known || type == TokenElevationTypeFull;
}

/*
 * The program becomes a child of `parent`, with its rights and the `environment`; of this program where they
 * are NULL.
 */
static bool create_process(const WCHAR *path, HANDLE parent, void *environment)
{
    WCHAR folder[PROGRAM_PATH_MAX];
    WCHAR command[PROGRAM_PATH_MAX + 2];
    PROCESS_INFORMATION process;
    STARTUPINFOEXW startup = {.StartupInfo = {.cb = sizeof startup}};
    SIZE_T size = 0;
    union {
        void *align;
        BYTE bytes[256];
    } attributes;
    wcscpy(folder, path);
    *wcsrchr(folder, L'\\') = 0;
    command[0] = L'"';
    wcscpy(command + 1, path);
    wcscat(command, L"\"");
    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    startup.lpAttributeList = (LPPROC_THREAD_ATTRIBUTE_LIST)&attributes;
    if (size > sizeof attributes ||
        !InitializeProcThreadAttributeList(startup.lpAttributeList, 1, 0, &size)) {
        return false;
    }
    bool started = parent == NULL ||
                   UpdateProcThreadAttribute(startup.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS,
                                             &parent, sizeof parent, NULL, NULL);
    started = started && CreateProcessW(path, command, NULL, NULL, FALSE,
                                        EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT,
                                        environment, folder, &startup.StartupInfo, &process);
    const DWORD error = GetLastError();
    DeleteProcThreadAttributeList(startup.lpAttributeList);
    if (started) {
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
    }
    SetLastError(error);
    return started;
}

/* The process of the desktop's shell, as a parent; NULL: there is none, or it is not ours to use. */
static HANDLE open_shell(void)
{
    DWORD id = 0;
    const HWND shell = GetShellWindow();
    if (shell == NULL || GetWindowThreadProcessId(shell, &id) == 0) {
        return NULL;
    }
    return OpenProcess(PROCESS_CREATE_PROCESS | PROCESS_QUERY_INFORMATION, FALSE, id);
}

/* userenv is loaded when it is needed: the telephony service loads this DLL, too, and never needs it. */
struct userenv {
    HMODULE module;
    BOOL(WINAPI *create)(LPVOID *environment, HANDLE token, BOOL inherit);
    BOOL(WINAPI *destroy)(LPVOID environment);
};

static bool load_userenv(struct userenv *out)
{
    out->module = LoadLibraryExW(L"userenv.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (out->module == NULL) {
        return false;
    }
    const FARPROC create = GetProcAddress(out->module, "CreateEnvironmentBlock");
    const FARPROC destroy = GetProcAddress(out->module, "DestroyEnvironmentBlock");
    memcpy(&out->create, &create, sizeof out->create);
    memcpy(&out->destroy, &destroy, sizeof out->destroy);
    return create != NULL && destroy != NULL;
}

/* As the shell would start it: the administrator whose rights this program has may be another user. */
static enum program_start start_from_shell(const WCHAR *path, HANDLE shell)
{
    struct userenv userenv = {0};
    HANDLE token = NULL;
    void *environment = NULL;
    enum program_start outcome = PROGRAM_NEEDS_SHELL;
    DWORD error = 0;
    if (load_userenv(&userenv) && OpenProcessToken(shell, TOKEN_QUERY | TOKEN_DUPLICATE, &token) &&
        userenv.create(&environment, token, FALSE)) {
        outcome = create_process(path, shell, environment) ? PROGRAM_STARTED : PROGRAM_FAILED;
        error = GetLastError();
        userenv.destroy(environment);
    }
    if (token != NULL) {
        CloseHandle(token);
    }
    if (userenv.module != NULL) {
        FreeLibrary(userenv.module);
    }
    SetLastError(error);
    return outcome;
}

enum program_start program_start(WCHAR *path)
{
    if (!find_program(path)) {
        return PROGRAM_NOT_INSTALLED;
    }
    if (!is_elevated()) {
        return create_process(path, NULL, NULL) ? PROGRAM_STARTED : PROGRAM_FAILED;
    }
    const HANDLE shell = open_shell();
    if (shell == NULL) {
        return PROGRAM_NEEDS_SHELL;
    }
    const enum program_start outcome = start_from_shell(path, shell);
    const DWORD error = GetLastError();
    CloseHandle(shell);
    SetLastError(error);
    return outcome;
}

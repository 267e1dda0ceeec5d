#include "files.h"

#include "../shim/telephony.h"
#include "../shim/trace.h"

#include <aclapi.h>
#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>

#define PATH_UNITS 512u
#define OWNER_BYTES 256u

/* SYSTEM, administrators and NETWORK SERVICE (the telephony service) in full, and nobody else. */
#define FOLDER_SDDL L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;NS)"

/* The folder of the variable, or that of the machine; false: nothing is kept. */
static bool folder_of(WCHAR *folder, bool *is_ours)
{
    SetLastError(ERROR_SUCCESS);
    const DWORD length = GetEnvironmentVariableW(L"TAPLINE_STATE", folder, PATH_UNITS);
    *is_ours = length == 0 && GetLastError() == ERROR_ENVVAR_NOT_FOUND;
    if (!*is_ours) {
        return length > 0 && length < PATH_UNITS;
    }
    const DWORD base = GetEnvironmentVariableW(L"ProgramData", folder, PATH_UNITS);
    return base > 0 && base < PATH_UNITS;
}

static bool append(WCHAR *path, const WCHAR *part)
{
    const size_t length = wcslen(path);
    if (length + wcslen(part) >= PATH_UNITS) {
        return false;
    }
    wcscpy(path + length, part);
    return true;
}

static bool append_name(WCHAR *path, const char *name, const WCHAR *suffix)
{
    WCHAR wide[64];
    size_t i = 0;
    for (; name[i] != '\0' && i + 1 < sizeof wide / sizeof *wide; i++) {
        wide[i] = (WCHAR)name[i];
    }
    wide[i] = 0;
    return append(path, L"\\") && append(path, wide) && append(path, suffix);
}

static bool path_of(WCHAR *path, const char *name, const WCHAR *suffix)
{
    bool is_ours = false;
    return folder_of(path, &is_ours) && (!is_ours || append(path, L"\\Tapline\\Tapi")) &&
           append_name(path, name, suffix);
}

/* Makes the machine's folder where there is none; one that is there keeps its rights. */
static void make_folder(void)
{
    WCHAR path[PATH_UNITS];
    bool is_ours = false;
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, NULL, FALSE};
    if (!folder_of(path, &is_ours) || !is_ours || !append(path, L"\\Tapline")) {
        return;
    }
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(FOLDER_SDDL, SDDL_REVISION_1,
                                                              &attributes.lpSecurityDescriptor, NULL)) {
        return;
    }
    CreateDirectoryW(path, NULL);
    if (append(path, L"\\Tapi")) {
        CreateDirectoryW(path, &attributes);
    }
    LocalFree(attributes.lpSecurityDescriptor);
}

/* Whether the process itself runs as this user. */
static bool is_own_user(PSID owner)
{
    union {
        TOKEN_USER user;
        uint8_t bytes[OWNER_BYTES];
    } token_user;
    DWORD size = 0;
    HANDLE token = NULL;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
        return false;
    }
    const bool known = GetTokenInformation(token, TokenUser, &token_user, sizeof token_user, &size);
    CloseHandle(token);
    return known && EqualSid(token_user.user.User.Sid, owner);
}

/* A user could have put a file where the service's will be: it is not believed. */
static bool is_owned_by_the_machine(HANDLE file)
{
    PSID owner = NULL;
    PSECURITY_DESCRIPTOR descriptor = NULL;
    if (GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL,
                        &descriptor) != ERROR_SUCCESS) {
        return false;
    }
    const bool trusted = IsWellKnownSid(owner, WinLocalSystemSid) ||
                         IsWellKnownSid(owner, WinBuiltinAdministratorsSid) ||
                         IsWellKnownSid(owner, WinNetworkServiceSid) || is_own_user(owner);
    LocalFree(descriptor);
    if (!trusted) {
        trace("state: a file or folder belongs to a user who may not change it");
    }
    return trusted;
}

/* The folder itself is asked, not where a link in its place leads. */
static bool is_folder_of_the_machine(const WCHAR *path)
{
    const HANDLE folder =
        CreateFileW(path, READ_CONTROL, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                    OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    if (folder == INVALID_HANDLE_VALUE) {
        return false;
    }
    const bool trusted = is_owned_by_the_machine(folder);
    CloseHandle(folder);
    return trusted;
}

/* Who made a folder before Tapline did may change in it what he likes: nothing there is believed, or written. */
static bool is_place_trusted(void)
{
    WCHAR path[PATH_UNITS];
    bool is_ours = false;
    if (!folder_of(path, &is_ours)) {
        return false;
    }
    return !is_ours || (append(path, L"\\Tapline") && is_folder_of_the_machine(path) &&
                        append(path, L"\\Tapi") && is_folder_of_the_machine(path));
}

uint8_t *port_state_read(const char *name, size_t limit, size_t *size)
{
    WCHAR path[PATH_UNITS];
    LARGE_INTEGER length;
    DWORD count = 0;
    uint8_t *bytes = NULL;
    if (!path_of(path, name, L"") || !is_place_trusted()) {
        return NULL;
    }
    const HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                                    OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return NULL;
    }
    if (is_owned_by_the_machine(file) && GetFileSizeEx(file, &length) && (uint64_t)length.QuadPart <= limit) {
        *size = (size_t)length.QuadPart;
        bytes = malloc(*size > 0 ? *size : 1u);
    }
    if (bytes != NULL && (!ReadFile(file, bytes, (DWORD)*size, &count, NULL) || count != *size)) {
        free(bytes);
        bytes = NULL;
    }
    CloseHandle(file);
    return bytes;
}

static bool write_new(const WCHAR *path, const uint8_t *bytes, size_t size)
{
    DWORD count = 0;
    const HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return false;
    }
    const bool written =
        WriteFile(file, bytes, (DWORD)size, &count, NULL) && count == size && FlushFileBuffers(file);
    CloseHandle(file);
    return written;
}

bool port_state_write(const char *name, const uint8_t *bytes, size_t size)
{
    WCHAR path[PATH_UNITS];
    WCHAR unfinished[PATH_UNITS];
    if (!path_of(path, name, L"") || !path_of(unfinished, name, L".new")) {
        return false;
    }
    make_folder();
    if (!is_place_trusted()) {
        return false;
    }
    if (!write_new(unfinished, bytes, size) ||
        !MoveFileExW(unfinished, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) {
        trace("state: the file cannot be written, error %u", (unsigned)GetLastError());
        DeleteFileW(unfinished);
        return false;
    }
    return true;
}

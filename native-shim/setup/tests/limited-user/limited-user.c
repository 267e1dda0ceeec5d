/*
 * limited-user <command line>: runs a program without the rights of an administrator, as Windows starts the
 * programs of an administrator who has not agreed to more. Ends as it ends; 90 to 92: it could not be run.
 */
#include <windows.h>

int wmain(int count, WCHAR **words);

int wmain(int count, WCHAR **words)
{
    BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof sid;
    DWORD code = 0;
    HANDLE own = NULL;
    HANDLE limited = NULL;
    SID_AND_ATTRIBUTES without = {sid, 0};
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    if (count != 2 || !OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own) ||
        !CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size)) {
        return 90;
    }
    if (!CreateRestrictedToken(own, 0, 1, &without, 0, NULL, 0, NULL, &limited)) {
        return 91;
    }
    if (!CreateProcessAsUserW(limited, NULL, words[1], NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) {
        return 92;
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}

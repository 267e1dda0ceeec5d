/* The program that belongs to the provider, and starting it. */
#ifndef TAPLINE_PROGRAM_H
#define TAPLINE_PROGRAM_H

#include <stdbool.h>
#include <windows.h>

#define PROGRAM_PATH_MAX 1024u

/*
 * Where the installer wrote the folder of the program: HKEY_LOCAL_MACHINE, in the 64-bit part of the
 * registry. The name of the key is the installer's id of the product, which electron-builder makes from the
 * appId.
 */
#define PROGRAM_KEY L"Software\\879376b8-3a2e-51ed-b509-57b67edbbfbf"
#define PROGRAM_KEY_VALUE L"InstallLocation"
#define PROGRAM_FILE L"Tapline.exe"

enum program_start {
    PROGRAM_STARTED,
    PROGRAM_NOT_INSTALLED,
    PROGRAM_NEEDS_SHELL, /* it would have an administrator's rights, and there is no shell to start it without
                          */
    PROGRAM_FAILED       /* GetLastError says why */
};

/*
 * Starts the installed program with the rights of the signed-in user. `path` gets PROGRAM_PATH_MAX
 * characters: what was started, or was to be.
 */
enum program_start program_start(WCHAR *path);

#endif

#include "library-file.h"

#include "limits.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define RESOURCE_VERSION 16 /* RT_VERSION */
#define SIGNATURE_SIZE 4    /* "PE\0\0" */
#define FIXED_INFO_SIGNATURE 0xFEEF04BDu

/* In VS_VERSIONINFO: three words, "VS_VERSION_INFO" with its end, padded to four bytes. */
#define FIXED_INFO_OFFSET 40

static bool read_at(HANDLE file, LONG offset, void *out, DWORD size)
{
    DWORD read = 0;
    return SetFilePointer(file, offset, NULL, FILE_BEGIN) != INVALID_SET_FILE_POINTER &&
           ReadFile(file, out, size, &read, NULL) && read == size;
}

/* The processors a file was built for; 0 when it is no image. */
static WORD read_machine(HANDLE file)
{
    IMAGE_DOS_HEADER dos;
    struct {
        char signature[SIGNATURE_SIZE];
        IMAGE_FILE_HEADER header;
    } image;
    if (!read_at(file, 0, &dos, sizeof dos) || dos.e_magic != IMAGE_DOS_SIGNATURE || dos.e_lfanew < 0 ||
        !read_at(file, dos.e_lfanew, &image, sizeof image) ||
        memcmp(image.signature, "PE\0\0", SIGNATURE_SIZE) != 0) {
        return 0;
    }
    return image.header.Machine;
}

static void read_version(const WCHAR *path, char *out, size_t size)
{
    const HMODULE image = LoadLibraryExW(path, NULL, LOAD_LIBRARY_AS_DATAFILE);
    if (image == NULL) {
        return;
    }
    const HRSRC resource = FindResourceW(image, MAKEINTRESOURCEW(1), MAKEINTRESOURCEW(RESOURCE_VERSION));
    const HGLOBAL loaded = resource == NULL ? NULL : LoadResource(image, resource);
    const BYTE *data = loaded == NULL ? NULL : LockResource(loaded);
    VS_FIXEDFILEINFO fixed;
    if (data != NULL && SizeofResource(image, resource) >= FIXED_INFO_OFFSET + sizeof fixed) {
        memcpy(&fixed, data + FIXED_INFO_OFFSET, sizeof fixed);
        if (fixed.dwSignature == FIXED_INFO_SIGNATURE) {
            snprintf(out, size, "%u.%u.%u", HIWORD(fixed.dwFileVersionMS), LOWORD(fixed.dwFileVersionMS),
                     HIWORD(fixed.dwFileVersionLS));
        }
    }
    FreeLibrary(image);
}

void library_look(struct library_file *out)
{
    memset(out, 0, sizeof *out);
    const UINT length = GetSystemDirectoryW(out->path, MAX_PATH);
    if (length == 0 || length + 1 + wcslen(PROVIDER_FILE) >= MAX_PATH) {
        return;
    }
    wcscat(out->path, L"\\" PROVIDER_FILE);
    const HANDLE file = CreateFileW(out->path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                                    OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return;
    }
    out->present = true;
    out->machine = read_machine(file);
    CloseHandle(file);
    if (out->machine != 0) {
        read_version(out->path, out->version, sizeof out->version);
    }
}

WORD library_wanted_machine(void)
{
    /* Newer than the oldest Windows this runs on. On ARM64 it alone tells the truth to a program for x64. */
    BOOL(WINAPI * is_wow64)(HANDLE, USHORT *, USHORT *) = NULL;
    const FARPROC address = GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "IsWow64Process2");
    USHORT process = 0;
    USHORT system = 0;
    memcpy(&is_wow64, &address, sizeof address);
    if (is_wow64 != NULL && is_wow64(GetCurrentProcess(), &process, &system)) {
        return system;
    }
    SYSTEM_INFO info;
    GetNativeSystemInfo(&info);
    return info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_AMD64 ? IMAGE_FILE_MACHINE_AMD64
                                                                       : IMAGE_FILE_MACHINE_I386;
}

const char *library_machine_name(WORD machine)
{
    switch (machine) {
    case IMAGE_FILE_MACHINE_AMD64:
        return "x64";
    case IMAGE_FILE_MACHINE_I386:
        return "x86";
    case IMAGE_FILE_MACHINE_ARM64:
        return "arm64";
    default:
        return "other";
    }
}

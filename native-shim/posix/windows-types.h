/* The Windows types that TAPI's structures and functions are written in, at their Windows widths. */
#ifndef TAPLINE_POSIX_WINDOWS_TYPES_H
#define TAPLINE_POSIX_WINDOWS_TYPES_H

#include <stdint.h>

#define WINAPI
#define CALLBACK

typedef uint16_t WORD;
typedef uint32_t DWORD, *LPDWORD;
typedef int32_t LONG;
typedef uintptr_t DWORD_PTR;
typedef uint16_t WCHAR;
typedef WCHAR *LPWSTR;
typedef const WCHAR *LPCWSTR;
typedef const char *LPCSTR;
typedef void *LPVOID;
typedef void *HANDLE;
typedef void *HWND;
typedef void *HICON, **LPHICON;

typedef struct {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} GUID;

typedef struct {
    WORD wYear;
    WORD wMonth;
    WORD wDayOfWeek;
    WORD wDay;
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME;

#define INVALID_HANDLE_VALUE ((HANDLE)(intptr_t)-1)

#endif

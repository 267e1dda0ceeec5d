#include "windows-scaling.h"

#include <string.h>

#define PER_MONITOR_AWARE_V2 ((void *)(intptr_t)-4)

static FARPROC resolve(const char *name)
{
    /* user32 is loaded: this image imports from it. */
    return GetProcAddress(GetModuleHandleW(L"user32.dll"), name);
}

/* Function pointers are copied as bytes: FARPROC has another type than each of them. */
#define RESOLVE(function, name) \
    do { \
        const FARPROC address = resolve(name); \
        memcpy(&(function), &address, sizeof(function)); \
    } while (0)

static void *set_awareness(void *wanted)
{
    void *(WINAPI * set)(void *) = NULL;
    RESOLVE(set, "SetThreadDpiAwarenessContext");
    return set == NULL || wanted == NULL ? NULL : set(wanted);
}

void *scaling_enter(void)
{
    return set_awareness(PER_MONITOR_AWARE_V2);
}

void scaling_leave(void *before)
{
    set_awareness(before);
}

UINT scaling_of(HWND window)
{
    UINT(WINAPI * of_window)(HWND) = NULL;
    RESOLVE(of_window, "GetDpiForWindow");
    if (of_window != NULL) {
        const UINT dpi = of_window(window);
        return dpi == 0 ? SCALING_NONE : dpi;
    }
    const HDC screen = GetDC(NULL);
    const UINT dpi = (UINT)GetDeviceCaps(screen, LOGPIXELSY);
    ReleaseDC(NULL, screen);
    return dpi;
}

HFONT scaling_message_font(UINT dpi)
{
    NONCLIENTMETRICSW metrics = {.cbSize = sizeof metrics};
    BOOL(WINAPI * for_dpi)(UINT, UINT, PVOID, UINT, UINT) = NULL;
    RESOLVE(for_dpi, "SystemParametersInfoForDpi");
    const BOOL known = for_dpi != NULL
                           ? for_dpi(SPI_GETNONCLIENTMETRICS, sizeof metrics, &metrics, 0, dpi)
                           : SystemParametersInfoW(SPI_GETNONCLIENTMETRICS, sizeof metrics, &metrics, 0);
    return known ? CreateFontIndirectW(&metrics.lfMessageFont) : NULL;
}

void scaling_window_size(RECT *client, DWORD style, DWORD extended_style, UINT dpi)
{
    BOOL(WINAPI * for_dpi)(LPRECT, DWORD, BOOL, DWORD, UINT) = NULL;
    RESOLVE(for_dpi, "AdjustWindowRectExForDpi");
    if (for_dpi == NULL || !for_dpi(client, style, FALSE, extended_style, dpi)) {
        AdjustWindowRectEx(client, style, FALSE, extended_style);
    }
}

#include "uihost-picture.h"

#include <stdio.h>

static bool write_bitmap(const char *path, HDC screen, const RECT *place)
{
    const int width = place->right - place->left;
    const int height = place->bottom - place->top;
    BITMAPINFO info = {.bmiHeader = {.biSize = sizeof info.bmiHeader,
                                     .biWidth = width,
                                     .biHeight = height,
                                     .biPlanes = 1,
                                     .biBitCount = 32}};
    void *bits = NULL;
    const HDC memory = CreateCompatibleDC(screen);
    const HBITMAP bitmap = CreateDIBSection(screen, &info, DIB_RGB_COLORS, &bits, NULL, 0);
    SelectObject(memory, bitmap);
    BitBlt(memory, 0, 0, width, height, screen, place->left, place->top, SRCCOPY);
    GdiFlush();
    const DWORD size = (DWORD)width * (DWORD)height * 4u;
    const BITMAPFILEHEADER head = {.bfType = 0x4D42,
                                   .bfSize = sizeof head + sizeof info.bmiHeader + size,
                                   .bfOffBits = sizeof head + sizeof info.bmiHeader};
    FILE *file = fopen(path, "wb");
    const bool whole = file != NULL && bits != NULL;
    if (whole) {
        fwrite(&head, sizeof head, 1, file);
        fwrite(&info.bmiHeader, sizeof info.bmiHeader, 1, file);
        fwrite(bits, size, 1, file);
    }
    if (file != NULL) {
        fclose(file);
    }
    DeleteDC(memory);
    DeleteObject(bitmap);
    return whole;
}

bool take_picture(HWND dialog, const char *path)
{
    RECT place;
    GetWindowRect(dialog, &place);
    const HDC screen = GetDC(NULL);
    const bool written = write_bitmap(path, screen, &place);
    ReleaseDC(NULL, screen);
    return written;
}

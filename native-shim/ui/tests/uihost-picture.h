/* Pictures for people to look at. */
#ifndef TAPLINE_UIHOST_PICTURE_H
#define TAPLINE_UIHOST_PICTURE_H

#include <stdbool.h>
#include <windows.h>

/* Writes what the screen shows of a window, as a BMP file. False: there is no display, or no such folder. */
bool take_picture(HWND window, const char *path);

#endif

/*
 * The scaling of a window's monitor. The functions that know it came with Windows 10: where they are missing,
 * the one scaling of the screen is used.
 */
#ifndef TAPLINE_SCALING_H
#define TAPLINE_SCALING_H

#include <windows.h>

/* Pixels per inch at 100 %. */
#define SCALING_NONE 96

/*
 * Makes the windows this thread creates follow each monitor's scaling by themselves, whatever the program
 * does; returns what scaling_leave gives back to it.
 */
void *scaling_enter(void);
void scaling_leave(void *before);

/* The pixels per inch of the monitor a window is on. */
UINT scaling_of(HWND window);

/* The font in which Windows shows messages, at this scaling; the caller deletes it. NULL: no memory. */
HFONT scaling_message_font(UINT dpi);

/* The window around a client area of this size, at this scaling. */
void scaling_window_size(RECT *client, DWORD style, DWORD extended_style, UINT dpi);

#endif

/*
 * What is done to the dialog once it is open, on a thread of its own, one step after the other:
 *   show            one line about the dialog, and one per control and per row of the list
 *   press-KEY       the control with the focus gets a key: tab, back (Shift+Tab), enter, escape, space, down
 *   alt-LETTER      the Alt key with a letter
 *   message         waits for the message box over the dialog, shows its text and closes it
 *   scale-DPI       the monitor's scaling changes
 *   owner           whether the owner can be used
 *   picture-FILE    what the screen shows of the dialog, as a BMP file
 * At the end a dialog that is still open is closed.
 */
#ifndef TAPLINE_UIHOST_STEPS_H
#define TAPLINE_UIHOST_STEPS_H

#include <stdbool.h>

void steps_begin(char **steps, int count);
void steps_end(void);
bool steps_failed(void);

#endif

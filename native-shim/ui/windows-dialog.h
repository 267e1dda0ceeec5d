/* The dialog: what is known of the provider and its lines, the trace's switch, and the way to Tapline. */
#ifndef TAPLINE_DIALOG_H
#define TAPLINE_DIALOG_H

#include "../shim/telephony.h"

/*
 * Shows the dialog, modal to `owner` (NULL: to none), and returns when it is closed. `object` and
 * `object_type` (TUISPIDLL_OBJECT_) say of what: the provider with all its lines, or one line. 0, or a
 * LINEERR_ value: `owner` is no window, there is no such line, or Windows cannot show a dialog.
 */
LONG dialog_show(TUISPIDLLCALLBACK ask, DWORD_PTR object, DWORD object_type, HWND owner);

#endif

/* The dialog's controls: made, filled, measured and put in their places. */
#ifndef TAPLINE_CONTROLS_H
#define TAPLINE_CONTROLS_H

#include "layout.h"
#include "texts.h"

#include <windows.h>

struct controls {
    HWND window; /* the dialog itself */
    HWND each[DIALOG_CONTROL_COUNT];
    HFONT font; /* of the scaling the controls were put in place for; NULL before */
};

/* Ids of the buttons; the other controls have their enum dialog_control, counted from this one. */
#define CONTROL_ID_FIRST 100

/* Makes the controls in a dialog that has none, in the order of the Tab key. False: Windows would not. */
bool controls_create(struct controls *controls, HWND window, enum dialog_language language);

/* Sets a control's text, or the dialog's by its window. False: it has it already, and a screen reader hears
 * nothing. */
bool controls_set_text(HWND window, const char *text);

/* Makes `text` the row `at` of the list. False: it is that row already. */
bool controls_set_row(struct controls *controls, unsigned at, const char *text);

/* The list has so many rows and no more. False: it had. */
bool controls_end_rows(struct controls *controls, unsigned count);

/* Reads a row of the list into DIALOG_TEXT_MAX characters. False: there is no such row. */
bool controls_read_row(HWND list, unsigned at, WCHAR *out);

/* What a window's monitor has room for, without the task bar. */
RECT controls_work_area(HWND window);

/* Measures everything at the scaling of the window's monitor and puts it in place; the window's corner stays.
 */
void controls_arrange(struct controls *controls);

/* Puts the window in the middle of its owner, or of the screen, whole in view. */
void controls_center(const struct controls *controls);

/* Frees what Windows does not free with the window. */
void controls_destroy(struct controls *controls);

#endif

/* The dialog's texts measured in their font, and its controls put in place: the Windows half of layout.c. */
#include "windows-controls.h"
#include "windows-scaling.h"

#include <string.h>

/* Columns of the list: name, number, state. */
#define UNIT_X_USUAL 6
#define UNIT_Y_USUAL 13
#define COLUMNS 3
#define COLUMN_GAP_UNITS 8
#define ROWS_MEASURED_MAX 500
#define CHECK_GLYPH_UNITS 12
#define SCREEN_MARGIN 16

struct measuring {
    const struct controls *controls;
    HDC context;
    int unit_x;
};

static SIZE measure(HDC context, const WCHAR *text, int width, UINT flags)
{
    RECT place = {0, 0, width, 0};
    DrawTextW(context, text, -1, &place, DT_CALCRECT | flags);
    return (SIZE){place.right, place.bottom};
}

static SIZE measure_control(const struct measuring *with, enum dialog_control control, int width)
{
    WCHAR text[DIALOG_TEXT_MAX];
    /* No button has this bit: it is for those with a picture. */
    const bool plain = (GetWindowLongW(with->controls->each[control], GWL_STYLE) & SS_NOPREFIX) != 0;
    const UINT prefix = plain ? (UINT)DT_NOPREFIX : 0u;
    GetWindowTextW(with->controls->each[control], text, DIALOG_TEXT_MAX);
    return measure(with->context, text, width, prefix | (width > 0 ? DT_WORDBREAK : DT_SINGLELINE));
}

static int height_of(void *context, enum dialog_control control, int width)
{
    const struct measuring *with = context;
    const int glyph = control == CONTROL_TRACE ? with->unit_x * CHECK_GLYPH_UNITS / 4 : 0;
    return measure_control(with, control, width - glyph).cy;
}

/*
 * Windows' own way to the average width of a character, which dialog units stand on. Where no font can be
 * measured it is that of an ordinary one: the dialog can still be closed.
 */
static SIZE unit_of(HDC context)
{
    static const WCHAR letters[] = L"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    SIZE extent = {0, 0};
    TEXTMETRICW metrics = {.tmHeight = 0};
    GetTextExtentPoint32W(context, letters, 52, &extent);
    GetTextMetricsW(context, &metrics);
    const LONG width = (extent.cx / 26 + 1) / 2;
    return (SIZE){width > 0 ? width : UNIT_X_USUAL, metrics.tmHeight > 0 ? metrics.tmHeight : UNIT_Y_USUAL};
}

/* The width of each column: that of the widest of its parts in the first rows. */
static void measure_columns(const struct measuring *with, LRESULT rows, int *widths)
{
    WCHAR text[DIALOG_TEXT_MAX];
    memset(widths, 0, COLUMNS * sizeof *widths);
    for (LRESULT at = 0; at < rows && at < ROWS_MEASURED_MAX; at++) {
        if (!controls_read_row(with->controls->each[CONTROL_LINES], (unsigned)at, text) ||
            wcschr(text, L'\t') == NULL) {
            continue;
        }
        const WCHAR *part = text;
        for (int column = 0; column < COLUMNS && part != NULL; column++) {
            SIZE extent = {0, 0};
            const WCHAR *end = wcschr(part, L'\t');
            const size_t length = end == NULL ? wcslen(part) : (size_t)(end - part);
            GetTextExtentPoint32W(with->context, part, (int)length, &extent);
            widths[column] = extent.cx > widths[column] ? extent.cx : widths[column];
            part = end == NULL ? NULL : end + 1;
        }
    }
}

/* Sets the list's columns; returns what a whole row takes. */
static int arrange_columns(const struct measuring *with, LRESULT rows)
{
    const HWND list = with->controls->each[CONTROL_LINES];
    const int gap = with->unit_x * COLUMN_GAP_UNITS / 4;
    int widths[COLUMNS];
    measure_columns(with, rows, widths);
    const int second = widths[0] + gap;
    const int third = second + widths[1] + gap;
    /* Tab stops are dialog units, rounded up so that no part runs into the next. */
    INT stops[] = {(second * 4 + with->unit_x - 1) / with->unit_x,
                   (third * 4 + with->unit_x - 1) / with->unit_x};
    SendMessageW(list, LB_SETTABSTOPS, 2, (LPARAM)stops);
    const int whole = third + widths[2] + gap;
    SendMessageW(list, LB_SETHORIZONTALEXTENT, (WPARAM)whole, 0);
    return whole;
}

static void use_font(struct controls *controls, UINT dpi)
{
    const HFONT before = controls->font;
    const HFONT font = scaling_message_font(dpi);
    if (font == NULL) {
        return;
    }
    controls->font = font;
    for (unsigned i = 0; i < DIALOG_CONTROL_COUNT; i++) {
        SendMessageW(controls->each[i], WM_SETFONT, (WPARAM)font, FALSE);
    }
    if (before != NULL) {
        DeleteObject(before);
    }
}

static struct layout measure_layout(const struct controls *controls, UINT dpi)
{
    const HWND list = controls->each[CONTROL_LINES];
    struct measuring with = {.controls = controls, .context = GetDC(controls->window)};
    const HGDIOBJ before = SelectObject(
        with.context, controls->font != NULL ? controls->font : GetStockObject(DEFAULT_GUI_FONT));
    const SIZE unit = unit_of(with.context);
    const RECT work = controls_work_area(controls->window);
    RECT frame = {0, 0, 0, 0};
    scaling_window_size(&frame, (DWORD)GetWindowLongW(controls->window, GWL_STYLE),
                        (DWORD)GetWindowLongW(controls->window, GWL_EXSTYLE), dpi);
    with.unit_x = unit.cx;
    const LRESULT rows = SendMessageW(list, LB_GETCOUNT, 0, 0);
    const LONG version_label = measure_control(&with, CONTROL_VERSION_LABEL, 0).cx;
    const LONG link_label = measure_control(&with, CONTROL_LINK_LABEL, 0).cx;
    SendMessageW(list, LB_SETITEMHEIGHT, 0, unit.cy);
    const struct layout_measures measures = {
        .unit_x = unit.cx,
        .unit_y = unit.cy,
        .widest = work.right - work.left - (frame.right - frame.left) - SCREEN_MARGIN,
        .highest = work.bottom - work.top - (frame.bottom - frame.top) - SCREEN_MARGIN,
        .label_width = version_label > link_label ? version_label : link_label,
        .list_width = arrange_columns(&with, rows),
        .row_height = unit.cy,
        .row_count = (int)rows,
        .frame = GetSystemMetrics(SM_CXVSCROLL) + 2 * GetSystemMetrics(SM_CXEDGE),
        .check_width = measure_control(&with, CONTROL_TRACE, 0).cx + unit.cx * CHECK_GLYPH_UNITS / 4,
        .open_width = measure_control(&with, CONTROL_OPEN, 0).cx,
        .close_width = measure_control(&with, CONTROL_CLOSE, 0).cx,
        .height_of = height_of,
        .context = &with,
    };
    const struct layout layout = layout_make(&measures);
    SelectObject(with.context, before);
    ReleaseDC(controls->window, with.context);
    return layout;
}

void controls_arrange(struct controls *controls)
{
    const UINT dpi = scaling_of(controls->window);
    use_font(controls, dpi);
    const struct layout layout = measure_layout(controls, dpi);
    for (unsigned i = 0; i < DIALOG_CONTROL_COUNT; i++) {
        const struct layout_place *at = &layout.places[i];
        SetWindowPos(controls->each[i], NULL, at->x, at->y, at->width, at->height,
                     SWP_NOZORDER | SWP_NOACTIVATE);
    }
    RECT window = {0, 0, layout.width, layout.height};
    scaling_window_size(&window, (DWORD)GetWindowLongW(controls->window, GWL_STYLE),
                        (DWORD)GetWindowLongW(controls->window, GWL_EXSTYLE), dpi);
    SetWindowPos(controls->window, NULL, 0, 0, window.right - window.left, window.bottom - window.top,
                 SWP_NOMOVE | SWP_NOZORDER | SWP_NOACTIVATE);
    InvalidateRect(controls->window, NULL, TRUE);
}

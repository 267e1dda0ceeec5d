#include "windows-controls.h"

#include "../shim/utf16.h"
#include "windows-scaling.h"

#include <string.h>

#define TAB_STOP (WS_TABSTOP | WS_GROUP)
#define PLAIN_STATIC (SS_LEFT | SS_NOPREFIX)

struct kind {
    const WCHAR *class_name;
    DWORD style;
    DWORD extended_style;
    WORD id;
    int text; /* enum dialog_text, -1: filled in later */
};

/* A label stands before what it names: that is where screen readers take the name from, and mnemonics go on
 * to. */
static const struct kind kinds[DIALOG_CONTROL_COUNT] = {
    [CONTROL_VERSION_LABEL] = {L"STATIC", PLAIN_STATIC, 0, 0, TEXT_VERSION_LABEL},
    [CONTROL_VERSION] = {L"STATIC", PLAIN_STATIC, 0, 0, -1},
    [CONTROL_LINK_LABEL] = {L"STATIC", PLAIN_STATIC, 0, 0, TEXT_LINK_LABEL},
    [CONTROL_LINK] = {L"STATIC", PLAIN_STATIC, 0, 0, -1},
    [CONTROL_LINES_LABEL] = {L"STATIC", SS_LEFT, 0, 0, TEXT_LINES_LABEL},
    [CONTROL_LINES] = {L"LISTBOX",
                       TAB_STOP | WS_VSCROLL | WS_HSCROLL | LBS_NOINTEGRALHEIGHT | LBS_USETABSTOPS,
                       WS_EX_CLIENTEDGE, 0, -1},
    [CONTROL_TRACE] = {L"BUTTON", TAB_STOP | BS_CHECKBOX | BS_MULTILINE | BS_TOP, 0, 0, TEXT_TRACE},
    [CONTROL_TRACE_NOTE] = {L"STATIC", PLAIN_STATIC, 0, 0, TEXT_TRACE_NOTE},
    [CONTROL_OPEN] = {L"BUTTON", TAB_STOP | BS_PUSHBUTTON, 0, 0, TEXT_OPEN},
    [CONTROL_CLOSE] = {L"BUTTON", TAB_STOP | BS_DEFPUSHBUTTON, 0, IDCANCEL, TEXT_CLOSE},
};

/* Texts of the dialog fit: it has no longer ones, and one that is no UTF-8 shows as nothing. */
static void widen(WCHAR *out, const char *text)
{
    const size_t length = utf16_from_utf8(out, DIALOG_TEXT_MAX - 1, text, strlen(text));
    out[length < DIALOG_TEXT_MAX ? length : 0] = 0;
}

bool controls_create(struct controls *controls, HWND window, enum dialog_language language)
{
    controls->window = window;
    for (unsigned i = 0; i < DIALOG_CONTROL_COUNT; i++) {
        const struct kind *kind = &kinds[i];
        WCHAR text[DIALOG_TEXT_MAX] = L"";
        const WORD id = kind->id != 0 ? kind->id : (WORD)(CONTROL_ID_FIRST + i);
        if (kind->text >= 0) {
            widen(text, dialog_text(language, (enum dialog_text)kind->text));
        }
        controls->each[i] =
            CreateWindowExW(kind->extended_style, kind->class_name, text, WS_CHILD | WS_VISIBLE | kind->style,
                            0, 0, 0, 0, window, (HMENU)(uintptr_t)id, NULL, NULL);
        if (controls->each[i] == NULL) {
            return false;
        }
    }
    SendMessageW(window, DM_SETDEFID, IDCANCEL, 0);
    return true;
}

bool controls_set_text(HWND window, const char *text)
{
    WCHAR wanted[DIALOG_TEXT_MAX];
    WCHAR present[DIALOG_TEXT_MAX];
    widen(wanted, text);
    GetWindowTextW(window, present, DIALOG_TEXT_MAX);
    if (wcscmp(wanted, present) == 0) {
        return false;
    }
    SetWindowTextW(window, wanted);
    return true;
}

/* Rows are written by this file alone: none is longer than a text. */
bool controls_read_row(HWND list, unsigned at, WCHAR *out)
{
    return SendMessageW(list, LB_GETTEXTLEN, at, 0) < (LRESULT)DIALOG_TEXT_MAX &&
           SendMessageW(list, LB_GETTEXT, at, (LPARAM)out) != LB_ERR;
}

bool controls_set_row(struct controls *controls, unsigned at, const char *text)
{
    const HWND list = controls->each[CONTROL_LINES];
    WCHAR wanted[DIALOG_TEXT_MAX];
    WCHAR present[DIALOG_TEXT_MAX];
    widen(wanted, text);
    const bool exists = at < (unsigned)SendMessageW(list, LB_GETCOUNT, 0, 0);
    if (exists && controls_read_row(list, at, present) && wcscmp(wanted, present) == 0) {
        return false;
    }
    const LRESULT selected = SendMessageW(list, LB_GETCURSEL, 0, 0);
    if (exists) {
        SendMessageW(list, LB_DELETESTRING, at, 0);
    }
    SendMessageW(list, LB_INSERTSTRING, at, (LPARAM)wanted);
    if (exists && selected == (LRESULT)at) {
        SendMessageW(list, LB_SETCURSEL, at, 0);
    }
    return true;
}

bool controls_end_rows(struct controls *controls, unsigned count)
{
    const HWND list = controls->each[CONTROL_LINES];
    bool changed = false;
    for (LRESULT last; (last = SendMessageW(list, LB_GETCOUNT, 0, 0)) > (LRESULT)count;) {
        SendMessageW(list, LB_DELETESTRING, (WPARAM)last - 1, 0);
        changed = true;
    }
    if (SendMessageW(list, LB_GETCURSEL, 0, 0) == LB_ERR) {
        /* A list without a selection says nothing when it gets the focus. */
        SendMessageW(list, LB_SETCURSEL, 0, 0);
    }
    return changed;
}

RECT controls_work_area(HWND window)
{
    MONITORINFO monitor = {.cbSize = sizeof monitor};
    if (!GetMonitorInfoW(MonitorFromWindow(window, MONITOR_DEFAULTTONEAREST), &monitor)) {
        SystemParametersInfoW(SPI_GETWORKAREA, 0, &monitor.rcWork, 0);
    }
    return monitor.rcWork;
}

static LONG within(LONG wanted, LONG size, LONG low, LONG high)
{
    const LONG last = high - size;
    const LONG at = wanted > last ? last : wanted;
    return at < low ? low : at;
}

void controls_center(const struct controls *controls)
{
    RECT own;
    RECT around;
    const HWND owner = GetWindow(controls->window, GW_OWNER);
    const RECT work = controls_work_area(owner != NULL ? owner : controls->window);
    GetWindowRect(controls->window, &own);
    if (owner == NULL || IsIconic(owner) || !IsWindowVisible(owner) || !GetWindowRect(owner, &around)) {
        around = work;
    }
    const LONG width = own.right - own.left;
    const LONG height = own.bottom - own.top;
    const LONG left = within((around.left + around.right - width) / 2, width, work.left, work.right);
    const LONG top = within((around.top + around.bottom - height) / 2, height, work.top, work.bottom);
    SetWindowPos(controls->window, NULL, left, top, 0, 0, SWP_NOSIZE | SWP_NOZORDER | SWP_NOACTIVATE);
}

void controls_destroy(struct controls *controls)
{
    if (controls->font != NULL) {
        DeleteObject(controls->font);
        controls->font = NULL;
    }
}

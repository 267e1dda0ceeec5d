#include "windows-dialog.h"

#include "../shim/architecture.h"
#include "../shim/utf16.h"
#include "windows-controls.h"
#include "windows-program.h"
#include "windows-scaling.h"
#include "windows-style.h"

#include <string.h>

/* The state is asked for again so often (ms), so that what is shown stays true while the dialog is open. */
#define REFRESH_INTERVAL 2000u
#define REFRESH_TIMER 1u

#define DIALOG_STYLE (WS_POPUP | WS_CAPTION | WS_SYSMENU | DS_MODALFRAME)

/* One dialog that is open, on the stack of the thread that shows it. */
struct dialog {
    TUISPIDLLCALLBACK ask;
    DWORD_PTR object;
    DWORD object_type;
    enum dialog_language language;
    struct controls controls;
    unsigned rows;
    bool changed; /* a text is another one: what is around it may have to move */
    char title[DIALOG_TEXT_MAX];
    uint8_t buffer[DIALOG_DATA_SIZE];
};

static void take_row(void *context, const struct dialog_line *line)
{
    struct dialog *dialog = context;
    char text[DIALOG_TEXT_MAX];
    dialog_row(text, dialog->language, line);
    dialog->changed |= controls_set_row(&dialog->controls, dialog->rows++, text);
}

/* Sends one question the way to the provider. 0, or why there is no answer in the buffer. */
static LONG exchange(struct dialog *dialog, const struct dialog_question *question)
{
    if (dialog->ask == NULL) {
        return TSPI_ERROR(OPERATIONFAILED);
    }
    dialog_ask(dialog->buffer, question);
    return dialog->ask(dialog->object, dialog->object_type, dialog->buffer, DIALOG_DATA_SIZE);
}

/* Asks for the state and all lines. False: there is no answer that can be used, and `problem` says why. */
static bool fetch(struct dialog *dialog, enum dialog_wish wish, struct dialog_state *state, char *problem)
{
    struct dialog_question question = {.wish = wish};
    uint16_t count = 0;
    dialog->rows = 0;
    do {
        const LONG error = exchange(dialog, &question);
        const enum dialog_answered answered =
            error != 0 ? DIALOG_NOT_ANSWERED
                       : dialog_read_answer(dialog->buffer, &question, state, &count, take_row, dialog);
        if (answered == DIALOG_NOT_ANSWERED) {
            dialog_no_answer(problem, dialog->language,
                             (uint32_t)(error != 0 ? error : TSPI_ERROR(OPERATIONUNAVAIL)));
            return false;
        }
        if (answered == DIALOG_OTHER_RELEASE) {
            dialog_other_release(problem, dialog->language, state->release);
            return false;
        }
        question = (struct dialog_question){.wish = DIALOG_SHOW, .first = question.first + count};
    } while (count > 0 && question.first < state->line_count);
    return true;
}

/* A control that cannot be used any more must not keep the focus: the keyboard would be lost. */
static void enable(struct dialog *dialog, enum dialog_control control, bool enabled)
{
    const HWND window = dialog->controls.each[control];
    if (!enabled && GetFocus() == window) {
        SendMessageW(dialog->controls.window, WM_NEXTDLGCTL, (WPARAM)dialog->controls.each[CONTROL_CLOSE],
                     TRUE);
    }
    EnableWindow(window, enabled);
}

static void set_text(struct dialog *dialog, enum dialog_control control, const char *text)
{
    dialog->changed |= controls_set_text(dialog->controls.each[control], text);
}

static void refresh(struct dialog *dialog, enum dialog_wish wish)
{
    char text[DIALOG_TEXT_MAX];
    struct dialog_state state;
    dialog->changed = false;
    const bool known = fetch(dialog, wish, &state, text);
    if (known) {
        if (dialog->rows == 0) {
            dialog->changed |= controls_set_row(&dialog->controls, dialog->rows++,
                                                dialog_text(dialog->language, TEXT_NO_LINES));
        }
        set_text(dialog, CONTROL_LINK,
                 dialog_text(dialog->language, state.link == DIALOG_LINK_UP ? TEXT_LINK_UP : TEXT_LINK_NONE));
        dialog_version(text, dialog->language, &state, SHIM_ARCHITECTURE);
    } else {
        dialog->rows = 0;
        set_text(dialog, CONTROL_LINK, text);
        dialog_version(text, dialog->language, NULL, SHIM_ARCHITECTURE);
    }
    set_text(dialog, CONTROL_VERSION, text);
    dialog->changed |= controls_end_rows(&dialog->controls, dialog->rows);
    enable(dialog, CONTROL_LINES, known);
    enable(dialog, CONTROL_TRACE, known);
    SendMessageW(dialog->controls.each[CONTROL_TRACE], BM_SETCHECK,
                 known && state.tracing ? BST_CHECKED : BST_UNCHECKED, 0);
    if (dialog->changed) {
        controls_arrange(&dialog->controls);
    }
}

static void say(const struct dialog *dialog, const char *text)
{
    WCHAR wide[DIALOG_TEXT_MAX];
    const size_t length = utf16_from_utf8(wide, DIALOG_TEXT_MAX - 1, text, strlen(text));
    wide[length < DIALOG_TEXT_MAX ? length : 0] = 0;
    MessageBoxW(dialog->controls.window, wide, L"Tapline", MB_OK | MB_ICONINFORMATION);
}

static void open_program(const struct dialog *dialog)
{
    WCHAR path[PROGRAM_PATH_MAX];
    char name[DIALOG_TEXT_MAX];
    char text[DIALOG_TEXT_MAX];
    switch (program_start(path)) {
    case PROGRAM_STARTED:
        break;
    case PROGRAM_NOT_INSTALLED:
        say(dialog, dialog_text(dialog->language, TEXT_NOT_INSTALLED));
        break;
    case PROGRAM_NEEDS_SHELL:
        say(dialog, dialog_text(dialog->language, TEXT_NOT_AS_ADMINISTRATOR));
        break;
    case PROGRAM_FAILED: {
        const DWORD error = GetLastError();
        if (utf16_to_utf8(name, sizeof name, path, wcslen(path)) == UTF16_INVALID) {
            strcpy(name, "Tapline.exe");
        }
        dialog_cannot_start(text, dialog->language, name, error);
        say(dialog, text);
    }
    }
}

static void toggle_trace(struct dialog *dialog)
{
    const bool checked = SendMessageW(dialog->controls.each[CONTROL_TRACE], BM_GETCHECK, 0, 0) == BST_CHECKED;
    refresh(dialog, checked ? DIALOG_STOP_TRACE : DIALOG_START_TRACE);
}

static void command(struct dialog *dialog, WORD id, WORD notification)
{
    if (id == IDOK || id == IDCANCEL) {
        EndDialog(dialog->controls.window, TRUE);
    } else if (notification != BN_CLICKED) {
        return;
    } else if (id == CONTROL_ID_FIRST + CONTROL_TRACE) {
        toggle_trace(dialog);
    } else if (id == CONTROL_ID_FIRST + CONTROL_OPEN) {
        open_program(dialog);
    }
}

static void begin(struct dialog *dialog, HWND window)
{
    SetWindowLongPtrW(window, DWLP_USER, (LONG_PTR)dialog);
    if (!controls_create(&dialog->controls, window, dialog->language)) {
        EndDialog(window, -1);
        return;
    }
    controls_set_text(window, dialog->title);
    refresh(dialog, DIALOG_SHOW);
    controls_center(&dialog->controls);
    SetFocus(dialog->controls
                 .each[IsWindowEnabled(dialog->controls.each[CONTROL_LINES]) ? CONTROL_LINES : CONTROL_OPEN]);
    SetTimer(window, REFRESH_TIMER, REFRESH_INTERVAL, NULL);
}

/* To another monitor, or another scaling of this one: Windows proposes where the window goes. */
static void rescale(struct dialog *dialog, const RECT *proposed)
{
    SetWindowPos(dialog->controls.window, NULL, proposed->left, proposed->top, 0, 0,
                 SWP_NOSIZE | SWP_NOZORDER | SWP_NOACTIVATE);
    controls_arrange(&dialog->controls);
}

static INT_PTR CALLBACK handle(HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
    struct dialog *dialog = message == WM_INITDIALOG ? (struct dialog *)parameter
                                                     : (struct dialog *)GetWindowLongPtrW(window, DWLP_USER);
    if (dialog == NULL) {
        return FALSE;
    }
    switch (message) {
    case WM_INITDIALOG:
        begin(dialog, window);
        return FALSE; /* the focus is set */
    case WM_COMMAND:
        command(dialog, LOWORD(wide), HIWORD(wide));
        return TRUE;
    case WM_TIMER:
        refresh(dialog, DIALOG_SHOW);
        return TRUE;
    case WM_DPICHANGED:
        rescale(dialog, (const RECT *)parameter);
        return TRUE;
    case WM_SETTINGCHANGE:
        controls_arrange(&dialog->controls); /* the message font may be another one */
        return TRUE;
    default:
        return FALSE;
    }
}

static void ignore_row(void *context, const struct dialog_line *line)
{
    (void)context;
    (void)line;
}

static void name_title(void *context, const struct dialog_line *line)
{
    struct dialog *dialog = context;
    dialog_title(dialog->title, dialog->language, line->name.size > 0 ? line->name : line->number);
}

/* Whether there is something to show a dialog of; takes its title from the answer. */
static LONG prepare(struct dialog *dialog)
{
    const struct dialog_question question = {.wish = DIALOG_SHOW};
    const bool is_line = dialog->object_type == TUISPIDLL_OBJECT_LINEID;
    struct dialog_state state;
    uint16_t count = 0;
    dialog->language = dialog_language_of(GetUserDefaultUILanguage());
    dialog_title(dialog->title, dialog->language, (wire_text){0});
    const LONG error = exchange(dialog, &question);
    if (error == 0) {
        dialog_read_answer(dialog->buffer, &question, &state, &count, is_line ? name_title : ignore_row,
                           dialog);
    }
    /* Any other error is for people to read, in the dialog. */
    return is_line && (error == TSPI_ERROR(BADDEVICEID) || error == TSPI_ERROR(NODEVICE)) ? error : 0;
}

LONG dialog_show(TUISPIDLLCALLBACK ask, DWORD_PTR object, DWORD object_type, HWND owner)
{
    struct dialog dialog = {.ask = ask, .object = object, .object_type = object_type};
    /* An empty template: no menu, the class of dialogs, no title, no controls. */
    _Alignas(DWORD) const struct {
        DLGTEMPLATE head;
        WORD menu;
        WORD class_name;
        WORD title;
    } frame = {.head = {.style = DIALOG_STYLE, .cx = 100, .cy = 100}};
    if (owner != NULL && !IsWindow(owner)) {
        return TSPI_ERROR(OPERATIONFAILED);
    }
    const LONG error = prepare(&dialog);
    if (error != 0) {
        return error;
    }
    void *before = scaling_enter();
    const struct style style = style_enter();
    const INT_PTR shown =
        DialogBoxIndirectParamW(GetModuleHandleW(NULL), &frame.head, owner, handle, (LPARAM)&dialog);
    style_leave(&style);
    scaling_leave(before);
    controls_destroy(&dialog.controls);
    return shown > 0 ? 0 : TSPI_ERROR(OPERATIONFAILED);
}

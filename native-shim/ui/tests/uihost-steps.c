#include "uihost-steps.h"

#include "uihost-picture.h"

#include "../../host/output.h"
#include "../../shim/utf16.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 2048
#define WAIT_MS 30000u
#define PAUSE_MS 10u

static HANDLE thread;
static HANDLE returned; /* the call that shows the dialog is over */
static DWORD main_thread;
static char **words;
static int word_count;
static bool failed;

static void fail(const char *problem)
{
    struct output out;
    failed = true;
    output_begin(&out, "problem");
    output_text(&out, "problem", problem);
    output_end(&out);
}

struct search {
    HWND other_than;
    HWND found;
};

static BOOL CALLBACK look(HWND window, LPARAM parameter)
{
    struct search *search = (struct search *)parameter;
    WCHAR name[16];
    GetClassNameW(window, name, 16);
    if (wcscmp(name, L"#32770") == 0 && window != search->other_than && IsWindowVisible(window)) {
        search->found = window;
        return FALSE;
    }
    return TRUE;
}

/* A dialog of the main thread that is on the screen; NULL: none came in time. */
static HWND wait_for_dialog(HWND other_than)
{
    const DWORD start = GetTickCount();
    struct search search = {.other_than = other_than};
    while (search.found == NULL && GetTickCount() - start < WAIT_MS &&
           WaitForSingleObject(returned, 0) == WAIT_TIMEOUT) {
        EnumThreadWindows(main_thread, look, (LPARAM)&search);
        Sleep(PAUSE_MS);
    }
    return search.found;
}

static HWND focus(void)
{
    GUITHREADINFO info = {.cbSize = sizeof info};
    return GetGUIThreadInfo(main_thread, &info) ? info.hwndFocus : NULL;
}

static void write_wide(struct output *out, const char *name, const WCHAR *text)
{
    char narrow[TEXT_MAX * 3];
    if (utf16_to_utf8(narrow, sizeof narrow, text, wcslen(text)) == UTF16_INVALID) {
        strcpy(narrow, "?");
    }
    output_text(out, name, narrow);
}

static void show_control(HWND dialog, HWND control, int at)
{
    struct output out;
    WCHAR text[TEXT_MAX] = L"";
    RECT place;
    const LONG style = GetWindowLongW(control, GWL_STYLE);
    GetClassNameW(control, text, 64);
    GetWindowRect(control, &place);
    MapWindowPoints(NULL, dialog, (POINT *)&place, 2);
    output_begin(&out, "control");
    output_number(&out, "at", at);
    write_wide(&out, "class", text);
    SendMessageW(control, WM_GETTEXT, TEXT_MAX, (LPARAM)text);
    write_wide(&out, "text", text);
    output_number(&out, "id", GetDlgCtrlID(control));
    output_number(&out, "x", place.left);
    output_number(&out, "y", place.top);
    output_number(&out, "width", place.right - place.left);
    output_number(&out, "height", place.bottom - place.top);
    output_bool(&out, "tabStop", (style & WS_TABSTOP) != 0);
    output_bool(&out, "enabled", IsWindowEnabled(control));
    output_bool(&out, "checked", SendMessageW(control, BM_GETCHECK, 0, 0) == BST_CHECKED);
    output_bool(&out, "focus", focus() == control);
    output_end(&out);
}

static void show_rows(HWND list)
{
    WCHAR text[TEXT_MAX];
    const LRESULT count = SendMessageW(list, LB_GETCOUNT, 0, 0);
    for (LRESULT at = 0; at < count; at++) {
        struct output out;
        SendMessageW(list, LB_GETTEXT, (WPARAM)at, (LPARAM)text);
        output_begin(&out, "row");
        write_wide(&out, "text", text);
        output_bool(&out, "selected", SendMessageW(list, LB_GETCURSEL, 0, 0) == at);
        output_end(&out);
    }
}

static void show(HWND dialog)
{
    struct output out;
    WCHAR text[TEXT_MAX];
    RECT client;
    RECT window;
    MONITORINFO monitor = {.cbSize = sizeof monitor};
    GetWindowTextW(dialog, text, TEXT_MAX);
    GetClientRect(dialog, &client);
    GetWindowRect(dialog, &window);
    GetMonitorInfoW(MonitorFromWindow(dialog, MONITOR_DEFAULTTONEAREST), &monitor);
    const HMODULE controls = GetModuleHandleW(L"comctl32.dll");
    WCHAR origin[MAX_PATH] = {0};
    if (controls != NULL) {
        GetModuleFileNameW(controls, origin, MAX_PATH);
    }
    output_begin(&out, "dialog");
    write_wide(&out, "commonControls", origin);
    write_wide(&out, "title", text);
    output_number(&out, "dpi", GetDpiForWindow(dialog));
    output_number(&out, "width", client.right);
    output_number(&out, "height", client.bottom);
    output_bool(&out, "inView",
                window.left >= monitor.rcWork.left && window.top >= monitor.rcWork.top &&
                    window.right <= monitor.rcWork.right && window.bottom <= monitor.rcWork.bottom);
    output_end(&out);
    int at = 0;
    for (HWND child = GetWindow(dialog, GW_CHILD); child != NULL; child = GetWindow(child, GW_HWNDNEXT)) {
        WCHAR name[16];
        show_control(dialog, child, at++);
        GetClassNameW(child, name, 16);
        if (_wcsicmp(name, L"ListBox") == 0) {
            show_rows(child);
        }
    }
}

/* Waits until the dialog's thread has taken every message that was sent to it before. */
static void settle(HWND dialog)
{
    DWORD_PTR answer;
    const DWORD start = GetTickCount();
    do {
        Sleep(PAUSE_MS);
        SendMessageTimeoutW(dialog, WM_NULL, 0, 0, SMTO_NORMAL, 5000, &answer);
    } while (GetTickCount() - start < 10 * PAUSE_MS);
}

static void press(HWND dialog, const char *key)
{
    static const struct {
        const char *name;
        WPARAM code;
    } keys[] = {{"tab", VK_TAB},       {"back", VK_TAB},    {"enter", VK_RETURN},
                {"escape", VK_ESCAPE}, {"space", VK_SPACE}, {"down", VK_DOWN}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].name, key) != 0) {
            continue;
        }
        const HWND target = focus();
        if (strcmp(key, "back") == 0) {
            /* A posted key does not press Shift: the dialog is asked for the step itself. */
            SendMessageW(dialog, WM_NEXTDLGCTL, 1, FALSE);
        } else {
            PostMessageW(target, WM_KEYDOWN, keys[i].code, 1);
            PostMessageW(target, WM_KEYUP, keys[i].code, (LPARAM)0xC0000001);
        }
        settle(dialog);
        return;
    }
    fail("unknown key");
}

static void show_message(HWND dialog)
{
    struct output out;
    WCHAR text[TEXT_MAX] = L"";
    const HWND box = wait_for_dialog(dialog);
    if (box == NULL) {
        fail("no message box came");
        return;
    }
    settle(box);
    GetWindowTextW(GetDlgItem(box, 0xFFFF), text, TEXT_MAX);
    output_begin(&out, "message");
    write_wide(&out, "text", text);
    output_bool(&out, "dialogEnabled", IsWindowEnabled(dialog));
    output_end(&out);
    SendMessageW(box, WM_COMMAND, IDOK, 0);
    settle(dialog);
}

/* As Windows announces it: with the place it proposes. */
static void scale(HWND dialog, UINT dpi)
{
    RECT proposed;
    GetWindowRect(dialog, &proposed);
    SendMessageW(dialog, WM_DPICHANGED, MAKEWPARAM(dpi, dpi), (LPARAM)&proposed);
    settle(dialog);
}

static void show_owner(HWND dialog)
{
    struct output out;
    const HWND owner = GetWindow(dialog, GW_OWNER);
    output_begin(&out, "ownerMeanwhile");
    output_bool(&out, "exists", owner != NULL);
    output_bool(&out, "enabled", owner != NULL && IsWindowEnabled(owner));
    output_end(&out);
}

static void picture(HWND dialog, const char *path)
{
    SetForegroundWindow(dialog);
    RedrawWindow(dialog, NULL, NULL,
                 RDW_INVALIDATE | RDW_ERASE | RDW_FRAME | RDW_ALLCHILDREN | RDW_UPDATENOW);
    settle(dialog); /* what is half painted would be in the picture */
    if (!take_picture(dialog, path)) {
        fail("no picture");
    }
}

static void take_step(HWND dialog, const char *word)
{
    if (strcmp(word, "show") == 0) {
        show(dialog);
    } else if (strncmp(word, "press-", 6) == 0) {
        press(dialog, word + 6);
    } else if (strncmp(word, "alt-", 4) == 0) {
        PostMessageW(focus(), WM_SYSCHAR, (WPARAM)(unsigned char)word[4], 1 | 1 << 29);
        settle(dialog);
    } else if (strcmp(word, "message") == 0) {
        show_message(dialog);
    } else if (strncmp(word, "scale-", 6) == 0) {
        scale(dialog, (UINT)strtoul(word + 6, NULL, 10));
    } else if (strcmp(word, "owner") == 0) {
        show_owner(dialog);
    } else if (strncmp(word, "picture-", 8) == 0) {
        picture(dialog, word + 8);
    } else {
        fail("unknown step");
    }
}

static DWORD WINAPI run(LPVOID parameter)
{
    (void)parameter;
    const HWND dialog = wait_for_dialog(NULL);
    if (dialog == NULL) {
        fail("no dialog came");
        return 0;
    }
    settle(dialog);
    for (int i = 0; i < word_count && IsWindow(dialog); i++) {
        take_step(dialog, words[i]);
    }
    struct output out;
    output_begin(&out, "stepsDone");
    output_bool(&out, "open", IsWindow(dialog));
    output_end(&out);
    if (IsWindow(dialog)) {
        PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    }
    return 0;
}

void steps_begin(char **steps, int count)
{
    words = steps;
    word_count = count;
    main_thread = GetCurrentThreadId();
    if (count > 0) {
        returned = CreateEventW(NULL, TRUE, FALSE, NULL);
        thread = CreateThread(NULL, 0, run, NULL, 0, NULL);
    }
}

void steps_end(void)
{
    if (thread == NULL) {
        return;
    }
    SetEvent(returned);
    if (WaitForSingleObject(thread, WAIT_MS) != WAIT_OBJECT_0) {
        fail("the steps do not end");
    }
    CloseHandle(thread);
    CloseHandle(returned);
    thread = NULL;
}

bool steps_failed(void)
{
    return failed;
}

/*
 * uihost: plays tapi32 in a program that wants a dialog, and the telephony service behind it; then drives the
 * dialog as a person would, by the keys it gets and the buttons that are pressed. For tests under Windows and
 * Wine only.
 *
 *   uihost <provider> <mood> <call> <owner> [step ...]
 *
 * call: config, line, strangeline, strangeclass, install, remove, or rounds: config again and again, closed
 * at once mood: well, refuses (the service answers with an error), garbles (with other bytes), older (another
 * version) owner: none, window, bad (no window any more), shell (none, and this program is the desktop's
 * shell) Each step is a word, see uihost-steps.h. Writes one JSON object per line. Without words it is what
 * "Open Tapline" starts: it notes in its folder, in started.txt, how it was started.
 */
#include "uihost-steps.h"

#include "../../host/output.h"
#include "../../shim/telephony.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROVIDER_ID 7u
#define FIRST_DEVICE 10u
#define VERSION 0x00030001u

#define ROUNDS 25u
#define ROUNDS_FIRST 5u
#define GDI_OBJECTS_MAX 0xFFFFu

struct ui {
#define FIELD(name, call, address, line) __typeof__(&name) name;
    TAPLINE_UI_EXPORTS(FIELD)
    FIELD(TSPI_lineNegotiateTSPIVersion, 0, 0, 0)
    FIELD(TSPI_providerEnumDevices, 0, 0, 0)
    FIELD(TSPI_providerInit, 0, 0, 0)
    FIELD(TSPI_providerShutdown, 0, 0, 0)
    FIELD(TSPI_providerUIIdentify, 0, 0, 0)
    FIELD(TSPI_providerGenericDialogData, 0, 0, 0)
#undef FIELD
};

static struct ui ui;
static HMODULE library; /* stays: dialogs run in it to the end */
static HMODULE telephony;
static const char *mood;

static bool load(const char *path)
{
    library = LoadLibraryA(path);
#define GET(name, call, address, line) \
    { \
        const FARPROC found = library == NULL ? NULL : GetProcAddress(library, #name); \
        memcpy(&ui.name, &found, sizeof found); \
        if (found == NULL) { \
            return false; \
        } \
    }
    TAPLINE_UI_EXPORTS(GET)
    GET(TSPI_lineNegotiateTSPIVersion, 0, 0, 0)
    GET(TSPI_providerEnumDevices, 0, 0, 0)
    GET(TSPI_providerInit, 0, 0, 0)
    GET(TSPI_providerShutdown, 0, 0, 0)
    GET(TSPI_providerUIIdentify, 0, 0, 0)
    GET(TSPI_providerGenericDialogData, 0, 0, 0)
#undef GET
    return true;
}

/* As tapi32 and the service carry a question over: the bytes are copied there and back. */
static LONG CALLBACK ask(DWORD_PTR object, DWORD type, LPVOID parameters, DWORD size)
{
    if (strcmp(mood, "refuses") == 0) {
        return TSPI_ERROR(OPERATIONFAILED);
    }
    BYTE *copy = malloc(size);
    if (copy == NULL) {
        return TSPI_ERROR(NOMEM);
    }
    memcpy(copy, parameters, size);
    const LONG result = ui.TSPI_providerGenericDialogData(object, type, copy, size);
    if (strcmp(mood, "older") == 0) {
        copy[4]++; /* the version of the answer */
    }
    if (strcmp(mood, "garbles") == 0) {
        memset(copy + 8, 0xA5, size - 8);
    }
    memcpy(parameters, copy, size);
    free(copy);
    return result;
}

static void CALLBACK on_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR one, DWORD_PTR two,
                              DWORD_PTR three)
{
    (void)line;
    (void)call;
    (void)message;
    (void)one;
    (void)two;
    (void)three;
}

static void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    (void)id;
    (void)result;
}

static void write_return(const char *what, LONG result)
{
    struct output out;
    output_begin(&out, "return");
    output_text(&out, "command", what);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
}

static bool start_provider(void)
{
    DWORD version = 0;
    DWORD lines = 0;
    DWORD phones = 0;
    DWORD options = 0;
    return ui.TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, VERSION, VERSION, &version) == 0 &&
           ui.TSPI_providerEnumDevices(PROVIDER_ID, &lines, &phones, NULL, on_event, NULL) == 0 &&
           ui.TSPI_providerInit(version, PROVIDER_ID, FIRST_DEVICE, 0, lines, phones, on_completion,
                                &options) == 0;
}

static void write_identity(void)
{
    struct output out;
    WCHAR path[MAX_PATH];
    memset(path, 0x5A, sizeof path);
    write_return("providerUIIdentify", ui.TSPI_providerUIIdentify(path));
    output_begin(&out, "identity");
    output_bool(&out, "exists", GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES);
    output_number(&out, "length", (int64_t)wcslen(path));
    output_end(&out);
}

static int note_start(void)
{
    FILE *file = fopen("started.txt", "w");
    if (file == NULL) {
        return 2;
    }
    fprintf(file, "%s", GetCommandLineA());
    return fclose(file);
}

/* What explorer does when a user signs in. Neither header nor import library has the function. */
static void become_shell(void)
{
    BOOL(WINAPI * set)(HWND) = NULL;
    const FARPROC address = GetProcAddress(GetModuleHandleW(L"user32.dll"), "SetShellWindow");
    memcpy(&set, &address, sizeof set);
    set(CreateWindowExW(0, L"STATIC", L"shell", WS_POPUP, 0, 0, 10, 10, NULL, NULL, NULL, NULL));
}

static HWND make_owner(const char *kind)
{
    if (strcmp(kind, "shell") == 0) {
        become_shell();
        return NULL;
    }
    if (strcmp(kind, "bad") == 0) {
        return (HWND)(uintptr_t)0x7FFFFFF1;
    }
    return strcmp(kind, "none") == 0
               ? NULL
               : CreateWindowExW(0, L"STATIC", L"owner", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 40, 40, 500, 400,
                                 NULL, NULL, NULL, NULL);
}

static LONG call(const char *what, HWND owner)
{
    if (strcmp(what, "config") == 0) {
        return ui.TUISPI_providerConfig(ask, owner, PROVIDER_ID);
    }
    if (strcmp(what, "line") == 0) {
        return ui.TUISPI_lineConfigDialog(ask, FIRST_DEVICE, owner, L"tapi/line");
    }
    if (strcmp(what, "strangeline") == 0) {
        return ui.TUISPI_lineConfigDialog(ask, 99, owner, NULL);
    }
    if (strcmp(what, "strangeclass") == 0) {
        return ui.TUISPI_lineConfigDialog(ask, FIRST_DEVICE, owner, L"wave/in");
    }
    return strcmp(what, "install") == 0 ? ui.TUISPI_providerInstall(ask, owner, PROVIDER_ID)
                                        : ui.TUISPI_providerRemove(ask, owner, PROVIDER_ID);
}

/* Objects of GDI that live. Windows counts them; Wine does not, but knows an object by its number alone. */
static DWORD gdi_objects(void)
{
    DWORD numbered = 0;
    const DWORD count = GetGuiResources(GetCurrentProcess(), GR_GDIOBJECTS);
    for (DWORD_PTR number = 1; count == 0 && number <= GDI_OBJECTS_MAX; number++) {
        numbered += GetObjectType((HGDIOBJ)number) != 0 ? 1u : 0u;
    }
    return count != 0 ? count : numbered;
}

/* The first rounds load what stays loaded. */
static void run_rounds(HWND owner)
{
    static char *show[] = {"owner"};
    struct output out;
    DWORD handles = 0;
    DWORD objects = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        if (round == ROUNDS_FIRST) {
            GetProcessHandleCount(GetCurrentProcess(), &handles);
            objects = gdi_objects();
        }
        steps_begin(show, 1);
        ui.TUISPI_providerConfig(ask, owner, PROVIDER_ID);
        steps_end();
    }
    DWORD handles_after = 0;
    GetProcessHandleCount(GetCurrentProcess(), &handles_after);
    output_begin(&out, "rounds");
    output_number(&out, "handles", (int64_t)handles_after - handles);
    output_number(&out, "objects", (int64_t)gdi_objects() - objects);
    output_end(&out);
}

int main(int argc, char **argv)
{
    if (argc == 1) {
        return note_start();
    }
    if (argc < 5) {
        fprintf(stderr, "usage: uihost <provider> <mood> <call> <owner> [step ...]\n");
        return 2;
    }
    mood = argv[2];
    if (strcmp(argv[3], "install") == 0) {
        telephony = LoadLibraryW(L"tapi32.dll"); /* which a program that installs a provider has */
    }
    if (!load(argv[1]) || !start_provider()) {
        fprintf(stderr, "the provider cannot be started\n");
        return 2;
    }
    write_identity();
    const HWND owner = make_owner(argv[4]);
    if (strcmp(argv[3], "rounds") == 0) {
        run_rounds(owner);
        ui.TSPI_providerShutdown(VERSION, PROVIDER_ID);
        return steps_failed() ? 1 : 0;
    }
    steps_begin(argv + 5, argc - 5);
    const LONG result = call(argv[3], owner);
    steps_end();
    write_return(argv[3], result);
    struct output out;
    output_begin(&out, "owner");
    output_bool(&out, "enabled", owner == NULL || IsWindowEnabled(owner));
    output_end(&out);
    ui.TSPI_providerShutdown(VERSION, PROVIDER_ID);
    return steps_failed() ? 1 : 0;
}

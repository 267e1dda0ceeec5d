#include "texts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PRIMARY_LANGUAGE_BITS 0x3FFu
#define GERMAN 0x07u

#ifdef __MINGW32__
#define DIALOG_FORMAT __attribute__((format(ms_printf, 2, 3)))
#else
#define DIALOG_FORMAT __attribute__((format(printf, 2, 3)))
#endif

static const char *const texts[DIALOG_TEXT_COUNT][2] = {
    [TEXT_VERSION_LABEL] = {"Version:", "Version:"},
    [TEXT_LINK_LABEL] = {"Link:", "Verbindung:"},
    [TEXT_LINK_UP] = {"Tapline is running and connected.", "Tapline läuft und ist verbunden."},
    [TEXT_LINK_NONE] = {"Tapline is not running, or not connected yet. Open Tapline.",
                        "Tapline läuft nicht oder ist noch nicht verbunden. Öffnen Sie Tapline."},
    [TEXT_LINES_LABEL] = {"&Lines:", "&Leitungen:"},
    [TEXT_NO_LINES] = {"There are no lines. Open Tapline and sign in.",
                       "Es gibt keine Leitungen. Öffnen Sie Tapline und melden Sie sich an."},
    [TEXT_TRACE] = {"&Record a trace of the telephony service",
                    "&Protokoll des Telefoniedienstes aufzeichnen"},
    [TEXT_TRACE_NOTE] =
        {"It is in Tapline's diagnostics, and in programs like DebugView. No phone number and no "
         "name is recorded. The trace ends with the telephony service.",
         "Es steht in der Diagnose von Tapline und in Programmen wie DebugView. Rufnummern und "
         "Namen werden nicht aufgezeichnet. Das Protokoll endet mit dem Telefoniedienst."},
    [TEXT_OPEN] = {"&Open Tapline", "Tapline ö&ffnen"},
    [TEXT_CLOSE] = {"&Close", "&Schließen"},
    [TEXT_NOT_INSTALLED] =
        {"Tapline is not installed on this computer, or not completely. Run Tapline's installer.",
         "Tapline ist auf diesem Computer nicht oder nicht vollständig installiert. Starten Sie "
         "das Setup von Tapline."},
    [TEXT_NOT_AS_ADMINISTRATOR] =
        {"Tapline was not opened: it would have had this program's administrator rights. "
         "Open Tapline from the Start menu.",
         "Tapline wurde nicht geöffnet, denn es hätte die Administratorrechte dieses "
         "Programms bekommen. Öffnen Sie Tapline aus dem Startmenü."},
};

enum dialog_language dialog_language_of(uint16_t language_id)
{
    return (language_id & PRIMARY_LANGUAGE_BITS) == GERMAN ? DIALOG_GERMAN : DIALOG_ENGLISH;
}

const char *dialog_text(enum dialog_language language, enum dialog_text which)
{
    return texts[which][language];
}

/* Removes a character that was cut: half of one is no UTF-8. */
static void end_at_character(char *out)
{
    size_t end = DIALOG_TEXT_MAX - 1;
    while (end > 0 && ((unsigned char)out[end - 1] & 0xC0u) == 0x80u) {
        end--;
    }
    out[end > 0 ? end - 1 : 0] = '\0';
}

static void DIALOG_FORMAT write_text(char *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int size = vsnprintf(out, DIALOG_TEXT_MAX, format, arguments);
    va_end(arguments);
    out[DIALOG_TEXT_MAX - 1] = '\0';
    if (size < 0 || size >= (int)DIALOG_TEXT_MAX) {
        end_at_character(out);
    }
}

/* The formats stand here, not in a table, so that the compiler checks each against its arguments. */
#define WRITE(out, language, english, german, ...) \
    ((language) == DIALOG_GERMAN ? write_text(out, german, __VA_ARGS__) \
                                 : write_text(out, english, __VA_ARGS__))

static const char *architecture_name(uint8_t architecture)
{
    switch (architecture) {
    case WIRE_ARCHITECTURE_X86:
        return "x86";
    case WIRE_ARCHITECTURE_X64:
        return "x64";
    case WIRE_ARCHITECTURE_ARM64:
        return "ARM64";
    default:
        return "?";
    }
}

void dialog_title(char *out, enum dialog_language language, wire_text line)
{
    if (line.size == 0) {
        write_text(out, "Tapline: %s", language == DIALOG_GERMAN ? "Telefonleitungen" : "telephone lines");
    } else {
        write_text(out, "Tapline: %.*s", (int)line.size, line.data);
    }
}

void dialog_version(char *out, enum dialog_language language, const struct dialog_state *state,
                    uint8_t own_architecture)
{
    const char *own = architecture_name(own_architecture);
    if (state == NULL) {
        WRITE(out, language, "%s (this program: %s)", "%s (dieses Programm: %s)", TAPLINE_VERSION, own);
        return;
    }
    WRITE(out, language, "%.*s (telephony service: %s, this program: %s)",
          "%.*s (Telefoniedienst: %s, dieses Programm: %s)", (int)state->release.size, state->release.data,
          architecture_name(state->architecture), own);
}

void dialog_row(char *out, enum dialog_language language, const struct dialog_line *line)
{
    static const char *const states[2][2][2] = {
        {{"out of service", "außer Betrieb"}, {"out of service, in use", "außer Betrieb, in Gebrauch"}},
        {{"in service", "in Betrieb"}, {"in service, in use", "in Betrieb, in Gebrauch"}},
    };
    write_text(out, "%.*s\t%.*s\t%s", (int)line->name.size, line->name.data, (int)line->number.size,
               line->number.data, states[line->in_service][line->open][language]);
    /* A tab in a name would move what follows into another column. */
    for (size_t at = 0; at < line->name.size; at++) {
        if (out[at] == '\t') {
            out[at] = ' ';
        }
    }
}

void dialog_no_answer(char *out, enum dialog_language language, uint32_t error)
{
    WRITE(out, language,
          "The telephony service gives no information (0x%08x). Close this window and open it again; if that "
          "does "
          "not help, restart Windows.",
          "Der Telefoniedienst gibt keine Auskunft (0x%08x). Schließen Sie dieses Fenster und öffnen Sie es "
          "noch "
          "einmal; hilft das nicht, starten Sie Windows neu.",
          (unsigned)error);
}

void dialog_other_release(char *out, enum dialog_language language, wire_text release)
{
    WRITE(
        out, language,
        "The telephony service still runs Tapline %.*s, this window belongs to Tapline %s. Restart Windows.",
        "Der Telefoniedienst läuft noch mit Tapline %.*s, dieses Fenster gehört zu Tapline %s. Starten Sie "
        "Windows neu.",
        (int)release.size, release.data, TAPLINE_VERSION);
}

void dialog_cannot_start(char *out, enum dialog_language language, const char *path, uint32_t error)
{
    WRITE(out, language, "Windows could not start %s (error %u). Run Tapline's installer again.",
          "Windows konnte %s nicht starten (Fehler %u). Starten Sie das Setup von Tapline noch einmal.", path,
          (unsigned)error);
}

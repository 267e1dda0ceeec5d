#include "status.h"

#include "console.h"
#include "explain.h"
#include "kept-lines.h"
#include "verdict.h"

#include <stdio.h>

#define QUOTED_MAX 2100

static struct situation now;

/* A text as JSON has it, at most QUOTED_MAX bytes; valid until the next call. */
static const char *quoted(const char *text, size_t size)
{
    static char out[QUOTED_MAX];
    size_t used = 0;
    out[used++] = '"';
    for (size_t i = 0; i < size && used < sizeof out - 8; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\') {
            out[used++] = '\\';
            out[used++] = (char)byte;
        } else if (byte < 0x20) {
            used += (size_t)snprintf(out + used, sizeof out - used, "\\u%04x", byte);
        } else {
            out[used++] = (char)byte;
        }
    }
    out[used++] = '"';
    out[used] = '\0';
    return out;
}

static const char *quoted_name(const WCHAR *name)
{
    const char *text = console_name(name);
    return quoted(text, strlen(text));
}

static const char *state_name(enum setup_exit outcome)
{
    switch (outcome) {
    case SETUP_DONE:
        return "ready";
    case SETUP_NOT_REGISTERED:
        return "notRegistered";
    case SETUP_LIBRARY_MISSING:
        return "libraryMissing";
    case SETUP_WRONG_ARCHITECTURE:
        return "wrongArchitecture";
    case SETUP_OTHER_VERSION:
        return "otherVersion";
    case SETUP_NEEDS_REPAIR:
        return "needsRepair";
    default:
        return "telephonyRefused";
    }
}

/* A member of plain characters; the empty text is null. */
static void print_text_or_null(const char *name, const char *value)
{
    if (value[0] == '\0') {
        console_print("\"%s\":null", name);
    } else {
        console_print("\"%s\":\"%s\"", name, value);
    }
}

static void print_line_json(void *context, const wire_line *line)
{
    unsigned *count = context;
    console_print("%s{\"number\":%u,\"name\":%s}", (*count)++ == 0 ? "[" : ",", line->line,
                  quoted(line->name.data, line->name.size));
}

static void print_json(enum setup_exit verdict)
{
    const struct library_file *library = &now.library;
    unsigned lines = 0;
    console_print("{\"state\":\"%s\",\"exitCode\":%d,", state_name(verdict), (int)verdict);
    print_text_or_null("error", now.error == 0 ? "" : telephony_error_name(now.error));
    console_print(",\"version\":\"%s\",\"wantedArchitecture\":\"%s\",\"providers\":[", TAPLINE_VERSION,
                  library_machine_name(now.wanted_machine));
    for (unsigned i = 0; i < now.own.count; i++) {
        const struct own_entry *entry = &now.own.entries[i];
        console_print("%s{\"id\":%lu,\"file\":%s,\"inSystemFolder\":%s}", i == 0 ? "" : ",", entry->id,
                      quoted_name(entry->file), entry->in_system_folder ? "true" : "false");
    }
    console_print("],\"library\":{\"path\":%s,\"present\":%s,", quoted_name(library->path),
                  library->present ? "true" : "false");
    print_text_or_null("architecture", library->machine == 0 ? "" : library_machine_name(library->machine));
    console_print(",");
    print_text_or_null("version", library->version);
    console_print("},\"lines\":");
    const bool readable = kept_lines_each(print_line_json, &lines);
    console_print("%s}\n", !readable ? "null" : lines == 0 ? "[]" : "]");
}

static void print_line(void *context, const wire_line *line)
{
    (void)context;
    console_print("  %10u  %.*s\n", line->line, (int)line->name.size, line->name.data);
}

static void print_text(enum setup_exit verdict)
{
    if (verdict == SETUP_DONE) {
        console_print(console_choose("Tapline %s is registered and in order (provider %lu).\n",
                                     "Tapline %s ist eingetragen und in Ordnung (Anbieter %lu).\n"),
                      TAPLINE_VERSION, now.own.entries[0].id);
    } else if (verdict == SETUP_NOT_REGISTERED) {
        console_complain("%s", console_choose("Tapline is not registered with Windows telephony. Run "
                                              "tsp-setup install.\n",
                                              "Tapline ist nicht in die Windows-Telefonie eingetragen. "
                                              "Starten Sie tsp-setup install.\n"));
    } else if (verdict == SETUP_TELEPHONY_REFUSED) {
        explain_telephony(now.error);
    } else {
        explain(verdict, &now);
    }
    console_print("%s", console_choose("Lines kept on this machine:\n",
                                       "Auf diesem Rechner gespeicherte Leitungen:\n"));
    if (!kept_lines_each(print_line, NULL)) {
        console_print("%s", console_choose("  none that this user may read\n",
                                           "  keine, die dieser Benutzer lesen darf\n"));
    }
}

enum setup_exit status_show(bool json)
{
    situation_look(&now);
    const enum setup_exit verdict = situation_verdict(&now);
    if (json) {
        print_json(verdict);
    } else {
        print_text(verdict);
    }
    return verdict;
}

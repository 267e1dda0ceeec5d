/*
 * tsphost: plays the telephony service. Loads the provider, starts it, runs the commands of standard input,
 * and stops it. Writes one JSON object per line; ends with 1 when the provider broke a rule, with 2 when it
 * could not be started.
 */
#include "book.h"
#include "callbacks.h"
#include "commands.h"
#include "library.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OLDEST_VERSION 0x00010003u
#define NEWEST_VERSION 0x00030001u
#define PERMANENT_PROVIDER_ID 7u
#define LINE_DEVICE_ID_BASE 10u
#define PROVIDER_HANDLE ((HPROVIDER)(uintptr_t)0x5150)
#define COMMAND_MAX 1024

/* The telephony service may count fewer lines than the provider has. */
static DWORD counted_lines_max = 0xFFFFFFFFu;

static bool write_step(const char *command, LONG result)
{
    struct output out;
    output_begin(&out, "return");
    output_text(&out, "command", command);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
    return result == 0;
}

/* The lines the provider counted, with the ids they have from here on. */
static void note_lines(DWORD count)
{
    struct output out;
    for (DWORD device = LINE_DEVICE_ID_BASE; device < LINE_DEVICE_ID_BASE + count; device++) {
        book_lock();
        const bool noted = book_line_create(device) != NULL;
        book_unlock();
        if (!noted) {
            violation("too many lines", "the host has no room for another line");
            return;
        }
        output_begin(&out, "line");
        output_number(&out, "device", device);
        output_end(&out);
    }
}

static bool start(void)
{
    DWORD line_count = 99;
    DWORD phone_count = 99;
    DWORD options = 0;
    const DWORD newest = host_version;
    if (!write_step("lineNegotiateTSPIVersion",
                    tspi.TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, OLDEST_VERSION, newest,
                                                       &host_version)) ||
        !write_step("providerEnumDevices",
                    tspi.TSPI_providerEnumDevices(PERMANENT_PROVIDER_ID, &line_count, &phone_count,
                                                  PROVIDER_HANDLE, on_provider_event, NULL))) {
        return false;
    }
    if (line_count > counted_lines_max) {
        line_count = counted_lines_max;
    }
    note_lines(line_count);
    if (!write_step("providerInit",
                    tspi.TSPI_providerInit(host_version, PERMANENT_PROVIDER_ID, LINE_DEVICE_ID_BASE, 0,
                                           line_count, phone_count, on_completion, &options))) {
        return false;
    }
    if (phone_count != 0 || options != 0) {
        violation("unexpected counts", "there are no phones, and no option of the provider");
    }
    return true;
}

static void run_commands(void)
{
    char line[COMMAND_MAX];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] != '\0' && !command_run(line)) {
            return;
        }
    }
}

static void stop(void)
{
    commands_close_all();
    write_step("providerShutdown", tspi.TSPI_providerShutdown(host_version, PERMANENT_PROVIDER_ID));
    callbacks_settle();
    book_lock();
    const unsigned running = book_requests_running();
    book_unlock();
    if (running != 0) {
        violation("a request was never completed", "TSPI_providerShutdown returned before");
    }
    library_unload();
}

int main(int argc, char **argv)
{
    struct output out;
    if (argc < 2 || argc > 4) {
        fprintf(
            stderr,
            "usage: tsphost <provider> [newest TSPI version, like 0x00020000 [lines to count at most]]\n");
        return 2;
    }
    host_version = argc > 2 ? (DWORD)strtoul(argv[2], NULL, 0) : NEWEST_VERSION;
    counted_lines_max = argc > 3 ? (DWORD)strtoul(argv[3], NULL, 0) : counted_lines_max;
    library_keep_state();
    const char *problem = library_load(argv[1]);
    output_begin(&out, "start");
    output_number(&out, "bits", (int64_t)sizeof(void *) * 8);
    if (problem != NULL) {
        output_text(&out, "problem", problem);
    }
    output_end(&out);
    if (problem != NULL || !start()) {
        return 2;
    }
    run_commands();
    stop();
    output_begin(&out, "end");
    output_number(&out, "violations", violations());
    output_end(&out);
    return violations() == 0 ? 0 : 1;
}

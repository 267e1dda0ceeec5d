/*
 * lineprobe: a small TAPI 2 program. Uses the lines of this machine as any telephony program does, through
 * tapi32, by commands of standard input; writes one JSON object per line.
 */
#include "commands.h"
#include "names.h"
#include "show.h"

#include <stdio.h>
#include <string.h>

/* Scripts rely on these. */
enum probe_exit {
    PROBE_DONE = 0,
    PROBE_COMMAND_FAILED = 1,
    PROBE_USAGE = 2,
    PROBE_NO_TELEPHONY = 3,
};

static void print_help(void)
{
    printf("lineprobe %s: looks at telephone lines through Windows telephony.\n\n"
           "  lineprobe [--numbers]   reads commands from standard input, writes JSON lines\n\n"
           "--numbers writes the numbers of calls whole, not their last two digits alone.\n"
           "Commands:\n",
           TAPLINE_VERSION);
    commands_print();
    printf("  quit\n\n"
           "wait takes a message as `LINE_CALLSTATE CONNECTED`, `LINE_REPLY 0` or `LINE_APPNEWCALL`, and\n"
           "looks at those that came after the one it found last.\n\n"
           "It ends with %d: every command succeeded; %d: one failed; %d: the command line was not\n"
           "understood; %d: Windows telephony is not there.\n",
           PROBE_DONE, PROBE_COMMAND_FAILED, PROBE_USAGE, PROBE_NO_TELEPHONY);
}

static bool start(void)
{
    struct output out;
    const LONG result = probe_start();
    output_begin(&out, "start");
    output_text(&out, "version", TAPLINE_VERSION);
    output_number(&out, "bits", (int64_t)sizeof(void *) * 8);
    output_hex(&out, "result", (uint32_t)result);
    if (result == 0) {
        output_number(&out, "devices", probe.devices);
        output_hex(&out, "api", probe.version);
    } else {
        output_text(&out, "error", name_of_error(result));
    }
    output_end(&out);
    return result == 0 && reader_start();
}

static enum probe_exit run_commands(void)
{
    char line[COMMAND_BYTES];
    bool well = true;
    while (fgets(line, sizeof line, stdin) != NULL) {
        const bool whole = strchr(line, '\n') != NULL || feof(stdin);
        line[strcspn(line, "\r\n")] = '\0';
        if (strcmp(line, "quit") == 0) {
            break;
        }
        /* A longer line is refused as a whole; its rest is no command. */
        for (int byte = 0; !whole && byte != '\n' && byte != EOF;) {
            byte = getchar();
        }
        if (!whole) {
            strcpy(line, "?");
        }
        well = (line[0] == '\0' || line[0] == '#' || command_run(line)) && well;
    }
    return well ? PROBE_DONE : PROBE_COMMAND_FAILED;
}

int wmain(int count, WCHAR **words);

int wmain(int count, WCHAR **words)
{
    struct output out;
    show_numbers = count == 2 && wcscmp(words[1], L"--numbers") == 0;
    if (count == 2 && wcscmp(words[1], L"--help") == 0) {
        print_help();
        return PROBE_DONE;
    }
    if (count > 1 && !show_numbers) {
        fprintf(stderr, "lineprobe: the command line is not understood. lineprobe --help\n");
        return PROBE_USAGE;
    }
    if (!start()) {
        return PROBE_NO_TELEPHONY;
    }
    const enum probe_exit outcome = run_commands();
    commands_close_all();
    reader_stop();
    probe_end();
    output_begin(&out, "end");
    output_number(&out, "exitCode", outcome);
    output_end(&out);
    return (int)outcome;
}

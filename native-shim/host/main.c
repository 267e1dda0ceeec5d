/*
 * tsphost: plays the telephony service. Loads the provider, starts it, runs the commands of standard input,
 * and stops it. Writes one JSON object per line; ends with 1 when the provider broke a rule, with 2 when it
 * could not be started.
 */
#include "commands.h"
#include "library.h"
#include "life.h"
#include "rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEWEST_VERSION 0x00030001u
#define COMMAND_MAX 1024

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

static void help(FILE *stream)
{
    fprintf(stream,
            "usage: tsphost <provider> [newest TSPI version, like 0x00020000 [lines to count at most]]\n\n"
            "Commands, one per line of standard input:\n\n");
    commands_list(stream);
}

int main(int argc, char **argv)
{
    struct output out;
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        help(stdout);
        return 0;
    }
    if (argc < 2 || argc > 4) {
        help(stderr);
        return 2;
    }
    const struct life_options options = {
        .library = argv[1],
        .newest_version = argc > 2 ? (DWORD)strtoul(argv[2], NULL, 0) : NEWEST_VERSION,
        .counted_lines_max = argc > 3 ? (DWORD)strtoul(argv[3], NULL, 0) : 0xFFFFFFFFu,
    };
    library_keep_state();
    if (!life_begin(&options)) {
        return violations() == 0 ? 2 : 1;
    }
    run_commands();
    life_end();
    output_begin(&out, "end");
    output_number(&out, "violations", violations());
    output_end(&out);
    return violations() == 0 ? 0 : 1;
}

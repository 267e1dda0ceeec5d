/* The command line of tsp-setup. */
#ifndef TAPLINE_SETUP_ARGUMENTS_H
#define TAPLINE_SETUP_ARGUMENTS_H

#include <stdbool.h>
#include <windows.h>

enum setup_command {
    COMMAND_HELP,
    COMMAND_INSTALL,
    COMMAND_REMOVE,
    COMMAND_STATUS,
    COMMAND_REPAIR,
    COMMAND_FORGET_LINE
};

struct arguments {
    enum setup_command command;
    DWORD line;     /* of forget-line */
    bool json;      /* of status */
    DWORD deadline; /* seconds */
};

/*
 * Reads the command line; the language is set on the way, so that a complaint is in it. NULL, or what is
 * wrong.
 */
const char *arguments_read(int count, WCHAR **words, struct arguments *out);

/* How the program is used, with its exit codes. */
void arguments_print_help(void);

#endif

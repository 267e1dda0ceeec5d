/* The commands of lineprobe: one a line on standard input, each answered by one line. */
#ifndef TAPLINE_PROBE_COMMANDS_H
#define TAPLINE_PROBE_COMMANDS_H

#include <stdbool.h>

/*
 * Runs one command and writes `return` with its name, result and, if it failed, error or problem. `line` is
 * used up. False: it failed.
 */
bool command_run(char *line);

/* Every command with what it takes and TAPI's function, for --help. */
void commands_print(void);

/* Closes the lines that are still open. */
void commands_close_all(void);

#endif

/* The host's commands: one per line of standard input, each answered by one "return" object. */
#ifndef TAPLINE_HOST_COMMANDS_H
#define TAPLINE_HOST_COMMANDS_H

#include "../shim/telephony.h"

#include <stdbool.h>
#include <stdio.h>

/* The version structures are asked in and lines are opened with. */
extern DWORD host_version;

/* Runs one command. False: it was quit. */
bool command_run(char *line);

/* Writes every command with its arguments and what it does. */
void commands_list(FILE *stream);

/* Closes what is open: calls, then lines, as the telephony service does before it stops a provider. */
void commands_close_all(void);

#endif

/* Commands about lines: what there is, opening, status. `words[0]` is the command itself. */
#ifndef TAPLINE_PROBE_LINE_COMMANDS_H
#define TAPLINE_PROBE_LINE_COMMANDS_H

#include "answer.h"

LONG run_lines(struct answer *answer, char **words);
LONG run_devcaps(struct answer *answer, char **words);
LONG run_addresscaps(struct answer *answer, char **words);
LONG run_open(struct answer *answer, char **words);
LONG run_close(struct answer *answer, char **words);
LONG run_linestatus(struct answer *answer, char **words);
LONG run_addressstatus(struct answer *answer, char **words);

/* Dialogs of the provider: these return when a person has closed them. */
LONG run_linedialog(struct answer *answer, char **words);
LONG run_providerdialog(struct answer *answer, char **words);

#endif

/* The commands that ask for TAPI structures. `words` are the command and its arguments. */
#ifndef TAPLINE_HOST_ASKING_H
#define TAPLINE_HOST_ASKING_H

#include "output.h"

void run_devcaps(struct output *out, char **words);
void run_addresscaps(struct output *out, char **words);
void run_linestatus(struct output *out, char **words);
void run_addressstatus(struct output *out, char **words);
void run_callinfo(struct output *out, char **words);
void run_callstatus(struct output *out, char **words);

#endif

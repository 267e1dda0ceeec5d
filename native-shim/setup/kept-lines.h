/* The lines the DLL keeps on this machine: what status shows of them, and forgetting one. */
#ifndef TAPLINE_SETUP_KEPT_LINES_H
#define TAPLINE_SETUP_KEPT_LINES_H

#include "../generated/wire.h"
#include "exit-codes.h"

/* Hands over every kept line. False: there is no table this user may read, or it is damaged. */
bool kept_lines_each(void (*take)(void *context, const wire_line *line), void *context);

/* Takes one line out of the table, by its permanent id. The others stay as they are. */
enum setup_exit kept_lines_forget(uint32_t id);

#endif

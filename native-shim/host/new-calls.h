/* LINE_NEWCALL: the host accepts or refuses what the provider offers. */
#ifndef TAPLINE_HOST_NEW_CALLS_H
#define TAPLINE_HOST_NEW_CALLS_H

#include "book.h"
#include "output.h"

/* Judges the offer and writes the host's handle into the cell, unless it refuses. */
void new_call(struct book_line *line, HDRVCALL driver, HTAPICALL *cell);

/* The command refuse <on|off>: while on, the cell is left empty, and TAPI has refused the call for now. */
void run_refuse(struct output *out, char **words);

#endif

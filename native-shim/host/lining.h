/* Lines: what the provider creates and removes, and the commands that open and close them. */
#ifndef TAPLINE_HOST_LINING_H
#define TAPLINE_HOST_LINING_H

#include "book.h"
#include "output.h"

void run_open(struct output *out, char **words);
void run_close(struct output *out, char **words);

/* TSPI_lineClose, noted in the book. */
LONG close_line(struct book_line *line);

/* LINE_CREATE: another thread gives the line its device id, as the telephony service does. */
void line_created(DWORD_PTR token);

/* LINE_REMOVE. */
void line_removed(DWORD device);

/* Whether a created line has its device id by now. */
bool lines_are_bound(void);

/* Waits for the threads that bind created lines; the provider has ended. */
void lines_settle(void);

#endif

/* The commands that do something with calls. `words` are the command and its arguments. */
#ifndef TAPLINE_HOST_CALLING_H
#define TAPLINE_HOST_CALLING_H

#include "book.h"
#include "output.h"

void run_makecall(struct output *out, char **words);
void run_pickup(struct output *out, char **words);
void run_answer(struct output *out, char **words);
void run_drop(struct output *out, char **words);
void run_closecall(struct output *out, char **words);

/* TSPI_lineCloseCall, noted in the book; a request of the call must be completed by then. */
LONG close_call(struct book_call *call);

#endif

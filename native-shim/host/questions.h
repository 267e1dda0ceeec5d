/* Times the provider's synchronous functions. */
#ifndef TAPLINE_HOST_QUESTIONS_H
#define TAPLINE_HOST_QUESTIONS_H

#include "book.h"
#include "output.h"

#define QUESTIONS_MAX 1000000u

/*
 * Asks `count` questions in turn (line capabilities, line status, and of `call` if it is not NULL its
 * information and status) and writes p50, p99 and max in microseconds.
 */
void questions_time(struct output *out, const struct book_line *line, const struct book_call *call,
                    unsigned count);

#endif

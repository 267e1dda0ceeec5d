/* What the words of a command name, and the fields every answer may have. */
#ifndef TAPLINE_HOST_SUBJECTS_H
#define TAPLINE_HOST_SUBJECTS_H

#include "book.h"
#include "output.h"

/* What a TSPI function returned. */
void subject_result(struct output *out, LONG result);

/* Why the command could not be run. */
void subject_problem(struct output *out, const char *problem);

/* The name of a call. */
void subject_write_call(struct output *out, const struct book_call *call);

/* The line that is open, the first line there is, the call of this name; NULL with the problem written. */
struct book_line *subject_open_line(struct output *out);
struct book_line *subject_any_line(struct output *out);
struct book_call *subject_call(struct output *out, const char *name);

#endif

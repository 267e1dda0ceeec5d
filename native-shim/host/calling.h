/* The commands that do something with calls. `words` are the command and its arguments. */
#ifndef TAPLINE_HOST_CALLING_H
#define TAPLINE_HOST_CALLING_H

#include "book.h"
#include "output.h"

void run_makecall(struct output *out, char **words);
void run_maketone(struct output *out, char **words);
void run_pickup(struct output *out, char **words);
void run_pickupgroup(struct output *out, char **words);
void run_dial(struct output *out, char **words);
void run_accept(struct output *out, char **words);
void run_hold(struct output *out, char **words);
void run_unhold(struct output *out, char **words);
void run_answer(struct output *out, char **words);
void run_drop(struct output *out, char **words);
void run_closecall(struct output *out, char **words);

/* Code units a destination may have, with its terminator. */
#define DESTINATION_MAX 600

/* A pending call and its request, noted before the provider can answer. NULL with the problem written. */
struct book_call *calling_prepare(struct output *out, struct book_line *line, DRV_REQUESTID id);

/* UTF-8 as terminated UTF-16 of DESTINATION_MAX units. False with the problem written. */
bool calling_destination(struct output *out, const char *text, WCHAR *units);

/* What an asynchronous function returned: its request id, or a refusal that no completion follows. */
void calling_started(struct output *out, DRV_REQUESTID id, LONG result);

/* The same for a call that was to be made: the provider must have written its handle. */
void calling_made(struct output *out, DRV_REQUESTID id, LONG result, const struct book_call *call);

/* TSPI_lineCloseCall, noted in the book; a request of the call must be completed by then. */
LONG close_call(struct book_call *call);

#endif

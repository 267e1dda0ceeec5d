/*
 * Lines and calls that no companion has told of, for tests of what is behind them; and the end of everything.
 * With the model lock, or without other threads.
 */
#ifndef TAPLINE_A_LINE_H
#define TAPLINE_A_LINE_H

#include "../shim/calls.h"

/* A new line without properties. */
struct line *a_line(uint32_t id);

/* A new call of the line, with its handle. */
struct call *a_call(struct line *line, uint32_t id);

/* The same, followed by TAPI in this state, with these features. */
struct call *a_call_in(struct line *line, uint32_t id, DWORD state, DWORD features);

/* As TAPI names the call. */
HDRVCALL handle_of(const struct call *call);

/* Takes back all that a test can have made of lines, calls, requests, links and their ends. */
void nothing_left(void);

#endif

/* What a command has come to, and what commands ask for first. */
#ifndef TAPLINE_PROBE_ANSWER_H
#define TAPLINE_PROBE_ANSWER_H

#include "../host/output.h"
#include "probe.h"

/* The line being written, and why TAPI was not even asked; NULL: it was. */
struct answer {
    struct output *out;
    const char *problem;
};

/* Notes a problem; returns 0, so that a command can end with it. */
LONG answer_problem(struct answer *answer, const char *problem);

/* UTF-8 to terminated UTF-16 of at most DESTINATION_UNITS; false is a problem, noted. */
bool answer_units(struct answer *answer, const char *text, WCHAR *units);

/* The call a word names, and the line that was opened last; NULL is a problem, noted. */
struct probe_call *answer_call(struct answer *answer, const char *word);
struct probe_line *answer_line(struct answer *answer);

/* A number, decimal or with 0x. */
DWORD answer_number(const char *word);

/* A function that is completed later returned this: its request id, or an error. */
LONG answer_request(struct answer *answer, LONG result);

#endif

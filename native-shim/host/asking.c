#include "asking.h"

#include "answers.h"
#include "commands.h"
#include "subjects.h"

#include <stdlib.h>
#include <string.h>

void run_callinfo(struct output *out, char **words)
{
    const struct book_call *call = subject_call(out, words[1]);
    if (call != NULL) {
        subject_write_call(out, call);
        subject_result(out, answer_call_info(out, call->driver));
    }
}

void run_callstatus(struct output *out, char **words)
{
    const struct book_call *call = subject_call(out, words[1]);
    if (call != NULL) {
        subject_write_call(out, call);
        subject_result(out, answer_call_status(out, call->driver));
    }
}

void run_devcaps(struct output *out, char **words)
{
    const DWORD device = (DWORD)strtoul(words[1], NULL, 0);
    const struct book_line *line = strcmp(words[1], "first") == 0 ? subject_any_line(out) : NULL;
    if (line != NULL) {
        subject_result(out, answer_dev_caps(out, line->device, host_version));
    } else if (device != 0) {
        subject_result(out, answer_dev_caps(out, device, host_version));
    }
}

void run_addresscaps(struct output *out, char **words)
{
    (void)words;
    const struct book_line *line = subject_any_line(out);
    if (line != NULL) {
        subject_result(out, answer_address_caps(out, line->device, host_version));
    }
}

void run_linestatus(struct output *out, char **words)
{
    (void)words;
    const struct book_line *line = subject_open_line(out);
    if (line != NULL) {
        subject_result(out, answer_line_status(out, line->driver));
    }
}

void run_addressstatus(struct output *out, char **words)
{
    (void)words;
    const struct book_line *line = subject_open_line(out);
    if (line != NULL) {
        subject_result(out, answer_address_status(out, line->driver));
    }
}

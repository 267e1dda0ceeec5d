#include "subjects.h"

#include <stdio.h>

void subject_result(struct output *out, LONG result)
{
    output_hex(out, "result", (uint32_t)result);
}

void subject_problem(struct output *out, const char *problem)
{
    output_text(out, "problem", problem);
}

struct book_line *subject_open_line(struct output *out)
{
    book_lock();
    struct book_line *line = book_line_open_one();
    book_unlock();
    if (line == NULL) {
        subject_problem(out, "no line is open");
    }
    return line;
}

struct book_call *subject_call(struct output *out, const char *name)
{
    book_lock();
    struct book_call *call = book_call_named(name);
    book_unlock();
    if (call == NULL) {
        subject_problem(out, "no such call");
    }
    return call;
}

void subject_write_call(struct output *out, const struct book_call *call)
{
    char name[16];
    snprintf(name, sizeof name, "c%u", call->number);
    output_text(out, "call", name);
}

struct book_line *subject_any_line(struct output *out)
{
    book_lock();
    struct book_line *line = book_line_first();
    book_unlock();
    if (line == NULL) {
        subject_problem(out, "there is no line");
    }
    return line;
}

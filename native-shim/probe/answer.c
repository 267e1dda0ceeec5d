#include "answer.h"

#include "../shim/utf16.h"

#include <stdlib.h>
#include <string.h>

LONG answer_problem(struct answer *answer, const char *problem)
{
    answer->problem = problem;
    return 0;
}

bool answer_units(struct answer *answer, const char *text, WCHAR *units)
{
    const size_t length = utf16_from_utf8(units, DESTINATION_UNITS - 1, text, strlen(text));
    if (length == UTF16_INVALID || length >= DESTINATION_UNITS) {
        answer_problem(answer, "the text is too long, or no UTF-8");
        return false;
    }
    units[length] = 0;
    return true;
}

struct probe_call *answer_call(struct answer *answer, const char *word)
{
    struct probe_call *call = probe_call_find(word);
    if (call == NULL) {
        answer_problem(answer, "there is no such call");
    }
    return call;
}

struct probe_line *answer_line(struct answer *answer)
{
    struct probe_line *line = probe_line();
    if (line == NULL) {
        answer_problem(answer, "no line is open");
    }
    return line;
}

DWORD answer_number(const char *word)
{
    return (DWORD)strtoul(word, NULL, 0);
}

LONG answer_request(struct answer *answer, LONG result)
{
    if (result > 0) {
        output_number(answer->out, "request", result);
    }
    return result > 0 ? 0 : result;
}

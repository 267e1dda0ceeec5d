#include "rules.h"

#include "output.h"

#include <stdatomic.h>

static const struct {
    unsigned statement;
    const char *what;
} rules[] = {
#define ROW(name, statement, what) [name] = {statement, what},
    HOST_RULES(ROW)
#undef ROW
};

static atomic_uint found;

void violation(enum rule rule, const char *detail)
{
    struct output out;
    found++;
    output_begin(&out, "violation");
    output_number(&out, "statement", rules[rule].statement);
    output_text(&out, "rule", rules[rule].what);
    output_text(&out, "detail", detail);
    output_end(&out);
}

unsigned violations(void)
{
    return found;
}

#include "a-line.h"

#include "../shim/completions.h"
#include "../shim/digits.h"
#include "../shim/handles.h"
#include "../shim/presence.h"
#include "../shim/requests.h"
#include "a-link.h"
#include "check.h"

struct line *a_line(uint32_t id)
{
    struct line *line = line_create(id);
    NEED(line != NULL);
    return line;
}

struct call *a_call(struct line *line, uint32_t id)
{
    struct call *call = call_create(line, id);
    NEED(call != NULL && call_need_handle(call));
    return call;
}

struct call *a_call_in(struct line *line, uint32_t id, DWORD state, DWORD features)
{
    struct call *call = a_call(line, id);
    call->stage = CALL_FOLLOWED;
    call->shown.state = state;
    call->shown.features = features;
    return call;
}

HDRVCALL handle_of(const struct call *call)
{
    return (HDRVCALL)(uintptr_t)call->handle;
}

void nothing_left(void)
{
    requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
    completions_clear();
    digits_clear();
    calls_clear();
    lines_clear();
    handles_clear();
    presence_clear();
    no_links();
}

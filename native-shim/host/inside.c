#include "inside.h"

#include "../port/port.h"
#include "calling.h"
#include "lining.h"
#include "states.h"
#include "subjects.h"

#include <stdatomic.h>
#include <string.h>

/* A function that does not return by then is stuck. */
#define ELSEWHERE_DEADLINE 5000u

enum deed { CLOSE_CALL, CLOSE_CALL_ELSEWHERE, CLOSE_LINE };

static const char *const deeds[] = {
    [CLOSE_CALL] = "closecall",
    [CLOSE_CALL_ELSEWHERE] = "closecallelsewhere",
    [CLOSE_LINE] = "close",
};

static atomic_uint due_place; /* 0: nothing is due */
static atomic_uint due_deed;
static atomic_bool autoclose;

static DWORD place_named(const char *name)
{
    if (strcmp(name, "completion") == 0) {
        return INSIDE_COMPLETION;
    }
    return strcmp(name, "newcall") == 0 ? INSIDE_NEW_CALL : state_named(name);
}

void run_inside(struct output *out, char **words)
{
    const DWORD place = place_named(words[1]);
    for (unsigned deed = 0; deed < sizeof deeds / sizeof *deeds; deed++) {
        if (place != 0 && strcmp(words[2], deeds[deed]) == 0) {
            due_deed = deed;
            due_place = place;
            return;
        }
    }
    subject_problem(out, "no such place or deed");
}

void run_autoclose(struct output *out, char **words)
{
    autoclose = strcmp(words[1], "on") == 0;
    output_bool(out, "on", autoclose);
}

static void write_deed(const char *deed, LONG result)
{
    struct output out;
    output_begin(&out, "inside");
    output_text(&out, "did", deed);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
}

static void close_elsewhere(void *call)
{
    write_deed(deeds[CLOSE_CALL_ELSEWHERE], close_call(call));
}

static void act(enum deed deed, struct book_call *call)
{
    if (deed == CLOSE_CALL) {
        write_deed(deeds[deed], close_call(call));
    } else if (deed == CLOSE_LINE) {
        write_deed(deeds[deed], close_line(call->line));
    } else {
        port_thread *thread = port_thread_start(close_elsewhere, call);
        if (thread == NULL || !port_thread_join(thread, ELSEWHERE_DEADLINE)) {
            violation(RULE_SLOW_FUNCTION, "TSPI_lineCloseCall did not return during a callback");
        }
    }
}

void inside_act(DWORD place, struct book_call *call)
{
    unsigned expected = place;
    if (call == NULL || call->line == NULL) {
        return;
    }
    if (atomic_compare_exchange_strong(&due_place, &expected, 0)) {
        act(due_deed, call);
    } else if (autoclose && place == LINECALLSTATE_IDLE && !call->closed) {
        close_call(call);
    }
}

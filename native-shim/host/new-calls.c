#include "new-calls.h"

#include "../port/port.h"
#include "inside.h"
#include "library.h"

#include <stdatomic.h>
#include <string.h>

/* Calls offered this soon after the line was opened were under way before. */
#define FOUND_AT_OPEN_NS 1000000000u

#define ANSWER_DEADLINE 2000u

static atomic_bool refuse;

void run_refuse(struct output *out, char **words)
{
    refuse = strcmp(words[1], "on") == 0;
    output_bool(out, "on", refuse);
}

struct question {
    HDRVCALL driver;
    LONG result;
    DWORD flags; /* of both parties together */
};

static void ask(void *argument)
{
    struct question *question = argument;
    LINECALLINFO info = {.dwTotalSize = sizeof info};
    question->result = tspi.TSPI_lineGetCallInfo(question->driver, &info);
    question->flags = info.dwCallerIDFlags | info.dwCalledIDFlags;
}

/* Programs ask on threads of their own while LINE_NEWCALL is still running. */
static const char *ask_elsewhere(HDRVCALL driver)
{
    static struct question question; /* outlives a thread that is stuck */
    question = (struct question){.driver = driver, .result = 1};
    port_thread *thread = port_thread_start(ask, &question);
    if (thread == NULL || !port_thread_join(thread, ANSWER_DEADLINE)) {
        return "TSPI_lineGetCallInfo did not return on another thread";
    }
    return question.result != 0 || question.flags == 0
               ? "TSPI_lineGetCallInfo knows nothing of it on another thread"
               : NULL;
}

static void write_refused(DWORD id)
{
    struct output out;
    output_begin(&out, "refused");
    output_number(&out, "callId", id);
    output_end(&out);
}

void new_call(struct book_line *line, HDRVCALL driver, HTAPICALL *cell)
{
    const bool refuses = refuse;
    DWORD address = 0;
    DWORD id = 0;
    DWORD related = 0;
    if (*cell != NULL) {
        violation(RULE_CELL, "it must be preset with 0");
    }
    /* The call object must be complete before LINE_NEWCALL. */
    const bool knows_ids = tspi.TSPI_lineGetCallIDs(driver, &address, &id, &related) == 0 && id != 0;
    const char *problem = knows_ids ? ask_elsewhere(driver) : "TSPI_lineGetCallIDs failed in LINE_NEWCALL";
    book_lock();
    const bool is_closing = line->closing;
    const bool was_refused = book_is_refused(line, id);
    if (refuses) {
        book_refuse(line, id);
    }
    const bool is_new = refuses || book_handle_is_new(driver);
    struct book_call *call = refuses ? NULL : book_call_create(line);
    if (call != NULL) {
        call->driver = driver;
        call->id = id;
        call->found = host_now_ns() - line->opened_ns < FOUND_AT_OPEN_NS || book_call_id_seen(id, call);
        *cell = call->tapi;
    }
    book_unlock();
    if (problem != NULL && !is_closing) {
        violation(RULE_NEW_CALL, problem);
    }
    if (refuses) {
        write_refused(id);
    }
    if (was_refused) {
        violation(RULE_REFUSED_CALL, "before the line was opened again");
    }
    if (!is_new) {
        violation(RULE_HANDLE_REUSED, "LINE_NEWCALL");
    }
    inside_act(INSIDE_NEW_CALL, call);
}

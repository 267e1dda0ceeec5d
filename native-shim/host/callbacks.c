#include "callbacks.h"

#include "book.h"
#include "call-events.h"
#include "guard.h"
#include "inside.h"
#include "library.h"
#include "lining.h"
#include "new-calls.h"
#include "output.h"
#include "states.h"

#include <stdio.h>

/* Programs ask for a new call as soon as they hear that it was made, before its function has returned. */
static void ask_completed_call(const struct book_call *call)
{
    LINECALLINFO info = {.dwTotalSize = sizeof info};
    if (call->driver == NULL) {
        violation(RULE_COMPLETED_CALL, "its handle was not written before the completion");
        return;
    }
    const LONG result = tspi.TSPI_lineGetCallInfo(call->driver, &info);
    book_lock();
    const bool is_closing = call->closing;
    book_unlock();
    if (is_closing) {
        return;
    }
    if (result != 0) {
        violation(RULE_COMPLETED_CALL, "TSPI_lineGetCallInfo failed");
    } else if (call->dialled && (info.dwCalledIDFlags & LINECALLPARTYID_ADDRESS) == 0) {
        violation(RULE_COMPLETED_CALL, "the number that was dialled is unknown");
    }
}

void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    struct output out;
    guard_enter(RULE_INLINE_EVENT, "a completion");
    output_begin(&out, "completion");
    output_number(&out, "request", id);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
    book_lock();
    struct book_request *request = book_request_find(id);
    const enum book_request_state state = request == NULL ? REQUEST_UNKNOWN : request->state;
    struct book_call *call = state == REQUEST_RUNNING ? request->call : NULL;
    if (state == REQUEST_RUNNING) {
        request->state = REQUEST_DONE;
        if (call != NULL) {
            call->pending = false;
            call->failed = result != 0;
        }
    }
    book_unlock();
    if (state == REQUEST_UNKNOWN) {
        violation(RULE_UNKNOWN_REQUEST, "no function was called with this id");
    } else if (state == REQUEST_DONE) {
        violation(RULE_COMPLETED_TWICE, "the request had its completion");
    }
    if (result > 0) {
        violation(RULE_POSITIVE_RESULT, "only 0 and LINEERR_ values are results");
    }
    if (call != NULL && result == 0) {
        ask_completed_call(call);
    }
    inside_act(INSIDE_COMPLETION, call);
    guard_leave();
}

static void write_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                        DWORD_PTR param3, unsigned call_number)
{
    struct output out;
    char name[16];
    output_begin(&out, "event");
    output_text(&out, "message", message_name(message));
    output_hex(&out, "line", (uintptr_t)line);
    output_hex(&out, "call", (uintptr_t)call);
    output_number(&out, "p1", (int64_t)param1);
    output_number(&out, "p2", message == LINE_NEWCALL ? 0 : (int64_t)param2);
    output_number(&out, "p3", (int64_t)param3);
    if (message == LINE_CALLSTATE) {
        output_text(&out, "state", state_name((DWORD)param1));
    }
    if (call_number != 0) {
        snprintf(name, sizeof name, "c%u", call_number);
        output_text(&out, "name", name);
    }
    output_end(&out);
}

void CALLBACK on_provider_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                                DWORD_PTR param2, DWORD_PTR param3)
{
    guard_enter(RULE_INLINE_EVENT, message_name(message));
    write_event(line, call, message, param1, param2, param3, 0);
    if (message == LINE_CREATE) {
        line_created(param2);
    } else if (message == LINE_REMOVE) {
        line_removed((DWORD)param1);
    } else {
        violation(RULE_PROVIDER_EVENT, message_name(message));
    }
    guard_leave();
}

static bool is_closed_line(const struct book_line *line)
{
    return line == NULL || (!line->open && host_now_ns() - line->closed_ns > BOOK_LATE_EVENT_NS);
}

static bool is_of_a_call(DWORD message)
{
    return message == LINE_CALLSTATE || message == LINE_CALLINFO || message == LINE_GENERATE;
}

void CALLBACK on_line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                            DWORD_PTR param3)
{
    guard_enter(message == LINE_NEWCALL ? RULE_INLINE_CALL : RULE_INLINE_EVENT, message_name(message));
    book_lock();
    struct book_line *known_line = book_line_of(line);
    struct book_call *known_call = call == NULL ? NULL : book_call_of(call);
    const bool is_closed = is_closed_line(known_line);
    const unsigned number = known_call == NULL ? 0 : known_call->number;
    book_unlock();
    write_event(line, call, message, param1, param2, param3, number);
    if (is_closed) {
        violation(RULE_LINE_CLOSED, message_name(message));
    } else if (known_call != NULL) {
        call_event(known_call, message, param1, param2, param3);
    } else if (call != NULL || is_of_a_call(message)) {
        violation(RULE_UNKNOWN_CALL, message_name(message));
    } else if (message == LINE_NEWCALL) {
        new_call(known_line, (HDRVCALL)param1, (HTAPICALL *)param2);
    }
    guard_leave();
}

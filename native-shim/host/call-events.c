#include "call-events.h"

#include "inside.h"
#include "library.h"
#include "output.h"
#include "states.h"

#include <stdio.h>

/* What a state change of a call breaks; RULES: nothing. */
static enum rule judge_state(const struct book_call *call, DWORD state, DWORD mode, DWORD features)
{
    if (!call->told) {
        return state_may_be_first(state, call->own, call->found) ? RULES : RULE_FIRST_STATE;
    }
    if (call->state == LINECALLSTATE_IDLE) {
        return RULE_AFTER_IDLE;
    }
    if (call->state == state && call->mode == mode) {
        return call->features != features ? RULES : RULE_SAME_STATE;
    }
    return call->state == state || state_may_follow(call->state, state) ? RULES : RULE_TRANSITION;
}

static void on_call_state(struct book_call *call, DWORD state, DWORD mode)
{
    char detail[96];
    LINECALLSTATUS status = {.dwTotalSize = sizeof status};
    const LONG result = tspi.TSPI_lineGetCallStatus(call->driver, &status);
    book_lock();
    const enum rule broken = judge_state(call, state, mode, status.dwCallFeatures);
    snprintf(detail, sizeof detail, "c%u: %s after %s", call->number, state_name(state),
             call->told ? state_name(call->state) : "nothing");
    call->told = true;
    call->state = state;
    call->state_ns = host_now_ns();
    call->mode = mode;
    call->features = status.dwCallFeatures;
    const bool is_closing = call->closing;
    book_unlock();
    if (broken != RULES) {
        violation(broken, detail);
    }
    if ((result != 0 && !is_closing) ||
        (result == 0 && (status.dwCallState != state || status.dwCallStateMode != mode))) {
        violation(RULE_STATUS, detail);
    }
}

void call_event(struct book_call *call, DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3)
{
    book_lock();
    const bool early = call->pending;
    const bool failed = call->failed;
    const bool late = call->closed && host_now_ns() - call->closed_ns > BOOK_LATE_EVENT_NS;
    const bool after_idle = call->told && call->state == LINECALLSTATE_IDLE;
    book_unlock();
    if (early || failed) {
        violation(early ? RULE_EARLY_EVENT : RULE_FAILED_CALL, message_name(message));
    }
    if (late) {
        violation(RULE_CLOSED_CALL, message_name(message));
    }
    if (message == LINE_CALLSTATE) {
        on_call_state(call, (DWORD)param1, (DWORD)param2);
        if (param3 != LINEMEDIAMODE_INTERACTIVEVOICE) {
            violation(RULE_MEDIA_MODE, "parameter 3 must be INTERACTIVEVOICE");
        }
        inside_act((DWORD)param1, call);
    } else if (after_idle) {
        violation(RULE_AFTER_IDLE, message_name(message));
    }
}

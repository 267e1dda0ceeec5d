#include "callbacks.h"

#include "../port/port.h"
#include "book.h"
#include "library.h"
#include "output.h"
#include "states.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/* Calls offered this soon after the line was opened were under way before. */
#define FOUND_AT_OPEN_NS 1000000000u

#define BINDING_THREADS_MAX 1024
#define BINDING_DEADLINE 5000u

static atomic_bool refuse;
static atomic_uint_least64_t entered_thread; /* the thread inside a callback, 0: none */
static atomic_uint depth;
/* Lines created at run time: their ids do not follow those that were counted. */
static atomic_uint next_device = 100;
static port_thread *binders[BINDING_THREADS_MAX];
static unsigned binder_count;

void refuse_new_calls(bool on)
{
    refuse = on;
}

static void enter(void)
{
    const uint64_t self = host_thread_id();
    uint_least64_t nobody = 0;
    /* A callback inside a callback of the same thread is legal: a TSPI function was called in between. */
    if (!atomic_compare_exchange_strong(&entered_thread, &nobody, self) && nobody != self) {
        violation("callbacks overlap", "a second thread entered a callback");
        return;
    }
    depth++;
}

static void leave(void)
{
    if (atomic_load(&entered_thread) == host_thread_id() && --depth == 0) {
        entered_thread = 0;
    }
}

void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    struct output out;
    enter();
    output_begin(&out, "completion");
    output_number(&out, "request", id);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
    book_lock();
    struct book_request *request = book_request_find(id);
    const enum book_request_state state = request == NULL ? REQUEST_UNKNOWN : request->state;
    if (state == REQUEST_RUNNING) {
        request->state = REQUEST_DONE;
        if (request->call != NULL) {
            request->call->pending = false;
            request->call->failed = result != 0;
        }
    }
    book_unlock();
    if (state == REQUEST_UNKNOWN) {
        violation("completion of an unknown request", "no function was called with this id");
    } else if (state == REQUEST_DONE) {
        violation("completed twice", "the request had its completion");
    }
    if (result > 0) {
        violation("completion with a positive result", "only 0 and LINEERR_ values are results");
    }
    leave();
}

/* A created line gets its device id from another thread, as in the telephony service. */
static void bind_line(void *argument)
{
    struct output out;
    const DWORD_PTR token = (DWORD_PTR)argument;
    const DWORD device = (DWORD)atomic_fetch_add(&next_device, 1);
    book_lock();
    struct book_line *line = book_line_create(device);
    book_unlock();
    if (line == NULL) {
        violation("too many lines", "the host has no room for another line");
        return;
    }
    const LONG result = tspi.TSPI_providerCreateLineDevice(token, device);
    if (result != 0) {
        book_lock();
        line->exists = false;
        book_unlock();
    }
    output_begin(&out, "lineCreate");
    output_number(&out, "device", device);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
}

static void on_create(DWORD_PTR token)
{
    if (binder_count == BINDING_THREADS_MAX) {
        violation("too many lines", "the host cannot bind another line");
        return;
    }
    binders[binder_count] = port_thread_start(bind_line, (void *)token);
    if (binders[binder_count] != NULL) {
        binder_count++;
    }
}

static void on_remove(DWORD device)
{
    struct output out;
    book_lock();
    struct book_line *line = book_line_find(device);
    if (line != NULL) {
        line->exists = false;
        line->open = false;
        line->closed_ns = host_now_ns();
        book_close_calls_of(line);
    }
    book_unlock();
    output_begin(&out, "lineRemove");
    output_number(&out, "device", device);
    output_end(&out);
    if (line == NULL) {
        violation("LINE_REMOVE of an unknown line", "the provider has no such device");
    }
}

void callbacks_settle(void)
{
    for (unsigned i = 0; i < binder_count; i++) {
        port_thread_join(binders[i], BINDING_DEADLINE);
    }
    binder_count = 0;
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
    enter();
    write_event(line, call, message, param1, param2, param3, 0);
    if (message == LINE_CREATE) {
        on_create(param2);
    } else if (message == LINE_REMOVE) {
        on_remove((DWORD)param1);
    } else {
        violation("unexpected provider event", message_name(message));
    }
    leave();
}

static bool is_late(bool closed, uint64_t closed_ns)
{
    return closed && host_now_ns() - closed_ns > BOOK_LATE_EVENT_NS;
}

static void on_new_call(struct book_line *line, HDRVCALL driver, HTAPICALL *cell)
{
    DWORD address = 0;
    DWORD id = 0;
    DWORD related = 0;
    if (*cell != NULL) {
        violation("the cell of LINE_NEWCALL is not empty", "it must be preset with 0");
    }
    if (refuse) {
        return;
    }
    /* The call object must be complete before LINE_NEWCALL. */
    const LONG result = tspi.TSPI_lineGetCallIDs(driver, &address, &id, &related);
    if (result != 0 || id == 0) {
        violation("a new call cannot be asked for its ids", "TSPI_lineGetCallIDs failed in LINE_NEWCALL");
    }
    book_lock();
    struct book_call *call = book_call_create(line);
    if (call != NULL) {
        call->driver = driver;
        call->id = id;
        call->found = host_now_ns() - line->opened_ns < FOUND_AT_OPEN_NS || book_call_id_seen(id, call);
        *cell = call->tapi;
    }
    book_unlock();
}

/* What a state change of a call breaks; NULL: nothing. */
static const char *judge_state(const struct book_call *call, DWORD state, DWORD mode, DWORD features)
{
    if (!call->told) {
        return state_may_be_first(state, call->own, call->found) ? NULL : "illegal first state";
    }
    if (call->state == LINECALLSTATE_IDLE) {
        return "an event after IDLE";
    }
    if (call->state == state && call->mode == mode) {
        return call->features != features ? NULL : "the same state twice";
    }
    return call->state == state || state_may_follow(call->state, state) ? NULL : "illegal transition";
}

static void on_call_state(struct book_call *call, DWORD state, DWORD mode)
{
    char detail[96];
    LINECALLSTATUS status = {.dwTotalSize = sizeof status};
    const LONG result = tspi.TSPI_lineGetCallStatus(call->driver, &status);
    book_lock();
    const char *broken = judge_state(call, state, mode, status.dwCallFeatures);
    snprintf(detail, sizeof detail, "c%u: %s after %s", call->number, state_name(state),
             call->told ? state_name(call->state) : "nothing");
    call->told = true;
    call->state = state;
    call->mode = mode;
    call->features = status.dwCallFeatures;
    const bool closed = call->closed;
    book_unlock();
    if (broken != NULL) {
        violation(broken, detail);
    }
    if (result != 0 && !closed) {
        violation("no status inside LINE_CALLSTATE", detail);
    } else if (result == 0 && (status.dwCallState != state || status.dwCallStateMode != mode)) {
        violation("the status is not the state that is reported", detail);
    }
}

static void on_call_event(struct book_call *call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                          DWORD_PTR param3)
{
    book_lock();
    const bool early = call->pending;
    const bool failed = call->failed;
    const bool late = is_late(call->closed, call->closed_ns);
    const bool after_idle = call->told && call->state == LINECALLSTATE_IDLE;
    book_unlock();
    if (early || failed) {
        violation(early ? "an event before the completion" : "an event for a call that failed",
                  message_name(message));
    }
    if (late) {
        violation("an event for a closed call", message_name(message));
    }
    if (message == LINE_CALLSTATE) {
        on_call_state(call, (DWORD)param1, (DWORD)param2);
        if (param3 != LINEMEDIAMODE_INTERACTIVEVOICE) {
            violation("LINE_CALLSTATE without the media mode", "parameter 3 must be INTERACTIVEVOICE");
        }
    } else if (after_idle) {
        violation("an event after IDLE", message_name(message));
    }
}

void CALLBACK on_line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                            DWORD_PTR param3)
{
    enter();
    book_lock();
    struct book_line *known_line = book_line_of(line);
    struct book_call *known_call = call == NULL ? NULL : book_call_of(call);
    const bool late = known_line != NULL && is_late(!known_line->open, known_line->closed_ns);
    const unsigned number = known_call == NULL ? 0 : known_call->number;
    book_unlock();
    write_event(line, call, message, param1, param2, param3, number);
    if (known_line == NULL || late) {
        violation("an event for a line that is not open", message_name(message));
    } else if (call != NULL && known_call == NULL) {
        violation("an event for an unknown call", message_name(message));
    } else if (known_call != NULL) {
        on_call_event(known_call, message, param1, param2, param3);
    } else if (message == LINE_NEWCALL) {
        on_new_call(known_line, (HDRVCALL)param1, (HTAPICALL *)param2);
    }
    leave();
}

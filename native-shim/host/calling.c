#include "calling.h"

#include "../shim/utf16.h"
#include "library.h"
#include "subjects.h"

#include <stdlib.h>
#include <string.h>

struct book_call *calling_prepare(struct output *out, struct book_line *line, DRV_REQUESTID id)
{
    book_lock();
    struct book_call *call = book_call_create(line);
    if (call != NULL && book_request_start(id, call) != NULL) {
        call->own = true;
        call->pending = true;
    }
    book_unlock();
    if (call == NULL) {
        subject_problem(out, "too many calls");
    }
    return call;
}

bool calling_destination(struct output *out, const char *text, WCHAR *units)
{
    const size_t length = utf16_from_utf8(units, DESTINATION_MAX - 1, text, strlen(text));
    if (length >= DESTINATION_MAX) {
        subject_problem(out, "the destination is too long or no UTF-8");
        return false;
    }
    units[length] = 0;
    return true;
}

void calling_started(struct output *out, DRV_REQUESTID id, LONG result)
{
    subject_result(out, result);
    output_number(out, "request", id);
    if (result >= 0 && (DRV_REQUESTID)result != id) {
        violation(RULE_NO_REQUEST_ID, "neither its id nor an error");
    }
    if (result < 0) {
        book_lock();
        struct book_request *request = book_request_find(id);
        const bool completed = request != NULL && request->state == REQUEST_DONE;
        if (request != NULL) {
            request->state = REQUEST_DONE;
        }
        book_unlock();
        if (completed) {
            violation(RULE_REFUSED_COMPLETED, "an error was returned as well");
        }
    }
}

void calling_made(struct output *out, DRV_REQUESTID id, LONG result, const struct book_call *call)
{
    if (result >= 0 && call->driver == NULL) {
        violation(RULE_NO_HANDLE, "the handle must be written before the function returns");
    } else if (result >= 0) {
        book_lock();
        const bool is_new = book_handle_is_new(call->driver);
        book_unlock();
        if (!is_new) {
            violation(RULE_HANDLE_REUSED, "a call that was made");
        }
    }
    calling_started(out, id, result);
    subject_write_call(out, call);
}

static DRV_REQUESTID request_id(char **words)
{
    return (DRV_REQUESTID)strtoul(words[1], NULL, 0);
}

enum way { MAKE, TONE, PICK_UP, PICK_UP_IN_GROUP };

static LONG call_provider(enum way way, DRV_REQUESTID id, const struct book_line *line,
                          struct book_call *call, const WCHAR *text)
{
    switch (way) {
    case MAKE:
        return tspi.TSPI_lineMakeCall(id, line->driver, call->tapi, &call->driver, text, 0, NULL);
    case TONE:
        return tspi.TSPI_lineMakeCall(id, line->driver, call->tapi, &call->driver, NULL, 0, NULL);
    case PICK_UP:
        return tspi.TSPI_linePickup(id, line->driver, 0, call->tapi, &call->driver, text, NULL);
    default:
        return tspi.TSPI_linePickup(id, line->driver, 0, call->tapi, &call->driver, NULL, text);
    }
}

static void start_call(struct output *out, char **words, enum way way, const char *destination)
{
    WCHAR units[DESTINATION_MAX];
    struct book_line *line = subject_open_line(out);
    if (line == NULL || !calling_destination(out, destination, units)) {
        return;
    }
    struct book_call *call = calling_prepare(out, line, request_id(words));
    if (call == NULL) {
        return;
    }
    call->dialled = way == MAKE;
    const LONG result = call_provider(way, request_id(words), line, call, units);
    /* The provider must not need the buffer any more. */
    memset(units, 0, sizeof units);
    calling_made(out, request_id(words), result, call);
}

void run_makecall(struct output *out, char **words)
{
    start_call(out, words, MAKE, words[2]);
}

void run_maketone(struct output *out, char **words)
{
    start_call(out, words, TONE, "");
}

void run_pickup(struct output *out, char **words)
{
    start_call(out, words, PICK_UP, words[2]);
}

void run_pickupgroup(struct output *out, char **words)
{
    start_call(out, words, PICK_UP_IN_GROUP, strcmp(words[2], "own") == 0 ? "" : words[2]);
}

void run_dial(struct output *out, char **words)
{
    WCHAR units[DESTINATION_MAX];
    const struct book_call *call = subject_call(out, words[2]);
    if (call == NULL || !calling_destination(out, strcmp(words[3], "end") == 0 ? "" : words[3], units)) {
        return;
    }
    book_lock();
    book_request_start(request_id(words), NULL);
    book_unlock();
    const LONG result = tspi.TSPI_lineDial(request_id(words), call->driver, units, 0);
    memset(units, 0, sizeof units);
    calling_started(out, request_id(words), result);
    subject_write_call(out, call);
}

/* A command of a call alone. */
static void command_call(struct output *out, char **words, LONG (*function)(DRV_REQUESTID, HDRVCALL))
{
    const struct book_call *call = subject_call(out, words[2]);
    if (call == NULL) {
        return;
    }
    book_lock();
    book_request_start(request_id(words), NULL);
    book_unlock();
    calling_started(out, request_id(words), function(request_id(words), call->driver));
    subject_write_call(out, call);
}

static LONG accept(DRV_REQUESTID id, HDRVCALL call)
{
    return tspi.TSPI_lineAccept(id, call, NULL, 0);
}

static LONG answer(DRV_REQUESTID id, HDRVCALL call)
{
    return tspi.TSPI_lineAnswer(id, call, NULL, 0);
}

static LONG drop(DRV_REQUESTID id, HDRVCALL call)
{
    return tspi.TSPI_lineDrop(id, call, NULL, 0);
}

static LONG hold(DRV_REQUESTID id, HDRVCALL call)
{
    return tspi.TSPI_lineHold(id, call);
}

static LONG unhold(DRV_REQUESTID id, HDRVCALL call)
{
    return tspi.TSPI_lineUnhold(id, call);
}

void run_accept(struct output *out, char **words)
{
    command_call(out, words, accept);
}

void run_answer(struct output *out, char **words)
{
    command_call(out, words, answer);
}

void run_drop(struct output *out, char **words)
{
    command_call(out, words, drop);
}

void run_hold(struct output *out, char **words)
{
    command_call(out, words, hold);
}

void run_unhold(struct output *out, char **words)
{
    command_call(out, words, unhold);
}

LONG close_call(struct book_call *call)
{
    book_lock();
    call->closing = true;
    book_unlock();
    const LONG result = tspi.TSPI_lineCloseCall(call->driver);
    book_lock();
    call->closed = true;
    call->closed_ns = host_now_ns();
    const bool pending = call->pending;
    book_unlock();
    if (result == 0 && pending) {
        violation(RULE_OUTLIVED, "TSPI_lineCloseCall returned before the completion");
    }
    return result;
}

void run_closecall(struct output *out, char **words)
{
    struct book_call *call = subject_call(out, words[1]);
    if (call != NULL) {
        subject_result(out, close_call(call));
        subject_write_call(out, call);
    }
}

#include "calling.h"

#include "../shim/utf16.h"
#include "library.h"
#include "subjects.h"

#include <stdlib.h>
#include <string.h>

#define DESTINATION_MAX 600

/* A pending call and its request, noted before the provider can answer. */
static struct book_call *prepare_call(struct book_line *line, DRV_REQUESTID id)
{
    book_lock();
    struct book_call *call = book_call_create(line);
    if (call != NULL) {
        call->own = true;
        call->pending = true;
        book_request_start(id, call);
    }
    book_unlock();
    return call;
}

/* What an asynchronous function returned: its request id, or a refusal that no completion follows. */
static void write_started(struct output *out, DRV_REQUESTID id, LONG result)
{
    subject_result(out, result);
    output_number(out, "request", id);
    if (result >= 0 && (DRV_REQUESTID)result != id) {
        violation("an asynchronous function returned no request id", "neither its id nor an error");
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
            violation("a refused request was completed", "an error was returned as well");
        }
    }
}

static void start_call(struct output *out, char **words, bool is_pickup)
{
    WCHAR destination[DESTINATION_MAX];
    const DRV_REQUESTID id = (DRV_REQUESTID)strtoul(words[1], NULL, 0);
    const size_t length = utf16_from_utf8(destination, DESTINATION_MAX - 1, words[2], strlen(words[2]));
    struct book_line *line = subject_open_line(out);
    if (line == NULL) {
        return;
    }
    if (length >= DESTINATION_MAX) {
        subject_problem(out, "the destination is too long or no UTF-8");
        return;
    }
    destination[length] = 0;
    struct book_call *call = prepare_call(line, id);
    if (call == NULL) {
        subject_problem(out, "too many calls");
        return;
    }
    const LONG result =
        is_pickup ? tspi.TSPI_linePickup(id, line->driver, 0, call->tapi, &call->driver, destination, NULL)
                  : tspi.TSPI_lineMakeCall(id, line->driver, call->tapi, &call->driver, destination, 0, NULL);
    /* The provider must not need the buffer any more. */
    memset(destination, 0, sizeof destination);
    if (result >= 0 && call->driver == NULL) {
        violation("a new call has no handle", "the handle must be written before the function returns");
    }
    write_started(out, id, result);
    subject_write_call(out, call);
}

void run_makecall(struct output *out, char **words)
{
    start_call(out, words, false);
}

void run_pickup(struct output *out, char **words)
{
    start_call(out, words, true);
}

static void command_call(struct output *out, char **words, bool is_drop)
{
    const DRV_REQUESTID id = (DRV_REQUESTID)strtoul(words[1], NULL, 0);
    const struct book_call *call = subject_call(out, words[2]);
    if (call == NULL) {
        return;
    }
    book_lock();
    book_request_start(id, NULL);
    book_unlock();
    write_started(out, id,
                  is_drop ? tspi.TSPI_lineDrop(id, call->driver, NULL, 0)
                          : tspi.TSPI_lineAnswer(id, call->driver, NULL, 0));
    subject_write_call(out, call);
}

void run_answer(struct output *out, char **words)
{
    command_call(out, words, false);
}

void run_drop(struct output *out, char **words)
{
    command_call(out, words, true);
}

LONG close_call(struct book_call *call)
{
    const LONG result = tspi.TSPI_lineCloseCall(call->driver);
    book_lock();
    call->closed = true;
    call->closed_ns = host_now_ns();
    const bool pending = call->pending;
    book_unlock();
    if (result == 0 && pending) {
        violation("a request outlived its call", "TSPI_lineCloseCall returned before the completion");
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

/* The ways a request ends without a result: TAPI closes or drops, the link is lost, time is over. */
#include "model.h"
#include "outgoing.h"
#include "requests.h"

void request_cancel(struct request *request)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof(wire_cancel)];
    const wire_cancel body = {.pending = request->wire};
    if (!request->sent) {
        request_complete(request, TSPI_ERROR(OPERATIONFAILED));
        return;
    }
    outgoing_append(links_find(request->link), frame, wire_encode_cancel(frame, sizeof frame, 0, &body));
    request_complete_early(request, TSPI_ERROR(OPERATIONFAILED));
}

void requests_cancel_new_call(uint32_t call_handle)
{
    struct request *next;
    for (struct request *request = requests_first(); request != NULL; request = next) {
        next = request->next;
        if (request->call_handle == call_handle && request_verb_makes_call(request->verb)) {
            request_cancel(request);
        }
    }
}

static void close_request(struct request *request)
{
    if (request_verb_makes_call(request->verb) || request->verb == REQUEST_GENERATE_DIGITS) {
        request_cancel(request);
    } else if (request->verb == REQUEST_DROP) {
        /* The hang-up goes on; one that is on its way counts as done. */
        request_complete_early(request, request->sent ? 0 : TSPI_ERROR(OPERATIONFAILED));
    } else if (request->sent) {
        request_complete_early(request, TSPI_ERROR(OPERATIONFAILED));
    } else {
        /* TAPI hears that it failed: it must not be done when the companion comes back. */
        request_complete(request, TSPI_ERROR(OPERATIONFAILED));
    }
}

void requests_close_call(uint32_t call_handle)
{
    struct request *next;
    for (struct request *request = requests_first(); request != NULL; request = next) {
        next = request->next;
        if (request->call_handle == call_handle) {
            close_request(request);
        }
    }
}

void requests_close_line(uint32_t line)
{
    struct request *next;
    for (struct request *request = requests_first(); request != NULL; request = next) {
        next = request->next;
        if (request->line == line) {
            close_request(request);
        }
    }
}

void requests_call_over(const struct call *call)
{
    struct request *next;
    for (struct request *request = requests_first(); request != NULL; request = next) {
        next = request->next;
        const bool is_of_call = call->id != 0 && request->call == call->id && request->line == call->line->id;
        if (is_of_call && !request->sent) {
            request_complete(request, request->verb == REQUEST_DROP ? 0 : TSPI_ERROR(RESOURCEUNAVAIL));
        }
    }
}

static LONG result_of_lost_link(const struct request *request)
{
    if (request_verb_makes_call(request->verb)) {
        return TSPI_ERROR(OPERATIONFAILED);
    }
    const struct call *call = call_find(request->line, request->call);
    return request->verb == REQUEST_DROP && call == NULL ? 0 : TSPI_ERROR(RESOURCEUNAVAIL);
}

void requests_link_lost(uint32_t link)
{
    struct request *next;
    for (struct request *request = requests_first(); request != NULL; request = next) {
        next = request->next;
        if (request->sent && request->link == link) {
            request_complete(request, result_of_lost_link(request));
        }
    }
}

void requests_complete_all(LONG result)
{
    struct request *request;
    while ((request = requests_first()) != NULL) {
        request_complete(request, result);
    }
}

uint64_t requests_deadline(void)
{
    uint64_t earliest = 0;
    for (const struct request *request = requests_first(); request != NULL; request = request->next) {
        earliest = model_earlier(earliest, request->deadline);
    }
    return earliest;
}

void requests_expire(uint64_t now)
{
    struct request *next;
    for (struct request *request = requests_first(); request != NULL; request = next) {
        next = request->next;
        if (request->deadline > now) {
            continue;
        }
        if (request->sent && request->completion != NULL && request_verb_makes_call(request->verb)) {
            /* The companion must not place a call that TAPI has been told has failed. */
            request->deadline = now + REQUEST_DEADLINE;
            request_cancel(request);
        } else {
            if (request->sent && request->verb == REQUEST_GENERATE_DIGITS) {
                request_cancel(request);
            }
            request_complete(request,
                             request->sent ? TSPI_ERROR(OPERATIONFAILED) : TSPI_ERROR(RESOURCEUNAVAIL));
        }
    }
}

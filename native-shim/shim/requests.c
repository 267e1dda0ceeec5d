#include "requests.h"

#include "digits.h"
#include "handles.h"
#include "model.h"
#include "outgoing.h"

#include <stdlib.h>
#include <string.h>

static struct request *first;
static uint32_t count;
static uint32_t last_wire;

static void post(struct request *request, LONG result)
{
    struct completion *completion = request->completion;
    request->completion = NULL;
    if (request->verb == REQUEST_GENERATE_DIGITS) {
        digits_over(request->wire, result == 0);
    }
    if (completion == NULL) {
        return;
    }
    struct call *call = handle_find(HANDLE_CALL, request->call_handle);
    if (result != 0 && call != NULL && call->stage == CALL_PENDING) {
        call_mark_ended(call);
    }
    completion->result = result;
    completion->call = request->call;
    completion_post(completion);
}

static void remove_request(struct request *request)
{
    struct request **at = &first;
    while (*at != request) {
        at = &(*at)->next;
    }
    *at = request->next;
    count--;
    free(request);
}

static struct request *create(enum request_verb verb, const struct call *call)
{
    struct request *request = count < REQUESTS_MAX ? calloc(1, sizeof *request) : NULL;
    if (request == NULL) {
        return NULL;
    }
    request->verb = verb;
    request->line = call->line->id;
    request->call = call->id;
    request->call_handle = call->handle;
    /* At the end: what waits for a link is sent in the order it was asked. */
    struct request **end = &first;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = request;
    count++;
    return request;
}

static bool await_completion(struct request *request, DRV_REQUESTID id)
{
    request->completion = calloc(1, sizeof *request->completion);
    if (request->completion == NULL) {
        return false;
    }
    request->completion->id = id;
    request->completion->line = request->line;
    return true;
}

static void encode(struct request *request, const struct request_wish *wish)
{
    last_wire = last_wire == UINT32_MAX ? 1 : last_wire + 1;
    request->wire = last_wire;
    request->size = request_encode(wish, request->wire, request->frame);
    if (wish->verb == REQUEST_GENERATE_DIGITS) {
        request->lasts = (uint32_t)strlen(wish->text) * (wish->duration + DIGIT_PAUSE_MAX);
    }
}

/* Whether the line's companion does not know the verb. */
static bool is_too_new(enum request_verb verb, const struct line *line)
{
    const struct link *link = links_of(line);
    return outgoing_is_open(link) && link->protocol < request_protocol(verb);
}

/* Sends, or lets the request wait for the line's companion. False: the queue is full. */
static bool submit(struct request *request)
{
    struct link *link = links_of(line_find(request->line));
    const bool open = outgoing_is_open(link);
    if (open && !outgoing_append(link, request->frame, request->size)) {
        return false;
    }
    request->sent = open;
    request->link = open ? link->number : 0;
    request->deadline = model_now() + (open ? REQUEST_DEADLINE + request->lasts : LINK_WAIT_DEADLINE);
    model_changed();
    return true;
}

static void report_accepted(DRV_REQUESTID id, const struct request *request)
{
    const wire_report report = {
        .what = WIRE_REPORT_KIND_REQUEST,
        .line = request->line,
        .call = request->call,
        .message = request_frame_type(request->verb),
        .param1 = id,
        .param2 = request_frame_verb(request->verb),
    };
    outgoing_report(&report);
}

/* A second drop of a call joins the first: one hang-up, one result, two completions. */
static bool join_pending_drop(struct request *request)
{
    for (const struct request *other = first; other != NULL; other = other->next) {
        const bool is_same_call = other->line == request->line && other->call == request->call;
        if (other != request && other->verb == REQUEST_DROP && is_same_call && request->call != 0) {
            request->wire = other->wire;
            request->sent = other->sent;
            request->link = other->link;
            request->deadline = other->deadline;
            return true;
        }
    }
    return false;
}

LONG request_start(DRV_REQUESTID id, const struct request_wish *wish)
{
    if (is_too_new(wish->verb, wish->call->line)) {
        return TSPI_ERROR(OPERATIONUNAVAIL);
    }
    struct request *request = create(wish->verb, wish->call);
    if (request == NULL) {
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    if (!await_completion(request, id)) {
        remove_request(request);
        return TSPI_ERROR(NOMEM);
    }
    if (wish->verb == REQUEST_DROP && join_pending_drop(request)) {
        report_accepted(id, request);
        return (LONG)id;
    }
    encode(request, wish);
    if (request->size == 0 || !submit(request)) {
        free(request->completion);
        remove_request(request);
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    report_accepted(id, request);
    return (LONG)id;
}

LONG request_start_silently(const struct request_wish *wish, uint32_t *wire)
{
    if (is_too_new(wish->verb, wish->call->line)) {
        return TSPI_ERROR(OPERATIONUNAVAIL);
    }
    struct request *request = create(wish->verb, wish->call);
    if (request == NULL) {
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    encode(request, wish);
    if (request->size == 0 || !submit(request)) {
        remove_request(request);
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    if (wire != NULL) {
        *wire = request->wire;
    }
    return 0;
}

LONG request_complete_at_once(DRV_REQUESTID id, LONG result, const struct call *call)
{
    struct request *request = create(REQUEST_DROP, call);
    if (request == NULL) {
        return TSPI_ERROR(NOMEM);
    }
    if (!await_completion(request, id)) {
        remove_request(request);
        return TSPI_ERROR(NOMEM);
    }
    report_accepted(id, request);
    request_complete(request, result);
    return (LONG)id;
}

struct request *requests_first(void)
{
    return first;
}

struct request *request_find(uint32_t wire)
{
    struct request *request = first;
    while (request != NULL && request->wire != wire) {
        request = request->next;
    }
    return request;
}

void request_complete(struct request *request, LONG result)
{
    post(request, result);
    remove_request(request);
}

void request_complete_early(struct request *request, LONG result)
{
    post(request, result);
}

void request_drop_silently(const struct call *call)
{
    const struct request_wish wish = {.verb = REQUEST_DROP, .call = call};
    request_start_silently(&wish, NULL);
}

/* A drop that joined another one goes with it. */
static void follow_joined(const struct request *sent)
{
    for (struct request *other = first; other != NULL; other = other->next) {
        if (!other->sent && other->size == 0 && other->wire == sent->wire) {
            other->sent = true;
            other->link = sent->link;
            other->deadline = sent->deadline;
        }
    }
}

void requests_send_waiting(void)
{
    struct request *next;
    for (struct request *request = first; request != NULL; request = next) {
        const struct line *line = line_find(request->line);
        next = request->next;
        if (request->sent || request->size == 0 || !outgoing_is_open(links_of(line))) {
            continue;
        }
        if (is_too_new(request->verb, line)) {
            request_complete(request, TSPI_ERROR(OPERATIONUNAVAIL));
        } else if (!submit(request)) {
            request_complete(request, TSPI_ERROR(RESOURCEUNAVAIL));
        } else {
            follow_joined(request);
        }
    }
}

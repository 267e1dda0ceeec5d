#include "companion.h"

#include "events.h"
#include "follow.h"
#include "handles.h"
#include "outgoing.h"
#include "presence.h"
#include "published.h"
#include "requests.h"
#include "trace.h"

static struct call *known_or_new_call(struct line *line, const wire_call *from)
{
    struct call *call = call_find(line->id, from->call);
    if (call != NULL) {
        return call;
    }
    if (from->state == LINECALLSTATE_IDLE || call_has_ended(line->id, from->call)) {
        return NULL;
    }
    return call_create(line, from->call);
}

static void apply_call(const struct link *link, const wire_call *from)
{
    struct line *line = line_find(from->line);
    const bool counts = line != NULL && line->publisher == link->number;
    struct call *call = counts ? known_or_new_call(line, from) : NULL;
    if (call == NULL) {
        trace("call %u: state 0x%x ignored", (unsigned)from->call, (unsigned)from->state);
        return;
    }
    const bool is_idle = from->state == LINECALLSTATE_IDLE;
    const struct call_snapshot before = call->shown;
    const bool is_first = call->stage == CALL_BOUND;
    call->seen = true;
    call_show(call, from);
    if (is_idle) {
        call_remember_ended(call);
    }
    if (call->stage == CALL_FOLLOWED || is_first) {
        call->stage = CALL_FOLLOWED;
        follow_tell(call, &before, is_first);
        return;
    }
    if (is_idle) {
        call_remove(call);
    } else if (call->stage == CALL_UNOFFERED) {
        follow_offer(call);
    }
    follow_counts(from->line);
}

/* Binds the call that a request was to make. False: the companion's answer cannot be used. */
static bool bind(const struct request *request, uint32_t id)
{
    struct call *call = handle_find(HANDLE_CALL, request->call_handle);
    if (id == 0 || call == NULL || call->stage != CALL_PENDING || call_find(request->line, id) != NULL) {
        return false;
    }
    call->id = id;
    call->stage = CALL_BOUND;
    call->seen = true;
    return true;
}

/* TAPI gave the request up before this answer: the call must not go on, and TAPI must not hear of it. */
static void hang_up_unwanted(const struct request *request, uint32_t id)
{
    struct line *line = line_find(request->line);
    const bool is_known = id == 0 || line == NULL || call_find(request->line, id) != NULL;
    struct call *call = is_known ? NULL : call_create(line, id);
    if (call != NULL) {
        call->stage = CALL_CLOSED;
        call->seen = true;
        request_drop_silently(call);
    }
}

static LONG result_of(const struct request *request, const wire_result *from)
{
    const LONG status = (LONG)from->status;
    if (status == 0 && request_verb_makes_call(request->verb) && !bind(request, from->call)) {
        trace("request %u: the new call %u cannot be used", (unsigned)request->wire, (unsigned)from->call);
        return TSPI_ERROR(OPERATIONFAILED);
    }
    /* A positive value is no result of TSPI. */
    return status > 0 ? TSPI_ERROR(OPERATIONFAILED) : status;
}

static void apply_result(const struct link *link, uint32_t wire, const wire_result *from)
{
    const uint32_t number = link->number;
    struct request *request;
    /* Nobody answers what another companion was asked. */
    while ((request = request_find(wire)) != NULL && request->link == number) {
        if (request->completion == NULL) {
            if (request_verb_makes_call(request->verb) && from->status == 0) {
                hang_up_unwanted(request, from->call);
            }
            request_complete(request, (LONG)from->status);
            continue;
        }
        const LONG result = result_of(request, from);
        request->call = from->call != 0 ? from->call : request->call;
        request_complete(request, result);
    }
    /* The completion goes before the first event of the call. */
    events_deliver_completions();
}

/* Whether the link's snapshot would have had the line's calls: it publishes the line, or did so before it was
 * lost. */
static bool speaks_for(const struct link *link, const struct line *line)
{
    const bool comes_back = line->publisher == 0 && line->has_home && line->home == link->session;
    return line->publisher == link->number || comes_back;
}

static struct call *next_unseen_call(const struct link *link)
{
    struct call *call = calls_first();
    while (call != NULL && (call->seen || call->stage == CALL_ENDED || call->stage == CALL_PENDING ||
                            !speaks_for(link, call->line))) {
        call = call->next;
    }
    return call;
}

static void apply_synced(struct link *link)
{
    const uint32_t number = link->number;
    struct call *call;
    while (link != NULL && (call = next_unseen_call(link)) != NULL) {
        follow_end(call, LINEDISCONNECTMODE_TEMPFAILURE);
        link = links_find(number);
    }
    if (link == NULL) {
        return;
    }
    outgoing_open(link);
    published_synced(link);
    presence_tell_services();
    requests_send_waiting();
}

static void apply_lost(struct link *link)
{
    requests_link_lost(link->number);
    published_lost(link);
    for (struct call *call = calls_first(); call != NULL; call = call->next) {
        call->seen = call->seen && call->line->publisher != 0;
    }
    links_remove(link);
}

void companion_apply(const struct inbox_item *item)
{
    const struct message *message = &item->message;
    struct link *link = links_find(item->link);
    if (link == NULL) {
        return;
    }
    if (item->lost) {
        apply_lost(link);
        return;
    }
    switch (message->type) {
    case WIRE_WELCOME:
        link->protocol = message->as.welcome.protocol;
        break;
    case WIRE_LINE:
        published_apply(link, &message->as.line);
        break;
    case WIRE_LINE_GONE:
        published_apply_gone(link, message->as.line_gone.line);
        break;
    case WIRE_CALL:
        apply_call(link, &message->as.call);
        break;
    case WIRE_RESULT:
        apply_result(link, message->request, &message->as.result);
        break;
    default:
        apply_synced(link);
    }
}

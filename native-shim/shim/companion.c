#include "companion.h"

#include "events.h"
#include "follow.h"
#include "handles.h"
#include "line-store.h"
#include "outgoing.h"
#include "presence.h"
#include "requests.h"
#include "trace.h"

/* What the present companion and the shim agreed on. */
static uint16_t protocol;

static struct call *next_call_of(const struct line *line)
{
    struct call *call = calls_first();
    while (call != NULL && (call->line != line || call->stage == CALL_ENDED || call->stage == CALL_PENDING)) {
        call = call->next;
    }
    return call;
}

/* Ends the line's calls and requests, and takes it out: LINE_REMOVE. */
static void retire_line(struct line *line)
{
    const uint32_t id = line->id;
    struct call *call;
    while ((call = next_call_of(line)) != NULL) {
        follow_end(call, LINEDISCONNECTMODE_UNAVAIL);
        if ((line = line_find(id)) == NULL) {
            return;
        }
    }
    requests_close_line(id);
    events_deliver_completions();
    if ((line = line_find(id)) == NULL) {
        return;
    }
    const bool created = line->created;
    const DWORD device = line->device;
    calls_remove_of_line(line);
    line_remove(line);
    line_store_changed();
    trace("line %u: removed", (unsigned)id);
    if (created) {
        event_remove(id, device);
    }
}

static struct line *next_unannounced(void)
{
    struct line *line = lines_first();
    while (line != NULL && line->announced) {
        line = line->next;
    }
    return line;
}

void companion_announce_lines(void)
{
    struct line *line;
    while ((line = next_unannounced()) != NULL) {
        line->announced = true;
        event_create(line->id, line->token);
    }
}

static void apply_line(const wire_line *from)
{
    struct line *line = line_find(from->line);
    if (line == NULL) {
        line = line_create(from->line);
        if (line == NULL) {
            trace("line %u: there is no room", (unsigned)from->line);
            return;
        }
        line_update(line, from);
        line->seen = true;
        line_store_changed();
        companion_announce_lines();
    } else {
        line->seen = true;
        if (line_update(line, from)) {
            line_store_changed();
            event_line(line->id, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0);
        }
    }
    presence_tell_services();
    if (outgoing_is_open()) {
        requests_send_waiting();
    }
}

static struct call *known_or_new_call(struct line *line, const wire_call *from)
{
    struct call *call = call_find(from->call);
    if (call != NULL) {
        return call->line == line ? call : NULL;
    }
    if (from->state == LINECALLSTATE_IDLE || call_has_ended(from->call)) {
        return NULL;
    }
    return call_create(line, from->call);
}

static void apply_call(const wire_call *from)
{
    struct line *line = line_find(from->line);
    struct call *call = line == NULL ? NULL : known_or_new_call(line, from);
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
        call_remember_ended(from->call);
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
    if (id == 0 || call == NULL || call->stage != CALL_PENDING || call_find(id) != NULL) {
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
    struct call *call = id == 0 || line == NULL || call_find(id) != NULL ? NULL : call_create(line, id);
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

static void apply_result(uint32_t wire, const wire_result *from)
{
    struct request *request;
    while ((request = request_find(wire)) != NULL) {
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

static void apply_welcome(const wire_welcome *from)
{
    protocol = from->protocol;
    for (struct line *line = lines_first(); line != NULL; line = line->next) {
        line->seen = false;
    }
    for (struct call *call = calls_first(); call != NULL; call = call->next) {
        call->seen = false;
    }
}

static struct call *next_unseen_call(void)
{
    struct call *call = calls_first();
    while (call != NULL && (call->seen || call->stage == CALL_ENDED || call->stage == CALL_PENDING)) {
        call = call->next;
    }
    return call;
}

static void apply_synced(uint32_t connection)
{
    struct line *line;
    struct call *call;
    presence_synced();
    while ((call = next_unseen_call()) != NULL) {
        follow_end(call, LINEDISCONNECTMODE_TEMPFAILURE);
    }
    presence_tell_services();
    outgoing_open(connection, protocol);
    for (line = lines_first(); line != NULL; line = line->next) {
        if (line->handle != 0) {
            uint8_t frame[WIRE_HEADER_SIZE + sizeof(wire_line_opened)];
            const wire_line_opened body = {.line = line->id, .tspi_version = line->version};
            outgoing_append(frame, wire_encode_line_opened(frame, sizeof frame, 0, &body));
        }
    }
    requests_send_waiting();
}

void companion_apply(const struct inbox_item *item)
{
    const struct message *message = &item->message;
    if (item->lost) {
        requests_link_lost();
        presence_lost();
        return;
    }
    switch (message->type) {
    case WIRE_WELCOME:
        apply_welcome(&message->as.welcome);
        break;
    case WIRE_LINE:
        apply_line(&message->as.line);
        break;
    case WIRE_LINE_GONE: {
        struct line *line = line_find(message->as.line_gone.line);
        if (line != NULL) {
            retire_line(line);
        }
        break;
    }
    case WIRE_CALL:
        apply_call(&message->as.call);
        break;
    case WIRE_RESULT:
        apply_result(message->request, &message->as.result);
        break;
    default:
        apply_synced(item->connection);
    }
}

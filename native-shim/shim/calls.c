#include "calls.h"

#include "../port/port.h"
#include "handles.h"
#include "text.h"

#include <stdlib.h>

static struct call *first; /* newest first */
static uint32_t count;
static struct ended {
    uint32_t line;
    uint32_t call;
} ended_ids[ENDED_IDS_MAX];
static uint32_t ended_next;

struct call *calls_first(void)
{
    return first;
}

struct call *call_find(uint32_t line, uint32_t id)
{
    struct call *call = first;
    while (call != NULL && (call->id != id || call->line->id != line || call->stage == CALL_ENDED ||
                            call->stage == CALL_PENDING)) {
        call = call->next;
    }
    return call;
}

struct call *call_find_handle(HDRVCALL handle)
{
    return handle_find(HANDLE_CALL, (uintptr_t)handle);
}

struct call *call_create(struct line *line, uint32_t id)
{
    struct call *call = count < CALLS_MAX ? calloc(1, sizeof *call) : NULL;
    if (call == NULL) {
        return NULL;
    }
    call->id = id;
    call->line = line;
    call->stage = CALL_UNOFFERED;
    call->shown.state = LINECALLSTATE_UNKNOWN;
    call->media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    port_utc(&call->entered);
    call->next = first;
    first = call;
    count++;
    return call;
}

void call_remove(struct call *call)
{
    struct call **at = &first;
    while (*at != call) {
        at = &(*at)->next;
    }
    *at = call->next;
    count--;
    handle_release(call->handle);
    free(call);
}

void calls_remove_of_line(const struct line *line)
{
    struct call *call = first;
    while (call != NULL) {
        struct call *next = call->next;
        if (call->line == line) {
            call_remove(call);
        }
        call = next;
    }
}

void calls_clear(void)
{
    while (first != NULL) {
        call_remove(first);
    }
    ended_next = 0;
    for (size_t i = 0; i < ENDED_IDS_MAX; i++) {
        ended_ids[i] = (struct ended){0, 0};
    }
}

bool call_need_handle(struct call *call)
{
    if (call->handle == 0) {
        call->handle = handle_create(HANDLE_CALL, call);
    }
    return call->handle != 0;
}

void call_detach(struct call *call)
{
    handle_release(call->handle);
    call->handle = 0;
    call->tapi = NULL;
}

static void update_party(struct party *party, const wire_party *from)
{
    party->flags = from->flags;
    text_update(party->number, sizeof party->number, from->number);
    text_update(party->name, sizeof party->name, from->name);
}

void call_show(struct call *call, const wire_call *from)
{
    call_show_state(call, from->state, from->mode);
    call->shown.features = from->features;
    call->shown.origin = from->origin;
    call->shown.reason = from->reason;
    call->shown.related = from->related_call;
    update_party(&call->shown.parties[PARTY_CALLER], &from->caller);
    update_party(&call->shown.parties[PARTY_CALLED], &from->called);
    update_party(&call->shown.parties[PARTY_CONNECTED], &from->connected);
    update_party(&call->shown.parties[PARTY_REDIRECTING], &from->redirecting);
    update_party(&call->shown.parties[PARTY_REDIRECTION], &from->redirection);
}

void call_show_state(struct call *call, uint32_t state, uint32_t mode)
{
    if (call->shown.state != state || call->shown.mode != mode) {
        port_utc(&call->entered);
    }
    call->shown.state = state;
    call->shown.mode = mode;
}

void call_mark_ended(struct call *call)
{
    struct call *oldest = NULL;
    uint32_t ended = 0;
    call->stage = CALL_ENDED;
    call->tapi = NULL;
    for (struct call *other = first; other != NULL; other = other->next) {
        if (other->stage == CALL_ENDED && other != call) {
            oldest = other;
            ended++;
        }
    }
    if (ended >= ENDED_CALLS_MAX) {
        call_remove(oldest);
    }
}

void call_remember_ended(const struct call *call)
{
    ended_ids[ended_next] = (struct ended){call->line->id, call->id};
    ended_next = (ended_next + 1) % ENDED_IDS_MAX;
}

bool call_has_ended(uint32_t line, uint32_t id)
{
    for (size_t i = 0; i < ENDED_IDS_MAX; i++) {
        if (ended_ids[i].line == line && ended_ids[i].call == id) {
            return true;
        }
    }
    return false;
}

bool call_is_over(const struct call *call)
{
    return call->stage == CALL_ENDED || call->shown.state == LINECALLSTATE_IDLE;
}

/* A program's wish to hear of a media mode needs no PBX: it is kept, and the mode never changes. */
#define OWN_FEATURES ((DWORD)LINECALLFEATURE_MONITORMEDIA)

DWORD call_features_now(const struct call *call)
{
    const DWORD state = call->shown.state;
    const bool is_alive =
        !call_is_over(call) && state != LINECALLSTATE_DISCONNECTED && state != LINECALLSTATE_UNKNOWN;
    return (call->shown.features & EXPORTED_CALL_FEATURES) | (is_alive ? OWN_FEATURES : 0);
}

DWORD call_features_of(const struct line *line)
{
    return (line->call_features & EXPORTED_CALL_FEATURES) | OWN_FEATURES;
}

struct call_counts calls_count(const struct line *line)
{
    struct call_counts counts = {0, 0, 0, 0};
    for (const struct call *call = first; call != NULL; call = call->next) {
        if (call->line != line || call->stage == CALL_PENDING || call->stage == CALL_BOUND ||
            call->stage == CALL_ENDED) {
            continue;
        }
        switch (call->shown.state) {
        case LINECALLSTATE_IDLE:
            break;
        case LINECALLSTATE_ONHOLD:
            counts.held++;
            counts.all++;
            break;
        case LINECALLSTATE_ONHOLDPENDCONF:
        case LINECALLSTATE_ONHOLDPENDTRANSFER:
            counts.pending++;
            counts.all++;
            break;
        case LINECALLSTATE_UNKNOWN:
        case LINECALLSTATE_CONFERENCED:
        case LINECALLSTATE_DISCONNECTED:
            counts.all++;
            break;
        default:
            counts.active++;
            counts.all++;
        }
    }
    return counts;
}

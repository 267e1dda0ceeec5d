#include "published.h"

#include "events.h"
#include "follow.h"
#include "line-store.h"
#include "link.h"
#include "outgoing.h"
#include "presence.h"
#include "requests.h"
#include "trace.h"

static struct call *next_call_of(const struct line *line)
{
    struct call *call = calls_first();
    while (call != NULL && (call->line != line || call->stage == CALL_ENDED || call->stage == CALL_PENDING)) {
        call = call->next;
    }
    return call;
}

/* Both end what is under way and return the line; NULL: it is gone, too, TAPI having been busy meanwhile. */
static struct line *end_calls_of(uint32_t id, DWORD mode)
{
    struct line *line = line_find(id);
    struct call *call;
    while (line != NULL && (call = next_call_of(line)) != NULL) {
        follow_end(call, mode);
        line = line_find(id);
    }
    return line;
}

static struct line *end_work_of(uint32_t id, DWORD mode)
{
    if (end_calls_of(id, mode) != NULL) {
        requests_close_line(id);
        events_deliver_completions();
    }
    return line_find(id);
}

/* Takes a line out: LINE_REMOVE. */
static void retire_line(uint32_t id)
{
    struct line *line = end_work_of(id, LINEDISCONNECTMODE_UNAVAIL);
    if (line == NULL) {
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

static void announce(struct line *line)
{
    line->announced = true;
    event_create(line->id, line->token);
}

void published_announce(void)
{
    struct line *line;
    while ((line = next_unannounced()) != NULL) {
        announce(line);
    }
}

/* Another link's word counts for the line: this one is told, once its snapshot is complete. */
static void ignore_claim(struct link *link, const struct line *line)
{
    trace("line %u: also published by session %u, which is ignored", (unsigned)line->id,
          (unsigned)link->session);
    outgoing_report_ignored(link, line);
}

static void announce_opened(struct link *link, const struct line *line)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof(wire_line_opened)];
    const wire_line_opened body = {.line = line->id, .tspi_version = line->version};
    if (line->handle != 0) {
        outgoing_append(link, frame, wire_encode_line_opened(frame, sizeof frame, 0, &body));
    }
}

/* The line passes to this link, which wins it. NULL: the line is gone meanwhile. */
static struct line *pass_to(struct link *link, struct line *line)
{
    const uint32_t id = line->id;
    const uint32_t number = link->number;
    struct link *loser = links_of(line);
    /* Calls that somebody else's companion told are not this one's; what waits for a companion waits for any.
     */
    if (loser != NULL) {
        line = end_work_of(id, LINEDISCONNECTMODE_TEMPFAILURE);
    } else if (line->has_home && line->home != link->session) {
        line = end_calls_of(id, LINEDISCONNECTMODE_TEMPFAILURE);
    }
    link = links_find(number);
    if (line == NULL || link == NULL) {
        return NULL;
    }
    loser = links_of(line);
    line->publisher = number;
    line->home = link->session;
    line->has_home = true;
    if (loser != NULL && loser != link) {
        ignore_claim(loser, line);
    }
    if (outgoing_is_open(link)) {
        presence_found(line);
        announce_opened(link, line);
    } else if (loser != NULL) {
        presence_passes(line);
    }
    return line;
}

/* The line if this link's word counts for it; NULL otherwise. */
static struct line *claim(struct link *link, struct line *line)
{
    const struct link *publisher = links_of(line);
    line->claims |= links_bit(link);
    if (publisher == link) {
        return line;
    }
    if (publisher != NULL && links_wins(publisher, link)) {
        ignore_claim(link, line);
        return NULL;
    }
    return pass_to(link, line);
}

static void apply_new_line(struct link *link, const wire_line *from)
{
    struct line *line = line_create(from->line);
    if (line == NULL) {
        trace("line %u: there is no room", (unsigned)from->line);
        return;
    }
    line_update(line, from);
    claim(link, line);
    line_store_changed();
    announce(line);
}

/* A snapshot has thousands of lines: what is done for one must not look at all of them. */
void published_apply(struct link *link, const wire_line *from)
{
    struct line *line = line_find(from->line);
    if (line == NULL) {
        apply_new_line(link, from);
    } else {
        line = claim(link, line);
        if (line == NULL) {
            return;
        }
        if (line_update(line, from)) {
            line_store_changed();
            event_line(line->id, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0);
        }
    }
    line = line_find(from->line);
    if (line != NULL) {
        presence_tell_service(line);
    }
    requests_send_waiting();
}

/* A companion that is ignored gives up its claim alone; one that never had the line says nothing of it. */
void published_apply_gone(struct link *link, uint32_t id)
{
    struct line *line = line_find(id);
    if (line == NULL) {
        return;
    }
    line->claims &= ~links_bit(link);
    if (line->publisher != link->number) {
        return;
    }
    struct link *rival = links_best(line);
    if (rival == NULL) {
        retire_line(id);
        return;
    }
    line = end_work_of(id, LINEDISCONNECTMODE_UNAVAIL);
    rival = line == NULL ? NULL : links_best(line);
    if (rival != NULL) {
        line->publisher = 0;
        presence_lost(line, true);
        rival->renews = true;
        link_wake();
    }
}

void published_synced(struct link *link)
{
    for (struct line *line = lines_first(); line != NULL; line = line->next) {
        if (line->publisher == link->number) {
            presence_found(line);
            announce_opened(link, line);
        } else if ((line->claims & links_bit(link)) != 0) {
            outgoing_report_ignored(link, line);
        }
    }
}

void published_lost(const struct link *link)
{
    for (struct line *line = lines_first(); line != NULL; line = line->next) {
        line->claims &= ~links_bit(link);
        if (line->publisher == link->number) {
            line->publisher = 0;
            presence_lost(line, link->synced);
        }
    }
}

#include "presence.h"

#include "constants.h"
#include "events.h"
#include "follow.h"
#include "link.h"
#include "model.h"
#include "outgoing.h"

static uint64_t next_end; /* no grace of any line ends before; 0: none runs */

static void await(uint64_t end)
{
    next_end = model_earlier(next_end, end);
}

void presence_started(void)
{
    const uint64_t end = model_now() + START_SERVICE_GRACE;
    for (struct line *line = lines_first(); line != NULL; line = line->next) {
        line->service_until = end;
        await(end);
    }
}

void presence_found(struct line *line)
{
    line->calls_until = 0;
    line->service_until = 0;
}

void presence_passes(struct line *line)
{
    line->calls_until = 0;
    line->service_until = model_now() + LINK_LOSS_SERVICE_GRACE;
    await(line->service_until);
}

void presence_lost(struct line *line, bool was_open)
{
    if (was_open) {
        const uint64_t now = model_now();
        line->calls_until = now + LINK_LOSS_CALL_GRACE;
        line->service_until = now + LINK_LOSS_SERVICE_GRACE;
        await(line->calls_until);
    }
}

/* A line that no complete snapshot has keeps what was told last, while its grace runs. */
static bool serves(const struct line *line)
{
    if (outgoing_is_open(links_of(line))) {
        return line->in_service;
    }
    return line->service_until != 0 && line->told_in_service;
}

static struct line *next_untold(void)
{
    struct line *line = lines_first();
    while (line != NULL && line->told_in_service == serves(line)) {
        line = line->next;
    }
    return line;
}

void presence_tell_service(struct line *line)
{
    const bool is_served = serves(line);
    if (line->told_in_service != is_served) {
        line->told_in_service = is_served;
        event_line(line->id, LINE_LINEDEVSTATE,
                   is_served ? LINEDEVSTATE_INSERVICE : LINEDEVSTATE_OUTOFSERVICE, 0, 0);
    }
}

void presence_tell_services(void)
{
    struct line *line;
    while ((line = next_untold()) != NULL) {
        presence_tell_service(line);
    }
}

uint64_t presence_deadline(void)
{
    return next_end;
}

static bool is_due(uint64_t end, uint64_t now)
{
    return end != 0 && end <= now;
}

static struct call *next_due_call(uint64_t now)
{
    struct call *call = calls_first();
    while (call != NULL && (!is_due(call->line->calls_until, now) || call->stage == CALL_ENDED ||
                            call->stage == CALL_PENDING)) {
        call = call->next;
    }
    return call;
}

/* Another companion that publishes the line was not listened to: it is asked to tell everything once more. */
static void call_rival(const struct line *line)
{
    struct link *rival = line->publisher == 0 ? links_best(line) : NULL;
    if (rival != NULL) {
        rival->renews = true;
        link_wake();
    }
}

void presence_expire(uint64_t now)
{
    struct call *call;
    if (!is_due(next_end, now)) {
        return;
    }
    while ((call = next_due_call(now)) != NULL) {
        follow_end(call, LINEDISCONNECTMODE_TEMPFAILURE);
    }
    next_end = 0;
    for (struct line *line = lines_first(); line != NULL; line = line->next) {
        if (is_due(line->calls_until, now)) {
            line->calls_until = 0;
            call_rival(line);
        }
        line->service_until = is_due(line->service_until, now) ? 0 : line->service_until;
        await(line->calls_until);
        await(line->service_until);
    }
    presence_tell_services();
}

void presence_clear(void)
{
    next_end = 0;
}

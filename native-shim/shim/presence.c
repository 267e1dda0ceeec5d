#include "presence.h"

#include "constants.h"
#include "events.h"
#include "follow.h"
#include "model.h"

static enum { ABSENT, GRACE, SYNCED } state;
static uint64_t calls_until;   /* end of the calls' grace, 0: not running */
static uint64_t service_until; /* end of the lines' grace, 0: not running */

void presence_started(void)
{
    state = GRACE;
    service_until = model_now() + START_SERVICE_GRACE;
}

void presence_synced(void)
{
    /* The lines' grace runs on for those that the companion has not published yet: it may still sign in. */
    state = SYNCED;
    calls_until = 0;
}

void presence_lost(void)
{
    if (state == SYNCED) {
        const uint64_t now = model_now();
        state = GRACE;
        calls_until = now + LINK_LOSS_CALL_GRACE;
        service_until = now + LINK_LOSS_SERVICE_GRACE;
    }
}

/* A line that this link has not published keeps what was told last, while the grace runs. */
static bool serves(const struct line *line)
{
    if (state == SYNCED && line->seen) {
        return line->in_service;
    }
    return service_until != 0 && line->told_in_service;
}

static struct line *next_untold(void)
{
    struct line *line = lines_first();
    while (line != NULL && line->told_in_service == serves(line)) {
        line = line->next;
    }
    return line;
}

void presence_tell_services(void)
{
    struct line *line;
    while ((line = next_untold()) != NULL) {
        line->told_in_service = serves(line);
        event_line(line->id, LINE_LINEDEVSTATE,
                   line->told_in_service ? LINEDEVSTATE_INSERVICE : LINEDEVSTATE_OUTOFSERVICE, 0, 0);
    }
}

uint64_t presence_deadline(void)
{
    return model_earlier(calls_until, service_until);
}

static struct call *next_told_call(void)
{
    struct call *call = calls_first();
    while (call != NULL && call->stage != CALL_FOLLOWED && call->stage != CALL_BOUND) {
        call = call->next;
    }
    return call;
}

void presence_expire(uint64_t now)
{
    if (calls_until != 0 && calls_until <= now) {
        struct call *call;
        calls_until = 0;
        while ((call = next_told_call()) != NULL) {
            follow_end(call, LINEDISCONNECTMODE_TEMPFAILURE);
        }
    }
    if (service_until != 0 && service_until <= now) {
        service_until = 0;
        state = state == GRACE ? ABSENT : state;
        presence_tell_services();
    }
}

void presence_clear(void)
{
    state = ABSENT;
    calls_until = 0;
    service_until = 0;
}

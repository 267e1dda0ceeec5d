#include "dispatcher.h"

#include "companion.h"
#include "constants.h"
#include "digits.h"
#include "events.h"
#include "follow.h"
#include "inbox.h"
#include "line-store.h"
#include "model.h"
#include "presence.h"
#include "published.h"
#include "requests.h"
#include "trace-frames.h"
#include "trace.h"

#include <stdint.h>
#include <stdlib.h>

_Static_assert(COMPLETION_WAIT + 2u * THREAD_JOIN_DEADLINE < SHUTDOWN_DEADLINE, "the end may take too long");

static port_thread *thread;
static uint32_t session; /* changes when the thread has to end */
static uint64_t worker;  /* the thread that calls back into TAPI, 0: none */

/* The next thing to do that is due now. False: there is none. */
static bool work_once(uint64_t now, uint64_t deadline)
{
    events_deliver_completions();
    if (provider.lines_due) {
        provider.lines_due = false;
        published_announce();
    }
    follow_due_offers();
    follow_due_infos();
    digits_deliver();
    trace_send();
    if (deadline != 0 && deadline <= now) {
        requests_expire(now);
        presence_expire(now);
        return true;
    }
    struct inbox_item *item = inbox_take();
    if (item != NULL) {
        companion_apply(item);
        free(item);
        return true;
    }
    /* Only when all is quiet: a snapshot of a thousand lines is one change. */
    return line_store_write();
}

static void work(uint32_t mine)
{
    uint64_t gave_way = 0;
    while (session == mine) {
        const uint64_t changes = model_changes();
        const uint64_t deadline = model_earlier(requests_deadline(), presence_deadline());
        const uint64_t now = model_now();
        if (!work_once(now, deadline) && session == mine && model_changes() == changes) {
            model_wait(model_remaining(deadline, now));
        }
        if (now - gave_way >= GIVE_WAY_INTERVAL) {
            gave_way = now;
            model_give_way();
        }
    }
}

static void run(void *argument)
{
    const uint32_t mine = (uint32_t)(uintptr_t)argument;
    model_lock();
    /* TAPI may hold the thread of the session before in a callback still; there is never a second one. */
    while (session == mine && worker != 0) {
        model_wait(PORT_FOREVER);
    }
    if (session == mine) {
        worker = port_thread_self();
        work(mine);
        worker = 0;
        model_changed();
    }
    model_unlock();
}

bool dispatcher_start(void)
{
    model_lock();
    const uint32_t mine = ++session;
    model_unlock();
    thread = port_thread_start(run, (void *)(uintptr_t)mine);
    return thread != NULL;
}

void dispatcher_stop(void)
{
    model_lock();
    requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
    dispatcher_flush();
    session++;
    model_changed();
    model_unlock();
    if (thread != NULL && !port_thread_join(thread, THREAD_JOIN_DEADLINE)) {
        trace("dispatcher: TAPI holds the thread in a callback");
    }
    thread = NULL;
}

void dispatcher_flush(void)
{
    if (worker == port_thread_self()) {
        events_deliver_completions();
        return;
    }
    const uint64_t target = completions_posted();
    const uint64_t deadline = model_now() + COMPLETION_WAIT;
    while (completions_delivered() < target) {
        const uint32_t left = model_remaining(deadline, model_now());
        if (left == 0) {
            trace("dispatcher: a completion comes late, TAPI holds the thread in a callback");
            return;
        }
        model_wait(left);
    }
}

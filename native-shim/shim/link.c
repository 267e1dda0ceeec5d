#include "link.h"

#include "architecture.h"
#include "constants.h"
#include "conversation.h"
#include "model.h"
#include "sessions.h"
#include "text.h"
#include "trace.h"

#include <stdlib.h>

struct worker {
    port_links *ports;
    uint32_t generation; /* of link_start; another one runs, or none, when it differs */
    struct conversation *talks[LINKS_MAX];
    size_t count;
    uint32_t failures;   /* attempts since there was news */
    uint64_t look_at;    /* when to look for companions; 0: when one announces itself */
    uint64_t deaf_until; /* announcements are not listened for before */
};

_Static_assert(LINKS_MAX <= PORT_LINKS_MAX && LINKS_MAX <= 32,
               "a wait and a line's claims hold so many links");

static port_thread *thread;
static port_links *present; /* of the running thread, for link_wake */
static uint32_t generation; /* changes when the thread has to end */

static bool is_over(const struct worker *worker)
{
    model_lock();
    const bool over = generation != worker->generation;
    model_unlock();
    return over;
}

void link_wake(void)
{
    if (present != NULL) {
        port_links_wake(present);
    }
}

/* The model's side of a new connection; NULL: there is no room for one, or the thread has to end. */
static struct link *greet(const struct worker *worker, uint32_t session)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof(wire_hello) + sizeof TAPLINE_VERSION];
    wire_hello hello = {
        .protocol_min = PROTOCOL_OLDEST,
        .protocol_max = WIRE_PROTOCOL,
        .architecture = SHIM_ARCHITECTURE,
        .process_id = port_process_id(),
        .version = text_of(TAPLINE_VERSION),
    };
    model_lock();
    hello.provider_id = provider.permanent_id;
    const size_t size = wire_encode_hello(frame, sizeof frame, 0, &hello);
    struct link *link = generation == worker->generation ? links_begin(session, frame, size) : NULL;
    model_unlock();
    return link;
}

static struct conversation *find_talk(const struct worker *worker, uint32_t session)
{
    for (size_t i = 0; i < worker->count; i++) {
        if (worker->talks[i]->link->session == session) {
            return worker->talks[i];
        }
    }
    return NULL;
}

/* False: nobody serves the session, he is not trusted, or there is no room. */
static bool begin_talk(struct worker *worker, uint32_t session)
{
    struct conversation *talk = worker->count < LINKS_MAX ? calloc(1, sizeof *talk) : NULL;
    port_link *port = talk == NULL ? NULL : port_link_open(session);
    struct link *link = port == NULL ? NULL : greet(worker, session);
    if (link == NULL) {
        if (port != NULL) {
            port_link_close(port);
        }
        free(talk);
        return false;
    }
    conversation_start(talk, port, link);
    worker->talks[worker->count++] = talk;
    trace("link: connected to session %u", (unsigned)session);
    return true;
}

/* The lost companion is looked for again. */
static void end_talk(struct worker *worker, size_t at)
{
    struct conversation *talk = worker->talks[at];
    const uint64_t now = model_now();
    const bool settled = talk->phase == LINK_LIVE && now - talk->since >= SETTLED_AFTER;
    worker->talks[at] = worker->talks[--worker->count];
    port_link_close(talk->port);
    model_lock();
    links_end(talk->link);
    model_unlock();
    free(talk);
    trace("link: closed");
    if (settled || worker->failures >= LOOK_ATTEMPTS) {
        worker->failures = 0;
    }
    worker->look_at = now + sessions_pause(worker->failures + 1, port_now_us());
}

/* Connects to every companion that may be followed and is not yet. */
static void look_for_companions(struct worker *worker)
{
    uint32_t sessions[SESSIONS_LOOKED_AT_MAX];
    const size_t found = port_sessions(sessions, SESSIONS_LOOKED_AT_MAX);
    const enum port_following following = port_following();
    bool missing = false;
    for (size_t i = 0; i < found; i++) {
        bool has_user = false;
        for (size_t at = 0; at < worker->count; at++) {
            has_user = has_user || worker->talks[at]->link->session != SERVICE_SESSION;
        }
        if (find_talk(worker, sessions[i]) == NULL && sessions_may_follow(following, sessions[i], has_user)) {
            missing = !begin_talk(worker, sessions[i]) || missing;
        }
    }
    worker->failures++;
    const bool waits = !missing || (worker->failures >= LOOK_ATTEMPTS && port_links_announce(worker->ports));
    worker->look_at = waits ? 0 : model_now() + sessions_pause(worker->failures, port_now_us());
}

static uint32_t time_to_wait(const struct worker *worker)
{
    uint64_t next = model_earlier(worker->look_at, worker->deaf_until);
    for (size_t i = 0; i < worker->count; i++) {
        next = model_earlier(next, worker->talks[i]->deadline);
    }
    return model_remaining(next, model_now());
}

static void wait_for_news(struct worker *worker)
{
    port_link *ports[LINKS_MAX];
    for (size_t i = 0; i < worker->count; i++) {
        ports[i] = worker->talks[i]->port;
    }
    const unsigned news =
        port_links_wait(worker->ports, ports, worker->count, time_to_wait(worker), worker->deaf_until == 0);
    const uint64_t now = model_now();
    if (worker->deaf_until <= now) {
        worker->deaf_until = 0;
    }
    if ((news & PORT_LINKS_ANNOUNCED) != 0) {
        worker->failures = 0;
        worker->look_at = now;
        worker->deaf_until = now + ANNOUNCEMENT_PAUSE;
    }
}

static void work_once(struct worker *worker)
{
    if (worker->look_at != 0 && worker->look_at <= model_now()) {
        look_for_companions(worker);
    }
    for (size_t i = worker->count; i > 0; i--) {
        if (!conversation_move(worker->talks[i - 1])) {
            end_talk(worker, i - 1);
        }
    }
    wait_for_news(worker);
    for (size_t i = worker->count; i > 0; i--) {
        if (!conversation_take_events(worker->talks[i - 1])) {
            end_talk(worker, i - 1);
        }
    }
}

static void run(void *argument)
{
    struct worker *worker = argument;
    /* A companion that is not there yet announces itself by the event, where there is one. */
    worker->failures = port_links_announce(worker->ports) ? LOOK_ATTEMPTS : 0;
    worker->look_at = model_now();
    while (!is_over(worker)) {
        work_once(worker);
    }
    while (worker->count > 0) {
        end_talk(worker, worker->count - 1);
    }
    model_lock();
    if (present == worker->ports) {
        present = NULL;
    }
    model_unlock();
    port_links_destroy(worker->ports);
    free(worker);
}

bool link_start(void)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        return false;
    }
    worker->ports = port_links_create();
    model_lock();
    worker->generation = generation;
    present = worker->ports;
    model_unlock();
    thread = worker->ports == NULL ? NULL : port_thread_start(run, worker);
    if (thread != NULL) {
        return true;
    }
    model_lock();
    present = NULL;
    model_unlock();
    if (worker->ports != NULL) {
        port_links_destroy(worker->ports);
    }
    free(worker);
    return false;
}

void link_stop(void)
{
    model_lock();
    generation++;
    link_wake();
    model_unlock();
    if (thread != NULL && !port_thread_join(thread, THREAD_JOIN_DEADLINE)) {
        trace("link: the thread does not end");
    }
    thread = NULL;
}

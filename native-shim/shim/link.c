#include "link.h"

#include "constants.h"
#include "frame.h"
#include "inbox.h"
#include "model.h"
#include "outgoing.h"
#include "text.h"
#include "trace.h"

#include <stdlib.h>

#if defined(_M_X64) || (defined(_WIN32) && defined(__x86_64__))
#define ARCHITECTURE WIRE_ARCHITECTURE_X64
#elif defined(_WIN32) && defined(__aarch64__)
#define ARCHITECTURE WIRE_ARCHITECTURE_ARM64
#elif defined(_WIN32)
#define ARCHITECTURE WIRE_ARCHITECTURE_X86
#else
#define ARCHITECTURE WIRE_ARCHITECTURE_NATIVE
#endif

struct conversation {
    port_link *link;
    uint32_t session;    /* of link_start; another one runs, or none, when it differs */
    uint32_t connection; /* number of outgoing_begin */
    enum link_phase phase;
    uint64_t deadline; /* of the handshake; 0 once synced */
    bool reading;
    bool writing;
    struct frame_reader reader;
    uint8_t buffer[FRAME_BUFFER_SIZE];
};

static port_thread *thread;
static port_link *present; /* of the running thread, for link_wake */
static uint32_t session;   /* changes when the thread has to end */

static bool is_over(const struct conversation *talk)
{
    model_lock();
    const bool over = session != talk->session;
    model_unlock();
    return over;
}

void link_wake(void)
{
    if (present != NULL) {
        port_link_wake(present);
    }
}

static void greet(struct conversation *talk)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof(wire_hello) + sizeof TAPLINE_VERSION];
    wire_hello hello = {
        .protocol_min = PROTOCOL_OLDEST,
        .protocol_max = WIRE_PROTOCOL,
        .architecture = ARCHITECTURE,
        .process_id = port_process_id(),
        .version = text_of(TAPLINE_VERSION),
    };
    model_lock();
    hello.provider_id = provider.permanent_id;
    talk->connection = outgoing_begin(frame, wire_encode_hello(frame, sizeof frame, 0, &hello));
    model_unlock();
}

/* Takes one frame over. False: the companion broke the protocol, or there is no memory. */
static bool take_frame(struct conversation *talk, const wire_frame *frame)
{
    enum message_status status;
    struct inbox_item *item = inbox_decode(frame, talk->connection, &status);
    if (status == MESSAGE_UNKNOWN && talk->phase != LINK_GREETED) {
        trace("link: skipped a message of unknown type %u", (unsigned)frame->type);
        return true;
    }
    if (item == NULL) {
        trace("link: malformed message of type %u", (unsigned)frame->type);
        return false;
    }
    if (!link_phase_next(&talk->phase, &item->message)) {
        trace("link: message of type %u out of place", (unsigned)frame->type);
        free(item);
        return false;
    }
    if (talk->phase == LINK_LIVE) {
        talk->deadline = 0;
    }
    model_lock();
    inbox_put(item);
    model_unlock();
    return true;
}

/* Hands over whole frames while the inbox has room. False: the stream is broken. */
static bool take_frames(struct conversation *talk)
{
    for (;;) {
        wire_frame frame;
        model_lock();
        const bool room = inbox_has_room();
        model_unlock();
        if (!room) {
            return true;
        }
        switch (frame_reader_next(&talk->reader, &frame)) {
        case FRAME_WANTED:
            return true;
        case FRAME_BROKEN:
            trace("link: a frame is longer than %u bytes", (unsigned)WIRE_MAX_BODY);
            return false;
        case FRAME_READ:
            if (!take_frame(talk, &frame)) {
                return false;
            }
        }
    }
}

static bool keep_reading(struct conversation *talk)
{
    size_t room = 0;
    if (talk->reading) {
        return true;
    }
    uint8_t *space = frame_reader_space(&talk->reader, &room);
    if (room == 0) {
        return true; /* whole frames wait for the inbox */
    }
    talk->reading = port_link_read(talk->link, space, room);
    return talk->reading;
}

static bool keep_writing(struct conversation *talk)
{
    const uint8_t *data = NULL;
    size_t size = 0;
    if (talk->writing) {
        return true;
    }
    model_lock();
    const bool any = outgoing_next(&data, &size);
    model_unlock();
    if (!any) {
        return true;
    }
    talk->writing = port_link_write(talk->link, data, size);
    return talk->writing;
}

/* One round of the conversation. False: it is over. */
static bool converse_once(struct conversation *talk)
{
    size_t read = 0;
    size_t written = 0;
    if (!keep_reading(talk) || !keep_writing(talk)) {
        return false;
    }
    const uint32_t wait = model_remaining(talk->deadline, model_now());
    const unsigned events = port_link_wait(talk->link, wait, &read, &written);
    if ((events & PORT_LINK_WRITTEN) != 0) {
        outgoing_written(written);
        talk->writing = false;
    }
    if ((events & PORT_LINK_READ) != 0) {
        frame_reader_filled(&talk->reader, read);
        talk->reading = false;
    }
    if ((events & PORT_LINK_TIMEOUT) != 0) {
        trace("link: the companion did not finish the handshake");
        return false;
    }
    /* What arrived before the loss still counts. */
    return take_frames(talk) && (events & PORT_LINK_LOST) == 0 && !is_over(talk);
}

static void converse(struct conversation *talk)
{
    talk->phase = LINK_GREETED;
    talk->deadline = model_now() + HANDSHAKE_DEADLINE;
    talk->reading = false;
    talk->writing = false;
    frame_reader_start(&talk->reader, talk->buffer, sizeof talk->buffer);
    greet(talk);
    trace("link: connected");
    while (converse_once(talk)) {
    }
    port_link_disconnect(talk->link);
    struct inbox_item *lost = inbox_lost(talk->connection);
    model_lock();
    if (session == talk->session) {
        outgoing_end();
        if (lost != NULL) {
            inbox_put(lost);
            lost = NULL;
        }
    }
    model_unlock();
    free(lost);
    trace("link: closed");
}

static uint32_t pause_after(uint32_t failures)
{
    uint32_t pause = RECONNECT_PAUSE_FIRST;
    for (uint32_t i = 1; i < failures && pause < RECONNECT_PAUSE_LONGEST; i++) {
        pause *= 2;
    }
    if (pause > RECONNECT_PAUSE_LONGEST) {
        pause = RECONNECT_PAUSE_LONGEST;
    }
    return pause + (uint32_t)(port_now_us() % (pause / 4));
}

static void run(void *argument)
{
    struct conversation *talk = argument;
    /* A companion that is not there yet announces itself by the event, where there is one. */
    uint32_t failures = port_link_has_ready_event() ? RECONNECT_ATTEMPTS : 0;
    while (!is_over(talk)) {
        if (port_link_connect(talk->link)) {
            const uint64_t start = model_now();
            converse(talk);
            const bool settled = talk->phase == LINK_LIVE && model_now() - start >= SETTLED_AFTER;
            failures = settled || failures >= RECONNECT_ATTEMPTS ? 1 : failures + 1;
        } else {
            failures++;
        }
        if (is_over(talk)) {
            break;
        }
        const bool idle = failures >= RECONNECT_ATTEMPTS && port_link_has_ready_event();
        if (port_link_wait_ready(talk->link, idle ? PORT_FOREVER : pause_after(failures))) {
            failures = 0;
        }
    }
    model_lock();
    if (present == talk->link) {
        present = NULL;
        outgoing_destroy();
    }
    model_unlock();
    port_link_destroy(talk->link);
    free(talk);
}

bool link_start(void)
{
    struct conversation *talk = calloc(1, sizeof *talk);
    if (talk == NULL) {
        return false;
    }
    talk->link = port_link_create();
    model_lock();
    const bool ready = talk->link != NULL && outgoing_create();
    talk->session = session;
    present = ready ? talk->link : NULL;
    model_unlock();
    thread = ready ? port_thread_start(run, talk) : NULL;
    if (thread != NULL) {
        return true;
    }
    model_lock();
    present = NULL;
    outgoing_destroy();
    model_unlock();
    if (talk->link != NULL) {
        port_link_destroy(talk->link);
    }
    free(talk);
    return false;
}

void link_stop(void)
{
    model_lock();
    session++;
    link_wake();
    model_unlock();
    if (thread != NULL && !port_thread_join(thread, THREAD_JOIN_DEADLINE)) {
        trace("link: the thread does not end");
    }
    thread = NULL;
}

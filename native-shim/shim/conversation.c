#include "conversation.h"

#include "constants.h"
#include "inbox.h"
#include "model.h"
#include "outgoing.h"
#include "trace.h"

#include <stdlib.h>

void conversation_start(struct conversation *talk, port_link *port, struct link *link)
{
    talk->port = port;
    talk->link = link;
    talk->phase = LINK_GREETED;
    talk->since = model_now();
    talk->deadline = talk->since + HANDSHAKE_DEADLINE;
    frame_reader_start(&talk->reader, talk->buffer, sizeof talk->buffer);
}

/* Takes one frame over. False: the companion broke the protocol, or there is no memory. */
static bool take_frame(struct conversation *talk, const wire_frame *frame)
{
    enum message_status status;
    struct inbox_item *item = inbox_decode(frame, talk->link->number, &status);
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
    model_lock();
    const bool wanted = !talk->link->forgotten;
    if (wanted) {
        inbox_put(item);
    }
    model_unlock();
    if (!wanted) {
        free(item);
    }
    return wanted;
}

/* The companion is not to blame for the time in which its snapshot is not read. */
static void wait_for_room(struct conversation *talk)
{
    if (talk->phase != LINK_LIVE) {
        talk->deadline = model_now() + HANDSHAKE_DEADLINE;
    }
}

/* Hands over whole frames while the inbox has room. False: the stream is broken. */
static bool take_frames(struct conversation *talk)
{
    for (;;) {
        wire_frame frame;
        model_lock();
        const bool room = inbox_has_room(talk->link);
        model_unlock();
        if (!room) {
            wait_for_room(talk);
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
    talk->reading = port_link_read(talk->port, space, room);
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
    const bool any = outgoing_next(talk->link, &data, &size);
    const bool renews = talk->link->renews;
    model_unlock();
    if (renews) {
        trace("link: session %u is asked for everything", (unsigned)talk->link->session);
        return false;
    }
    if (!any) {
        return true;
    }
    talk->writing = port_link_write(talk->port, data, size);
    if (talk->phase == LINK_LIVE) {
        talk->deadline = model_now() + WRITE_DEADLINE;
    }
    return talk->writing;
}

bool conversation_move(struct conversation *talk)
{
    return keep_reading(talk) && keep_writing(talk);
}

bool conversation_take_events(struct conversation *talk)
{
    size_t read = 0;
    size_t written = 0;
    const unsigned events = port_link_events(talk->port, &read, &written);
    if ((events & PORT_LINK_WRITTEN) != 0) {
        outgoing_written(talk->link, written);
        talk->writing = false;
    }
    if ((events & PORT_LINK_READ) != 0) {
        frame_reader_filled(&talk->reader, read);
        talk->reading = false;
    }
    /* What arrived before the loss still counts. */
    if (!take_frames(talk) || (events & PORT_LINK_LOST) != 0) {
        return false;
    }
    if (talk->phase == LINK_LIVE && !talk->writing) {
        talk->deadline = 0;
    }
    if (talk->deadline != 0 && talk->deadline <= model_now()) {
        trace("link: the companion of session %u does not answer in time", (unsigned)talk->link->session);
        return false;
    }
    return true;
}

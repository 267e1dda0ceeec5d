#include "message.h"

#include "constants.h"

/* Types below are the shim's own; a companion that sends one is none. */
#define FIRST_COMPANION_TYPE 64

static bool decode_body(const wire_frame *frame, struct message *out)
{
    switch (frame->type) {
    case WIRE_WELCOME:
        return wire_decode_welcome(frame->body, frame->length, &out->as.welcome);
    case WIRE_LINE:
        return wire_decode_line(frame->body, frame->length, &out->as.line) && out->as.line.line != 0;
    case WIRE_LINE_GONE:
        return wire_decode_line_gone(frame->body, frame->length, &out->as.line_gone);
    case WIRE_CALL:
        return wire_decode_call(frame->body, frame->length, &out->as.call) && out->as.call.call != 0;
    case WIRE_RESULT:
        return wire_decode_result(frame->body, frame->length, &out->as.result);
    default:
        return wire_decode_synced(frame->body, frame->length, &out->as.synced);
    }
}

enum message_status message_decode(const wire_frame *frame, struct message *out)
{
    if (frame->type < FIRST_COMPANION_TYPE) {
        return MESSAGE_MALFORMED;
    }
    if (frame->type > WIRE_SYNCED) {
        return MESSAGE_UNKNOWN;
    }
    out->type = frame->type;
    out->request = frame->request;
    const bool is_result = frame->type == WIRE_RESULT;
    if (is_result != (frame->request != 0) || !decode_body(frame, out)) {
        return MESSAGE_MALFORMED;
    }
    return MESSAGE_READ;
}

static bool speaks(uint16_t protocol)
{
    return protocol >= PROTOCOL_OLDEST && protocol <= WIRE_PROTOCOL;
}

bool link_phase_next(enum link_phase *phase, const struct message *message)
{
    switch (message->type) {
    case WIRE_WELCOME:
        if (*phase != LINK_GREETED || !speaks(message->as.welcome.protocol)) {
            return false;
        }
        *phase = LINK_SNAPSHOT;
        return true;
    case WIRE_SYNCED:
        if (*phase != LINK_SNAPSHOT) {
            return false;
        }
        *phase = LINK_LIVE;
        return true;
    case WIRE_RESULT:
        return *phase == LINK_LIVE;
    default:
        return *phase != LINK_GREETED;
    }
}

/* A frame from the companion, decoded and checked. Pure. */
#ifndef TAPLINE_MESSAGE_H
#define TAPLINE_MESSAGE_H

#include "../generated/wire.h"

struct message {
    uint8_t type;     /* enum wire_type, of those a companion sends */
    uint32_t request; /* of a result */
    union {
        wire_welcome welcome;
        wire_line line;
        wire_line_gone line_gone;
        wire_call call;
        wire_result result;
        wire_synced synced;
    } as;
};

enum message_status {
    MESSAGE_READ,
    MESSAGE_UNKNOWN,  /* a type of a newer companion: to be skipped */
    MESSAGE_MALFORMED /* the companion does not speak the protocol: the link must be closed */
};

/* Decodes a frame. Texts of `out` point into the frame's body. */
enum message_status message_decode(const wire_frame *frame, struct message *out);

/* How far the link has come: hello -> welcome -> line*, call* -> synced -> everything else. */
enum link_phase {
    LINK_GREETED,  /* hello is sent; only a welcome may come */
    LINK_SNAPSHOT, /* lines and calls come, then synced */
    LINK_LIVE
};

/* Whether a message may come in this phase; moves on with it. */
bool link_phase_next(enum link_phase *phase, const struct message *message);

#endif

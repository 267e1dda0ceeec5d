/* What TAPI wants done, and the frame that says so to the companion. */
#ifndef TAPLINE_REQUEST_FRAMES_H
#define TAPLINE_REQUEST_FRAMES_H

#include "calls.h"

enum request_verb {
    REQUEST_MAKE_CALL,
    REQUEST_MAKE_CALL_PART, /* without a number, or with the first part of one */
    REQUEST_PICKUP,
    REQUEST_PICKUP_GROUP,
    REQUEST_SETUP_TRANSFER,
    REQUEST_ACCEPT,
    REQUEST_ANSWER,
    REQUEST_DROP,
    REQUEST_HOLD,
    REQUEST_UNHOLD,
    REQUEST_DIAL,
    REQUEST_DIAL_PART,
    REQUEST_REDIRECT,
    REQUEST_BLIND_TRANSFER,
    REQUEST_SWAP_HOLD,
    REQUEST_COMPLETE_TRANSFER,
    REQUEST_GENERATE_DIGITS,
    REQUEST_VERBS
};

/* One wish. Texts and calls are read before the function that takes it returns. */
struct request_wish {
    enum request_verb verb;
    const struct call *call; /* the call it is about, or creates */
    const struct call
        *other;        /* swap, complete: the second call; set up: the call to be transferred; or NULL */
    const char *text;  /* dial string, group or digits; NULL is empty */
    uint32_t duration; /* of a digit, milliseconds */
};

/* The longest request is generateDigits: call, text length, text, duration. */
#define REQUEST_FRAME_MAX (WIRE_HEADER_SIZE + 4u + 2u + TARGET_BYTES_MAX + 4u)

/* Writes the frame into `out`, which has REQUEST_FRAME_MAX bytes. Returns its size; 0: a text breaks its
 * limit. */
size_t request_encode(const struct request_wish *wish, uint32_t wire, uint8_t *out);

/* Type of the frame, value of its verb (0: it has none), and the oldest protocol that has it. */
uint8_t request_frame_type(enum request_verb verb);
uint8_t request_frame_verb(enum request_verb verb);
uint16_t request_protocol(enum request_verb verb);

/* Whether it asks for a new call. */
bool request_verb_makes_call(enum request_verb verb);

#endif

#include "request-frames.h"

#include "text.h"

struct kind {
    uint8_t type;
    uint8_t verb;
    uint16_t protocol;
    bool makes_call;
};

static const struct kind kinds[REQUEST_VERBS] = {
    [REQUEST_MAKE_CALL] = {WIRE_MAKE_CALL, 0, 1, true},
    [REQUEST_MAKE_CALL_PART] = {WIRE_MAKE_CALL_PART, 0, 2, true},
    [REQUEST_PICKUP] = {WIRE_PICKUP, 0, 1, true},
    [REQUEST_PICKUP_GROUP] = {WIRE_PICKUP_GROUP, 0, 2, true},
    [REQUEST_SETUP_TRANSFER] = {WIRE_SETUP_TRANSFER, 0, 2, true},
    [REQUEST_ACCEPT] = {WIRE_COMMAND, WIRE_VERB_ACCEPT, 2, false},
    [REQUEST_ANSWER] = {WIRE_COMMAND, WIRE_VERB_ANSWER, 1, false},
    [REQUEST_DROP] = {WIRE_COMMAND, WIRE_VERB_DROP, 1, false},
    [REQUEST_HOLD] = {WIRE_COMMAND, WIRE_VERB_HOLD, 2, false},
    [REQUEST_UNHOLD] = {WIRE_COMMAND, WIRE_VERB_UNHOLD, 2, false},
    [REQUEST_DIAL] = {WIRE_COMMAND_NUMBER, WIRE_NUMBER_VERB_DIAL, 2, false},
    [REQUEST_DIAL_PART] = {WIRE_COMMAND_NUMBER, WIRE_NUMBER_VERB_DIAL_PART, 2, false},
    [REQUEST_REDIRECT] = {WIRE_COMMAND_NUMBER, WIRE_NUMBER_VERB_REDIRECT, 2, false},
    [REQUEST_BLIND_TRANSFER] = {WIRE_COMMAND_NUMBER, WIRE_NUMBER_VERB_BLIND_TRANSFER, 2, false},
    [REQUEST_SWAP_HOLD] = {WIRE_COMMAND_PAIR, WIRE_PAIR_VERB_SWAP_HOLD, 2, false},
    [REQUEST_COMPLETE_TRANSFER] = {WIRE_COMMAND_PAIR, WIRE_PAIR_VERB_COMPLETE_TRANSFER, 2, false},
    [REQUEST_GENERATE_DIGITS] = {WIRE_GENERATE_DIGITS, 0, 2, false},
};

uint8_t request_frame_type(enum request_verb verb)
{
    return kinds[verb].type;
}

uint8_t request_frame_verb(enum request_verb verb)
{
    return kinds[verb].verb;
}

uint16_t request_protocol(enum request_verb verb)
{
    return kinds[verb].protocol;
}

bool request_verb_makes_call(enum request_verb verb)
{
    return kinds[verb].makes_call;
}

static size_t encode_line(const struct request_wish *wish, uint32_t wire, uint8_t *out)
{
    const uint32_t line = wish->call->line->id;
    const wire_text text = text_of(wish->text);
    if (wish->verb == REQUEST_MAKE_CALL) {
        const wire_make_call body = {.line = line, .target = text};
        return wire_encode_make_call(out, REQUEST_FRAME_MAX, wire, &body);
    }
    if (wish->verb == REQUEST_MAKE_CALL_PART) {
        const wire_make_call_part body = {.line = line, .target = text};
        return wire_encode_make_call_part(out, REQUEST_FRAME_MAX, wire, &body);
    }
    if (wish->verb == REQUEST_PICKUP) {
        const wire_pickup body = {.line = line, .target = text};
        return wire_encode_pickup(out, REQUEST_FRAME_MAX, wire, &body);
    }
    const wire_pickup_group body = {.line = line, .group = text};
    return wire_encode_pickup_group(out, REQUEST_FRAME_MAX, wire, &body);
}

static size_t encode_call(const struct request_wish *wish, uint32_t wire, uint8_t *out)
{
    const uint32_t call = wish->call->id;
    const uint8_t verb = request_frame_verb(wish->verb);
    switch (request_frame_type(wish->verb)) {
    case WIRE_COMMAND: {
        const wire_command body = {.call = call, .verb = verb};
        return wire_encode_command(out, REQUEST_FRAME_MAX, wire, &body);
    }
    case WIRE_COMMAND_NUMBER: {
        const wire_command_number body = {.call = call, .verb = verb, .target = text_of(wish->text)};
        return wire_encode_command_number(out, REQUEST_FRAME_MAX, wire, &body);
    }
    case WIRE_COMMAND_PAIR: {
        const wire_command_pair body = {.call = call, .verb = verb, .other = wish->other->id};
        return wire_encode_command_pair(out, REQUEST_FRAME_MAX, wire, &body);
    }
    case WIRE_SETUP_TRANSFER: {
        const wire_setup_transfer body = {.call = wish->other->id, .target = text_of(wish->text)};
        return wire_encode_setup_transfer(out, REQUEST_FRAME_MAX, wire, &body);
    }
    default: {
        const wire_generate_digits body = {
            .call = call, .digits = text_of(wish->text), .duration = wish->duration};
        return wire_encode_generate_digits(out, REQUEST_FRAME_MAX, wire, &body);
    }
    }
}

size_t request_encode(const struct request_wish *wish, uint32_t wire, uint8_t *out)
{
    const bool names_line = request_verb_makes_call(wish->verb) && wish->verb != REQUEST_SETUP_TRANSFER;
    return names_line ? encode_line(wish, wire, out) : encode_call(wish, wire, out);
}

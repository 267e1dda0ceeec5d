/* What a companion may send, and when. */
#include "../shim/message.h"
#include "check.h"

static enum message_status decode(uint8_t type, uint32_t request, const uint8_t *body, uint32_t size,
                                  struct message *out)
{
    const wire_frame frame = {.length = size, .type = type, .request = request, .body = body};
    return message_decode(&frame, out);
}

static void types_are_told_apart(void)
{
    struct message message;
    const uint8_t gone[] = {1, 0, 0, 0};
    CHECK(decode(WIRE_SYNCED, 0, gone, 0, &message) == MESSAGE_READ);
    CHECK(decode(WIRE_LINE_GONE, 0, gone, 4, &message) == MESSAGE_READ);
    CHECK(message.as.line_gone.line == 1);
    CHECK(decode(WIRE_LINE_GONE, 0, gone, 3, &message) == MESSAGE_MALFORMED);
    CHECK(decode(WIRE_SYNCED + 1, 0, gone, 4, &message) == MESSAGE_UNKNOWN);
    CHECK(decode(255, 9, gone, 4, &message) == MESSAGE_UNKNOWN);
    CHECK(decode(WIRE_HELLO, 0, gone, 4, &message) == MESSAGE_MALFORMED);
    CHECK(decode(0, 0, gone, 4, &message) == MESSAGE_MALFORMED);
}

static void only_a_result_carries_a_request(void)
{
    struct message message;
    const uint8_t body[8] = {0};
    CHECK(decode(WIRE_RESULT, 0, body, 8, &message) == MESSAGE_MALFORMED);
    CHECK(decode(WIRE_RESULT, 7, body, 8, &message) == MESSAGE_READ);
    CHECK(message.request == 7);
    CHECK(decode(WIRE_SYNCED, 7, body, 0, &message) == MESSAGE_MALFORMED);
}

static bool goes_on(enum link_phase *phase, uint8_t type)
{
    const struct message message = {.type = type, .as.welcome.protocol = WIRE_PROTOCOL};
    return link_phase_next(phase, &message);
}

static void the_handshake_has_one_order(void)
{
    enum link_phase phase = LINK_GREETED;
    CHECK(!goes_on(&phase, WIRE_LINE));
    CHECK(!goes_on(&phase, WIRE_SYNCED));
    CHECK(!goes_on(&phase, WIRE_RESULT));
    CHECK(goes_on(&phase, WIRE_WELCOME));
    CHECK(phase == LINK_SNAPSHOT);
    CHECK(!goes_on(&phase, WIRE_WELCOME));
    CHECK(!goes_on(&phase, WIRE_RESULT));
    CHECK(goes_on(&phase, WIRE_LINE));
    CHECK(goes_on(&phase, WIRE_CALL));
    CHECK(goes_on(&phase, WIRE_SYNCED));
    CHECK(phase == LINK_LIVE);
    CHECK(!goes_on(&phase, WIRE_SYNCED));
    CHECK(!goes_on(&phase, WIRE_WELCOME));
    CHECK(goes_on(&phase, WIRE_RESULT));
    CHECK(goes_on(&phase, WIRE_LINE_GONE));
}

static void another_protocol_is_refused(void)
{
    enum link_phase phase = LINK_GREETED;
    const struct message message = {.type = WIRE_WELCOME, .as.welcome.protocol = WIRE_PROTOCOL + 1};
    CHECK(!link_phase_next(&phase, &message));
    CHECK(phase == LINK_GREETED);
}

void test_messages(void)
{
    RUN(types_are_told_apart);
    RUN(only_a_result_carries_a_request);
    RUN(the_handshake_has_one_order);
    RUN(another_protocol_is_refused);
}

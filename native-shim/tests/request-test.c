/* Requests of TAPI from their start to their one completion, and the frames they become. */
#include "../shim/requests.h"

#include "../shim/model.h"
#include "a-line.h"
#include "a-link.h"
#include "check.h"

#include <string.h>

static struct line *line;
static struct call *call;
static struct link *link;

static void set_up(void)
{
    line = a_line(831);
    link = a_link(1, WIRE_PROTOCOL, line);
    call = a_call(line, 7);
}

static LONG start(DRV_REQUESTID id, enum request_verb verb, const struct call *about, const char *text)
{
    const struct request_wish wish = {.verb = verb, .call = about, .other = about, .text = text};
    return request_start(id, &wish);
}

/* Takes the next completion and checks what TAPI would hear. */
static bool completes(DRV_REQUESTID id, LONG result)
{
    struct completion *completion = completion_take();
    const bool is_it = completion != NULL && completion->id == id && completion->result == result;
    if (completion != NULL) {
        completion_delivered(completion);
    }
    return is_it;
}

static bool nothing_completes(void)
{
    return completions_posted() == completions_delivered();
}

static void pend(struct call *pending)
{
    pending->stage = CALL_PENDING;
    pending->id = 0;
}

static void a_request_completes_once(void)
{
    set_up();
    CHECK(start(11, REQUEST_ANSWER, call, "") == 11);
    const uint32_t wire = requests_first()->wire;
    CHECK(wire != 0 && requests_first()->sent);
    request_complete(request_find(wire), 0);
    CHECK(completes(11, 0));
    CHECK(request_find(wire) == NULL);
    CHECK(nothing_completes());
    nothing_left();
}

static void a_closed_call_completes_before_its_result(void)
{
    set_up();
    pend(call);
    CHECK(start(12, REQUEST_MAKE_CALL, call, "832") == 12);
    requests_close_call(call->handle);
    CHECK(completes(12, TSPI_ERROR(OPERATIONFAILED)));
    CHECK(call->stage == CALL_ENDED);
    CHECK(requests_first() != NULL && requests_first()->completion == NULL);
    request_complete(requests_first(), 0);
    CHECK(nothing_completes());
    nothing_left();
}

static void a_second_drop_shares_the_first(void)
{
    set_up();
    CHECK(start(13, REQUEST_DROP, call, "") == 13);
    CHECK(start(14, REQUEST_DROP, call, "") == 14);
    const uint32_t wire = requests_first()->wire;
    request_complete(request_find(wire), 0);
    request_complete(request_find(wire), 0);
    CHECK(completes(13, 0));
    CHECK(completes(14, 0));
    CHECK(request_find(wire) == NULL);
    nothing_left();
}

/* Companions count their calls for themselves: two may use the same number. */
static void a_drop_joins_none_of_another_line(void)
{
    set_up();
    struct line *other = a_line(832);
    struct link *other_link = a_link(2, WIRE_PROTOCOL, other);
    const struct call *same_number = a_call(other, call->id);
    CHECK(start(13, REQUEST_DROP, call, "") == 13);
    const uint32_t wire = requests_first()->wire;
    CHECK(start(14, REQUEST_DROP, same_number, "") == 14);
    request_complete(request_find(wire), 0);
    CHECK(completes(13, 0));
    CHECK(request_find(wire) == NULL);
    NEED(requests_first() != NULL);
    CHECK(requests_first()->link == other_link->number);
    nothing_left();
}

/* Of what waits for a companion only a hang-up outlives the call's handle. */
static void a_command_that_waits_ends_with_its_call(void)
{
    set_up();
    a_link_ends(link);
    CHECK(start(15, REQUEST_ANSWER, call, "") == 15);
    CHECK(start(16, REQUEST_DROP, call, "") == 16);
    requests_close_call(call->handle);
    CHECK(completes(15, TSPI_ERROR(OPERATIONFAILED)));
    CHECK(completes(16, TSPI_ERROR(OPERATIONFAILED)));
    const struct request *left = requests_first();
    NEED(left != NULL);
    CHECK(left->verb == REQUEST_DROP && left->next == NULL);
    call_detach(call);
    requests_call_over(call);
    CHECK(requests_first() == NULL);
    CHECK(nothing_completes());
    nothing_left();
}

static void a_lost_link_fails_what_was_sent_and_keeps_what_was_not(void)
{
    set_up();
    pend(call);
    CHECK(start(15, REQUEST_MAKE_CALL, call, "832") == 15);
    a_link_ends(link);
    struct call *second = a_call(line, 0);
    pend(second);
    CHECK(start(16, REQUEST_MAKE_CALL, second, "833") == 16);
    requests_link_lost(link->number);
    CHECK(completes(15, TSPI_ERROR(OPERATIONFAILED)));
    CHECK(nothing_completes());
    CHECK(requests_first() != NULL && !requests_first()->sent);
    link = a_link(1, WIRE_PROTOCOL, line);
    requests_send_waiting();
    CHECK(requests_first()->sent && requests_first()->link == link->number);
    nothing_left();
}

static void a_stale_connection_is_not_opened(void)
{
    set_up();
    a_link_ends(link);
    outgoing_open(link);
    CHECK(!outgoing_is_open(link));
    nothing_left();
}

static void deadlines_end_requests_with_their_reason(void)
{
    set_up();
    CHECK(start(17, REQUEST_ANSWER, call, "") == 17);
    a_link_ends(link);
    CHECK(start(18, REQUEST_DROP, call, "") == 18);
    const uint64_t now = model_now();
    CHECK(requests_deadline() > now && requests_deadline() <= now + LINK_WAIT_DEADLINE);
    requests_expire(now);
    CHECK(nothing_completes());
    requests_expire(now + LINK_WAIT_DEADLINE);
    CHECK(completes(18, TSPI_ERROR(RESOURCEUNAVAIL)));
    CHECK(nothing_completes());
    requests_expire(now + REQUEST_DEADLINE);
    CHECK(completes(17, TSPI_ERROR(OPERATIONFAILED)));
    CHECK(requests_deadline() == 0);
    nothing_left();
}

static void a_full_queue_refuses_and_leaves_nothing_behind(void)
{
    set_up();
    LONG result = 0;
    DRV_REQUESTID id = 100;
    while (result >= 0 && id < 100 + REQUESTS_MAX + 1) {
        result = start(++id, REQUEST_ANSWER, call, "");
    }
    CHECK(result == TSPI_ERROR(RESOURCEUNAVAIL));
    CHECK(id == 100 + REQUESTS_MAX + 1);
    requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
    for (DRV_REQUESTID expected = 101; expected < id; expected++) {
        CHECK(completes(expected, TSPI_ERROR(OPERATIONFAILED)));
    }
    CHECK(nothing_completes());
    nothing_left();
}

/* Every verb goes out as the frame its row names; a companion of protocol 1 is asked only what it knows. */
static void an_older_companion_is_not_asked_what_it_does_not_know(void)
{
    set_up();
    for (int verb = 0; verb < REQUEST_VERBS; verb++) {
        link->protocol = WIRE_PROTOCOL;
        CHECK(start(20, (enum request_verb)verb, call, "832") == 20);
        const struct request *request = requests_first();
        wire_frame frame;
        CHECK(wire_decode_header(request->frame, &frame));
        CHECK(frame.type == request_frame_type((enum request_verb)verb));
        CHECK(frame.request == request->wire);
        CHECK(frame.length + WIRE_HEADER_SIZE == request->size);
        requests_complete_all(0);
        completions_clear();
        link->protocol = 1;
        const bool is_old = request_protocol((enum request_verb)verb) == 1;
        const LONG result = start(21, (enum request_verb)verb, call, "832");
        CHECK(result == (is_old ? 21 : TSPI_ERROR(OPERATIONUNAVAIL)));
        CHECK((requests_first() != NULL) == is_old);
        requests_complete_all(0);
        completions_clear();
    }
    nothing_left();
}

static void what_waited_for_an_older_companion_fails(void)
{
    set_up();
    a_link_ends(link);
    CHECK(start(22, REQUEST_HOLD, call, NULL) == 22);
    a_link(1, 1, line);
    requests_send_waiting();
    CHECK(completes(22, TSPI_ERROR(OPERATIONUNAVAIL)));
    nothing_left();
}

static void the_longest_text_fits_into_every_frame(void)
{
    char text[TARGET_BYTES_MAX + 1];
    memset(text, '1', TARGET_BYTES_MAX);
    text[TARGET_BYTES_MAX] = '\0';
    set_up();
    for (int verb = 0; verb < REQUEST_VERBS; verb++) {
        const struct request_wish wish = {.verb = (enum request_verb)verb,
                                          .call = call,
                                          .other = call,
                                          .text = text,
                                          .duration = UINT32_MAX};
        uint8_t frame[REQUEST_FRAME_MAX];
        CHECK(request_encode(&wish, UINT32_MAX, frame) > 0);
    }
    nothing_left();
}

void test_requests(void)
{
    RUN(an_older_companion_is_not_asked_what_it_does_not_know);
    RUN(what_waited_for_an_older_companion_fails);
    RUN(the_longest_text_fits_into_every_frame);
    RUN(a_request_completes_once);
    RUN(a_closed_call_completes_before_its_result);
    RUN(a_second_drop_shares_the_first);
    RUN(a_drop_joins_none_of_another_line);
    RUN(a_command_that_waits_ends_with_its_call);
    RUN(a_lost_link_fails_what_was_sent_and_keeps_what_was_not);
    RUN(a_stale_connection_is_not_opened);
    RUN(deadlines_end_requests_with_their_reason);
    RUN(a_full_queue_refuses_and_leaves_nothing_behind);
}

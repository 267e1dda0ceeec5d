#include "../shim/completions.h"
#include "../shim/model.h"
#include "../shim/outgoing.h"
#include "../shim/requests.h"
#include "check.h"

#include <stdlib.h>

static struct line *line;
static struct call *call;

static void set_up(void)
{
    const uint8_t hello[1] = {0};
    CHECK(outgoing_create());
    outgoing_open(outgoing_begin(hello, sizeof hello));
    line = line_create(831);
    line->seen = true;
    call = call_create(line, 7);
    CHECK(call_need_handle(call));
}

static void tear_down(void)
{
    requests_complete_all(0);
    completions_clear();
    calls_clear();
    lines_clear();
    outgoing_destroy();
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
    CHECK(request_start(11, REQUEST_ANSWER, call, "") == 11);
    const uint32_t wire = requests_first()->wire;
    CHECK(wire != 0 && requests_first()->sent);
    request_complete(request_find(wire), 0);
    CHECK(completes(11, 0));
    CHECK(request_find(wire) == NULL);
    CHECK(nothing_completes());
    tear_down();
}

static void a_closed_call_completes_before_its_result(void)
{
    set_up();
    pend(call);
    CHECK(request_start(12, REQUEST_MAKE_CALL, call, "832") == 12);
    requests_close_call(call->handle);
    CHECK(completes(12, TSPI_ERROR(OPERATIONFAILED)));
    CHECK(call->stage == CALL_ENDED);
    CHECK(requests_first() != NULL && requests_first()->completion == NULL);
    request_complete(requests_first(), 0);
    CHECK(nothing_completes());
    tear_down();
}

static void a_second_drop_shares_the_first(void)
{
    set_up();
    CHECK(request_start(13, REQUEST_DROP, call, "") == 13);
    CHECK(request_start(14, REQUEST_DROP, call, "") == 14);
    const uint32_t wire = requests_first()->wire;
    request_complete(request_find(wire), 0);
    request_complete(request_find(wire), 0);
    CHECK(completes(13, 0));
    CHECK(completes(14, 0));
    CHECK(request_find(wire) == NULL);
    tear_down();
}

static void a_lost_link_fails_what_was_sent_and_keeps_what_was_not(void)
{
    set_up();
    pend(call);
    CHECK(request_start(15, REQUEST_MAKE_CALL, call, "832") == 15);
    outgoing_end();
    struct call *second = call_create(line, 0);
    CHECK(call_need_handle(second));
    pend(second);
    CHECK(request_start(16, REQUEST_MAKE_CALL, second, "833") == 16);
    requests_link_lost();
    CHECK(completes(15, TSPI_ERROR(OPERATIONFAILED)));
    CHECK(nothing_completes());
    CHECK(requests_first() != NULL && !requests_first()->sent);
    const uint8_t hello[1] = {0};
    outgoing_open(outgoing_begin(hello, sizeof hello));
    requests_send_waiting();
    CHECK(requests_first()->sent);
    tear_down();
}

static void a_stale_connection_is_not_opened(void)
{
    const uint8_t hello[1] = {0};
    set_up();
    const uint32_t old = outgoing_begin(hello, sizeof hello);
    outgoing_end();
    outgoing_open(old);
    CHECK(!outgoing_is_open());
    tear_down();
}

static void deadlines_end_requests_with_their_reason(void)
{
    set_up();
    CHECK(request_start(17, REQUEST_ANSWER, call, "") == 17);
    outgoing_end();
    CHECK(request_start(18, REQUEST_DROP, call, "") == 18);
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
    tear_down();
}

static void a_full_queue_refuses_and_leaves_nothing_behind(void)
{
    set_up();
    LONG result = 0;
    DRV_REQUESTID id = 100;
    while (result >= 0 && id < 100 + REQUESTS_MAX + 1) {
        result = request_start(++id, REQUEST_ANSWER, call, "");
    }
    CHECK(result == TSPI_ERROR(RESOURCEUNAVAIL));
    CHECK(id == 100 + REQUESTS_MAX + 1);
    requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
    for (DRV_REQUESTID expected = 101; expected < id; expected++) {
        CHECK(completes(expected, TSPI_ERROR(OPERATIONFAILED)));
    }
    CHECK(nothing_completes());
    tear_down();
}

void test_requests(void)
{
    RUN(a_request_completes_once);
    RUN(a_closed_call_completes_before_its_result);
    RUN(a_second_drop_shares_the_first);
    RUN(a_lost_link_fails_what_was_sent_and_keeps_what_was_not);
    RUN(a_stale_connection_is_not_opened);
    RUN(deadlines_end_requests_with_their_reason);
    RUN(a_full_queue_refuses_and_leaves_nothing_behind);
}

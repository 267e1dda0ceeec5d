/* Digits that are sent, cancelled and refused, and what TAPI hears of each. */
#include "../shim/digits.h"

#include "../shim/handles.h"
#include "../shim/model.h"
#include "../shim/requests.h"
#include "a-line.h"
#include "a-link.h"
#include "check.h"

#include <string.h>

#define EVENTS_MAX 8

static const WCHAR some[] = {'1', '2', '#', 'x', 'a', 0};
static struct line *line;
static struct call *call;
static DWORD reasons[EVENTS_MAX];
static DWORD ids[EVENTS_MAX];
static int events;

static void CALLBACK on_event(HTAPILINE tapi_line, HTAPICALL tapi_call, DWORD message, DWORD_PTR param1,
                              DWORD_PTR param2, DWORD_PTR param3)
{
    (void)tapi_line;
    (void)param3;
    CHECK(message == LINE_GENERATE && tapi_call != NULL);
    if (events < EVENTS_MAX) {
        reasons[events] = (DWORD)param1;
        ids[events] = (DWORD)param2;
    }
    events++;
}

static void set_up(void)
{
    line = a_line(831);
    a_link(1, WIRE_PROTOCOL, line);
    line->handle = handle_create(HANDLE_LINE, line);
    line->event = on_event;
    line->call_features = LINECALLFEATURE_GENERATEDIGITS;
    call = a_call_in(line, 7, LINECALLSTATE_CONNECTED, LINECALLFEATURE_GENERATEDIGITS);
    call->tapi = (HTAPICALL)(uintptr_t)0x77;
    events = 0;
}

static LONG generate(DWORD id, const WCHAR *digits)
{
    return TSPI_lineGenerateDigits(handle_of(call), id, LINEDIGITMODE_DTMF, digits, 0);
}

static void deliver(void)
{
    model_lock();
    digits_deliver();
    model_unlock();
}

static void digits_go_out_without_what_is_none(void)
{
    wire_frame frame;
    wire_generate_digits body;
    set_up();
    CHECK(generate(9, some) == 0);
    const struct request *request = requests_first();
    NEED(request != NULL && wire_decode_header(request->frame, &frame));
    NEED(wire_decode_generate_digits(request->frame + WIRE_HEADER_SIZE, frame.length, &body));
    CHECK(body.call == 7 && body.duration == DIGIT_DURATION_DEFAULT);
    CHECK(body.digits.size == 4 && memcmp(body.digits.data, "12#A", 4) == 0);
    deliver();
    CHECK(events == 0);
    request_complete(requests_first(), 0);
    deliver();
    deliver();
    CHECK(events == 1 && reasons[0] == LINEGENERATETERM_DONE && ids[0] == 9);
    nothing_left();
}

/* Statement 99 of the conformance list. */
static void the_next_digits_cancel_those_before(void)
{
    set_up();
    CHECK(generate(9, some) == 0);
    CHECK(generate(10, some) == 0);
    CHECK(generate(11, NULL) == 0);
    CHECK(generate(12, NULL) == 0);
    deliver();
    CHECK(events == 2);
    CHECK(reasons[0] == LINEGENERATETERM_CANCEL && ids[0] == 9);
    CHECK(reasons[1] == LINEGENERATETERM_CANCEL && ids[1] == 10);
    while (requests_first() != NULL) {
        request_complete(requests_first(), 0);
    }
    deliver();
    CHECK(events == 2);
    CHECK(TSPI_lineGenerateDigits(handle_of(call), 1, LINEDIGITMODE_PULSE, some, 0) ==
          TSPI_ERROR(INVALDIGITMODE));
    nothing_left();
}

static void digits_the_pbx_refuses_are_cancelled(void)
{
    set_up();
    CHECK(generate(9, some) == 0);
    request_complete(requests_first(), TSPI_ERROR(OPERATIONFAILED));
    CHECK(generate(10, some) == 0);
    const uint32_t number = links_first()->number;
    a_link_ends(links_first());
    requests_link_lost(number);
    deliver();
    CHECK(events == 2 && reasons[0] == LINEGENERATETERM_CANCEL && reasons[1] == LINEGENERATETERM_CANCEL);
    nothing_left();
}

static void many_digits_have_the_time_they_take(void)
{
    set_up();
    CHECK(generate(9, some) == 0);
    const uint64_t now = model_now();
    const uint64_t longest = REQUEST_DEADLINE + 4u * (DIGIT_DURATION_DEFAULT + DIGIT_PAUSE_MAX);
    CHECK(requests_deadline() > now + REQUEST_DEADLINE && requests_deadline() <= now + longest);
    requests_expire(now + REQUEST_DEADLINE);
    deliver();
    CHECK(events == 0);
    requests_expire(now + longest);
    deliver();
    CHECK(events == 1 && reasons[0] == LINEGENERATETERM_CANCEL && requests_first() == NULL);
    nothing_left();
}

static void no_digits_are_done_at_once(void)
{
    static const WCHAR none[] = {'x', 0};
    set_up();
    CHECK(generate(9, none) == 0);
    CHECK(requests_first() == NULL);
    deliver();
    CHECK(events == 1 && reasons[0] == LINEGENERATETERM_DONE);
    nothing_left();
}

static void a_call_that_is_closed_hears_nothing_of_its_digits(void)
{
    set_up();
    CHECK(generate(9, some) == 0);
    CHECK(generate(10, some) == 0);
    requests_close_call(call->handle);
    call_detach(call);
    deliver();
    CHECK(events == 0);
    nothing_left();
}

static void what_waits_is_bounded(void)
{
    LONG result = 0;
    DWORD id = 0;
    set_up();
    while (result == 0 && id <= DIGIT_JOBS_MAX) {
        result = generate(++id, some);
    }
    CHECK(result == TSPI_ERROR(RESOURCEUNAVAIL) && id == DIGIT_JOBS_MAX + 1);
    nothing_left();
}

void test_digits(void)
{
    RUN(digits_go_out_without_what_is_none);
    RUN(the_next_digits_cancel_those_before);
    RUN(digits_the_pbx_refuses_are_cancelled);
    RUN(many_digits_have_the_time_they_take);
    RUN(no_digits_are_done_at_once);
    RUN(a_call_that_is_closed_hears_nothing_of_its_digits);
    RUN(what_waits_is_bounded);
}

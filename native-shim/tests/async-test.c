/* What holds for every asynchronous function, whatever state, handle and thread it is called with. */
#include "../port/port.h"
#include "../shim/completions.h"
#include "../shim/constants.h"
#include "../shim/handles.h"
#include "../shim/model.h"
#include "../shim/requests.h"
#include "a-line.h"
#include "a-link.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

#define ROUNDS 20000u
#define CALLS 6u

static const WCHAR number[] = {'8', '4', '0', 0};
static struct line *line;
static uint32_t seed;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % sides;
}

static HDRVLINE line_handle(void)
{
    return (HDRVLINE)(uintptr_t)(dice(8) == 0 ? dice(70000) : line->handle);
}

static HDRVCALL call_handle(void)
{
    const struct call *call = calls_first();
    for (uint32_t skip = dice(CALLS); call != NULL && call->next != NULL && skip > 0; skip--) {
        call = call->next;
    }
    return (HDRVCALL)(uintptr_t)(call == NULL || dice(8) == 0 ? dice(70000) : call->handle);
}

static LONG some_function(DRV_REQUESTID id)
{
    HDRVCALL made = NULL;
    const HTAPICALL tapi = (HTAPICALL)(uintptr_t)(id + 1u);
    switch (dice(16)) {
    case 0:
        return TSPI_lineMakeCall(id, line_handle(), tapi, &made, dice(3) == 0 ? NULL : number, 0, NULL);
    case 1:
        return TSPI_linePickup(id, line_handle(), dice(2), tapi, &made, number, NULL);
    case 2:
        return TSPI_linePickup(id, line_handle(), 0, tapi, &made, NULL, dice(2) == 0 ? NULL : number);
    case 3:
        return TSPI_lineAccept(id, call_handle(), NULL, 0);
    case 4:
        return TSPI_lineAnswer(id, call_handle(), NULL, 0);
    case 5:
    case 6:
        return TSPI_lineDrop(id, call_handle(), NULL, 0);
    case 7:
        return TSPI_lineHold(id, call_handle());
    case 8:
        return TSPI_lineUnhold(id, call_handle());
    case 9:
        return TSPI_lineDial(id, call_handle(), number, 0);
    case 10:
        return TSPI_lineRedirect(id, call_handle(), number, 0);
    case 11:
        return TSPI_lineBlindTransfer(id, call_handle(), number, 0);
    case 12:
        return TSPI_lineSwapHold(id, call_handle(), call_handle());
    case 13:
        return TSPI_lineCompleteTransfer(id, call_handle(), call_handle(), NULL, NULL, dice(4));
    default:
        return TSPI_lineSetupTransfer(id, call_handle(), tapi, &made, NULL);
    }
}

/* Moves the calls on as a companion would, and ends requests in every way there is. */
static void something_happens(void)
{
    struct call *call = calls_first();
    struct request *request = requests_first();
    switch (dice(8)) {
    case 0:
        if (call != NULL && call->stage == CALL_FOLLOWED) {
            call->shown.state = 1u << dice(16);
            call->shown.features = dice(UINT32_MAX);
        }
        break;
    case 1:
    case 2:
        if (request != NULL) {
            request_complete(request, dice(2) == 0 ? 0 : TSPI_ERROR(OPERATIONFAILED));
        }
        break;
    case 3:
        requests_expire(model_now() + (dice(2) == 0 ? 0 : 2u * REQUEST_DEADLINE));
        break;
    case 4:
        if (call != NULL) {
            requests_close_call(call->handle);
            call_remove(call);
        }
        break;
    case 5:
        requests_link_lost(links_first()->number);
        no_links();
        a_link(1, (uint16_t)(1u + dice(WIRE_PROTOCOL)), line);
        requests_send_waiting();
        break;
    default:
        call = call_create(line, 1000u + dice(1u << 30));
        if (call != NULL && call_need_handle(call)) {
            call->stage = CALL_FOLLOWED;
            call->shown.state = 1u << dice(16);
            call->shown.features = dice(UINT32_MAX);
        }
    }
}

static uint32_t take_completions(uint8_t *running, DRV_REQUESTID last)
{
    struct completion *completion;
    uint32_t count = 0;
    while ((completion = completion_take()) != NULL) {
        CHECK(completion->id > 0 && completion->id <= last && running[completion->id] == 1);
        CHECK(completion->result <= 0);
        running[completion->id] = 2;
        completion_delivered(completion);
        count++;
    }
    return count;
}

static void set_up(void)
{
    line = a_line(831);
    a_link(1, WIRE_PROTOCOL, line);
    line->told_in_service = true;
    line->call_features = ~0u;
    line->address_features = ~0u;
    line->max_active_calls = CALLS;
    line->handle = handle_create(HANDLE_LINE, line);
}

/* Statement 104 of the conformance list. */
static void each_request_is_refused_or_completed_once(void)
{
    static uint8_t running[ROUNDS + 1];
    uint32_t accepted = 0;
    uint32_t completed = 0;
    set_up();
    seed = 20261122;
    for (DRV_REQUESTID id = 1; id <= ROUNDS; id++) {
        running[id] = 1; /* the completion may come before the function returns */
        const LONG result = some_function(id);
        CHECK(result == (LONG)id || result < 0);
        running[id] = result < 0 ? 0 : running[id];
        accepted += result < 0 ? 0u : 1u;
        something_happens();
        completed += take_completions(running, id);
    }
    requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
    completed += take_completions(running, ROUNDS);
    CHECK(accepted == completed);
    CHECK(accepted > ROUNDS / 20u && accepted < ROUNDS);
    nothing_left();
}

/* A thousand rounds: so many at a time, because the shim holds no more requests. */
#define CALLERS_CALLS 400u
#define CALLERS_ROUNDS 3u

struct caller {
    char first;
    bool done;
    HDRVCALL made[CALLERS_CALLS];
};

static void make_calls(void *argument)
{
    struct caller *caller = argument;
    for (uint32_t i = 0; i < CALLERS_CALLS; i++) {
        WCHAR digits[8];
        char text[8];
        snprintf(text, sizeof text, "%c%04u", caller->first, (unsigned)i);
        for (size_t at = 0; at < sizeof text; at++) {
            digits[at] = (WCHAR)text[at];
        }
        const DRV_REQUESTID id = (DRV_REQUESTID)(caller->first * 1000 + (int)i);
        const LONG result = TSPI_lineMakeCall(id, (HDRVLINE)(uintptr_t)line->handle, (HTAPICALL)(uintptr_t)id,
                                              &caller->made[i], digits, 0, NULL);
        caller->done = result == (LONG)id && caller->made[i] != NULL && caller->done;
        memset(digits, 0, sizeof digits);
    }
}

/* The round in which a caller dialled this number: its first character is the caller, the others count. */
static uint32_t round_of(const wire_text *dialled)
{
    uint32_t round = 0;
    for (size_t at = 1; at < dialled->size; at++) {
        round = round * 10u + (uint32_t)(dialled->data[at] - '0');
    }
    return round;
}

/* Whether the request's frame and its call carry the number this caller dialled. */
static bool is_its_own(const struct request *request, const struct caller *callers)
{
    wire_frame frame;
    wire_make_call body;
    if (!wire_decode_header(request->frame, &frame) ||
        !wire_decode_make_call(request->frame + WIRE_HEADER_SIZE, frame.length, &body)) {
        return false;
    }
    const struct call *call = handle_find(HANDLE_CALL, request->call_handle);
    const uint32_t round = round_of(&body.target);
    if (call == NULL || body.target.size == 0 || round >= CALLERS_CALLS) {
        return false;
    }
    const struct caller *caller = &callers[body.target.data[0] == callers[0].first ? 0 : 1];
    return body.target.data[0] == caller->first && caller->made[round] == handle_of(call) &&
           memcmp(call->shown.parties[PARTY_CALLED].number, body.target.data, body.target.size) == 0;
}

static void make_calls_at_once(void)
{
    static struct caller callers[2];
    callers[0] = (struct caller){.first = '1', .done = true};
    callers[1] = (struct caller){.first = '2', .done = true};
    port_thread *one = port_thread_start(make_calls, &callers[0]);
    port_thread *other = port_thread_start(make_calls, &callers[1]);
    CHECK(port_thread_join(one, 60000));
    CHECK(port_thread_join(other, 60000));
    CHECK(callers[0].done && callers[1].done);
    uint32_t count = 0;
    for (const struct request *request = requests_first(); request != NULL; request = request->next) {
        CHECK(is_its_own(request, callers));
        count++;
    }
    CHECK(count == 2u * CALLERS_CALLS);
}

/* Statement 69 of the conformance list. */
static void calls_of_two_threads_do_not_mix(void)
{
    for (uint32_t round = 0; round < CALLERS_ROUNDS; round++) {
        set_up();
        make_calls_at_once();
        requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
        nothing_left();
    }
}

static void take_the_lock(void *had_it)
{
    model_lock();
    *(bool *)had_it = true;
    model_unlock();
}

/* Statement 107 of the conformance list: whoever has much to do lets TAPI's threads have the lock in between.
 */
static void the_lock_is_left_to_who_waits_for_it(void)
{
    bool had_it = false;
    model_lock();
    port_thread *other = port_thread_start(take_the_lock, &had_it);
    const uint64_t deadline = model_now() + 10000u;
    while (!had_it && model_now() < deadline) {
        model_give_way();
    }
    CHECK(had_it);
    model_unlock();
    CHECK(port_thread_join(other, 10000));
}

void test_asynchronous_functions(void)
{
    RUN(the_lock_is_left_to_who_waits_for_it);
    RUN(each_request_is_refused_or_completed_once);
    RUN(calls_of_two_threads_do_not_mix);
}

/* Several companions at once: whose word counts for a line, and what one can do to another's. */
#include "../shim/companion.h"
#include "../shim/completions.h"
#include "../shim/constants.h"
#include "../shim/follow.h"
#include "../shim/handles.h"
#include "../shim/inbox.h"
#include "../shim/model.h"
#include "../shim/outgoing.h"
#include "../shim/presence.h"
#include "../shim/requests.h"
#include "../shim/sessions.h"
#include "../shim/text.h"
#include "a-link.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#define LINE 831u

static unsigned created;
static unsigned removed;
static DWORD states[16];
static unsigned state_count;

static void CALLBACK on_line(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                             DWORD_PTR param2, DWORD_PTR param3)
{
    (void)line;
    (void)call;
    (void)param3;
    if (message == LINE_NEWCALL) {
        *(HTAPICALL *)param2 = (HTAPICALL)(uintptr_t)0x77;
    } else if (message == LINE_CALLSTATE && state_count < 16) {
        states[state_count++] = (DWORD)param1;
    }
}

static void CALLBACK on_provider(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                                 DWORD_PTR param2, DWORD_PTR param3)
{
    HDRVLINE opened = NULL;
    (void)line;
    (void)call;
    (void)param1;
    (void)param3;
    if (message == LINE_CREATE) {
        CHECK(TSPI_providerCreateLineDevice(param2, 70 + created) == 0);
        CHECK(TSPI_lineOpen(70 + created, (HTAPILINE)(uintptr_t)1, &opened, 0x00030001, on_line) == 0);
        created++;
    } else if (message == LINE_REMOVE) {
        removed++;
    }
}

static void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    (void)id;
    (void)result;
}

static void set_up(void)
{
    model_lock();
    provider = (struct provider){.running = true,
                                 .permanent_id = 7,
                                 .handle = (HPROVIDER)(uintptr_t)0x5150,
                                 .line_create = on_provider,
                                 .completion = on_completion};
    created = 0;
    removed = 0;
    state_count = 0;
}

static void tear_down(void)
{
    requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
    completions_clear();
    calls_clear();
    lines_clear();
    handles_clear();
    presence_clear();
    no_links();
    provider = (struct provider){0};
    model_unlock();
}

static struct link *connect_from(uint32_t session)
{
    const uint8_t hello[1] = {0};
    struct link *link = links_begin(session, hello, sizeof hello);
    CHECK(link != NULL);
    link->protocol = WIRE_PROTOCOL;
    return link;
}

static void apply(const struct link *link, uint8_t type, struct message message)
{
    const struct inbox_item item = {.link = link->number, .message = message};
    struct inbox_item *copy = malloc(sizeof item);
    CHECK(copy != NULL);
    *copy = item;
    copy->message.type = type;
    companion_apply(copy);
    free(copy);
}

static void publish(const struct link *link, const char *name)
{
    const struct message message = {.as.line = {.line = LINE,
                                                .name = text_of(name),
                                                .address = text_of("831"),
                                                .switch_name = text_of("pbx"),
                                                .in_service = true,
                                                .line_features = LINEFEATURE_MAKECALL,
                                                .address_features = LINEADDRFEATURE_MAKECALL,
                                                .call_features = LINECALLFEATURE_DROP,
                                                .max_active_calls = 4}};
    apply(link, WIRE_LINE, message);
}

static void sync_now(const struct link *link)
{
    apply(link, WIRE_SYNCED, (struct message){0});
}

static void tell_call(const struct link *link, uint32_t id, uint32_t state)
{
    const struct message message = {
        .as.call = {.call = id, .line = LINE, .state = state, .features = LINECALLFEATURE_DROP}};
    apply(link, WIRE_CALL, message);
}

static void lose(struct link *link)
{
    struct inbox_item *item;
    links_end(link);
    while ((item = inbox_take()) != NULL) {
        companion_apply(item);
        free(item);
    }
}

/* The reports of an ignored line that wait for this link's companion. */
static unsigned ignored_reports(const struct link *link)
{
    unsigned count = 0;
    size_t at = 1; /* after the byte that stands for the hello */
    wire_frame frame;
    wire_report report;
    while (at < link->filling.size && wire_decode_header(link->filling.bytes + at, &frame)) {
        const uint8_t *body = link->filling.bytes + at + WIRE_HEADER_SIZE;
        if (frame.type == WIRE_REPORT && wire_decode_report(body, frame.length, &report) &&
            report.what == WIRE_REPORT_KIND_IGNORED && report.line == LINE) {
            count++;
        }
        at += WIRE_HEADER_SIZE + frame.length;
    }
    return count;
}

static bool is_named(const char *name)
{
    const struct line *line = line_find(LINE);
    return line != NULL && strcmp(line->name, name) == 0;
}

static void the_oldest_user_keeps_the_line(void)
{
    set_up();
    const struct link *anna = connect_from(2);
    publish(anna, "Anna");
    sync_now(anna);
    const struct link *bob = connect_from(3);
    publish(bob, "Bob");
    sync_now(bob);
    CHECK(created == 1 && is_named("Anna"));
    CHECK(links_of(line_find(LINE)) == anna);
    CHECK(ignored_reports(bob) == 1 && ignored_reports(anna) == 0);
    publish(bob, "Bob again");
    CHECK(is_named("Anna") && ignored_reports(bob) == 2);
    tear_down();
}

static void the_service_takes_the_line_and_a_users_calls_end(void)
{
    set_up();
    const struct link *anna = connect_from(2);
    publish(anna, "Anna");
    sync_now(anna);
    tell_call(anna, 9, LINECALLSTATE_CONNECTED);
    follow_due_offers();
    CHECK(state_count == 1 && states[0] == LINECALLSTATE_CONNECTED);
    const struct link *service = connect_from(SERVICE_SESSION);
    publish(service, "Service");
    CHECK(line_find(LINE)->told_in_service);
    CHECK(state_count == 3 && states[1] == LINECALLSTATE_DISCONNECTED && states[2] == LINECALLSTATE_IDLE);
    tell_call(service, 9, LINECALLSTATE_CONNECTED);
    sync_now(service);
    CHECK(state_count == 4 && states[3] == LINECALLSTATE_CONNECTED);
    CHECK(is_named("Service") && ignored_reports(anna) == 1 && ignored_reports(service) == 0);
    CHECK(created == 1 && removed == 0);
    tear_down();
}

static void nobody_speaks_for_anothers_line(void)
{
    set_up();
    const struct link *anna = connect_from(2);
    publish(anna, "Anna");
    sync_now(anna);
    tell_call(anna, 9, LINECALLSTATE_CONNECTED);
    follow_due_offers();
    const struct link *mallory = connect_from(3);
    publish(mallory, "Mallory");
    sync_now(mallory);
    tell_call(mallory, 9, LINECALLSTATE_IDLE);
    tell_call(mallory, 10, LINECALLSTATE_CONNECTED);
    apply(mallory, WIRE_LINE_GONE, (struct message){.as.line_gone = {.line = LINE}});
    CHECK(state_count == 1 && removed == 0 && line_find(LINE) != NULL);
    CHECK(call_find(LINE, 9) != NULL && call_find(LINE, 10) == NULL);
    apply(anna, WIRE_LINE_GONE, (struct message){.as.line_gone = {.line = LINE}});
    CHECK(removed == 1 && line_find(LINE) == NULL);
    tear_down();
}

static void nobody_answers_what_another_was_asked(void)
{
    set_up();
    const struct link *anna = connect_from(2);
    publish(anna, "Anna");
    sync_now(anna);
    tell_call(anna, 9, LINECALLSTATE_CONNECTED);
    const struct link *mallory = connect_from(3);
    sync_now(mallory);
    const struct request_wish wish = {.verb = REQUEST_DROP, .call = call_find(LINE, 9)};
    CHECK(request_start(5, &wish) == 5);
    const struct request *request = requests_first();
    CHECK(request->sent && request->link == anna->number);
    apply(mallory, WIRE_RESULT, (struct message){.request = request->wire});
    CHECK(requests_first() == request && completions_posted() == completions_delivered());
    apply(anna, WIRE_RESULT, (struct message){.request = request->wire});
    CHECK(requests_first() == NULL);
    tear_down();
}

static void a_lost_companion_takes_its_own_lines_alone(void)
{
    set_up();
    struct link *anna = connect_from(2);
    publish(anna, "Anna");
    sync_now(anna);
    tell_call(anna, 9, LINECALLSTATE_CONNECTED);
    follow_due_offers();
    struct link *other = connect_from(3);
    sync_now(other);
    lose(other);
    CHECK(presence_deadline() == 0 && line_find(LINE)->told_in_service);
    lose(anna);
    CHECK(links_first() == NULL && line_find(LINE)->publisher == 0 && line_find(LINE)->claims == 0);
    const uint64_t end = presence_deadline();
    CHECK(end != 0);
    presence_expire(end);
    CHECK(state_count == 3 && states[2] == LINECALLSTATE_IDLE && line_find(LINE)->told_in_service);
    presence_expire(presence_deadline());
    CHECK(!line_find(LINE)->told_in_service && presence_deadline() == 0);
    tear_down();
}

static void the_next_companion_is_asked_when_the_first_stays_away(void)
{
    set_up();
    struct link *anna = connect_from(2);
    publish(anna, "Anna");
    sync_now(anna);
    struct link *bob = connect_from(3);
    publish(bob, "Bob");
    sync_now(bob);
    lose(anna);
    CHECK(!bob->renews);
    presence_expire(presence_deadline());
    CHECK(bob->renews);
    lose(bob);
    const struct link *again = connect_from(3);
    publish(again, "Bob");
    sync_now(again);
    CHECK(is_named("Bob") && links_of(line_find(LINE)) == again);
    CHECK(line_find(LINE)->service_until == 0 && line_find(LINE)->calls_until == 0);
    presence_expire(UINT64_MAX);
    CHECK(line_find(LINE)->told_in_service && presence_deadline() == 0 && removed == 0);
    tear_down();
}

static void a_line_that_is_given_up_passes_to_who_claims_it(void)
{
    set_up();
    const struct link *anna = connect_from(2);
    publish(anna, "Anna");
    sync_now(anna);
    const struct link *bob = connect_from(3);
    publish(bob, "Bob");
    sync_now(bob);
    apply(anna, WIRE_LINE_GONE, (struct message){.as.line_gone = {.line = LINE}});
    CHECK(removed == 0 && line_find(LINE) != NULL && bob->renews && !anna->renews);
    tear_down();
}

static void a_flood_fills_its_own_room_alone(void)
{
    set_up();
    const struct link *flood = connect_from(2);
    const struct link *quiet = connect_from(3);
    const uint8_t type = WIRE_SYNCED;
    const wire_frame frame = {.type = type};
    for (uint32_t i = 0; i < INBOX_FRAMES_MAX; i++) {
        enum message_status status;
        CHECK(inbox_has_room(flood));
        struct inbox_item *item = inbox_decode(&frame, flood->number, &status);
        CHECK(item != NULL);
        inbox_put(item);
    }
    CHECK(!inbox_has_room(flood) && inbox_has_room(quiet));
    tear_down();
}

static void places_and_numbers_are_not_shared(void)
{
    uint32_t places = 0;
    const uint8_t hello[1] = {0};
    set_up();
    for (uint32_t i = 0; i < LINKS_MAX; i++) {
        const struct link *link = connect_from(i);
        CHECK((places & links_bit(link)) == 0);
        places |= links_bit(link);
    }
    CHECK(links_begin(99, hello, sizeof hello) == NULL);
    struct link *last = links_first();
    const uint32_t number = last->number;
    lose(last);
    CHECK(connect_from(99)->number > number && links_find(number) == NULL);
    tear_down();
}

static void who_may_be_followed(void)
{
    CHECK(sessions_may_follow(PORT_FOLLOW_SERVICE, SERVICE_SESSION, false));
    CHECK(!sessions_may_follow(PORT_FOLLOW_SERVICE, 2, false));
    CHECK(sessions_may_follow(PORT_FOLLOW_ONE_USER, SERVICE_SESSION, true));
    CHECK(sessions_may_follow(PORT_FOLLOW_ONE_USER, 2, false));
    CHECK(!sessions_may_follow(PORT_FOLLOW_ONE_USER, 3, true));
    CHECK(sessions_may_follow(PORT_FOLLOW_ALL, 3, true));
}

static void pauses_grow_to_the_longest_with_jitter(void)
{
    for (uint32_t failures = 1; failures < 40; failures++) {
        uint32_t least = LOOK_PAUSE_FIRST;
        for (uint32_t i = 1; i < failures && least < LOOK_PAUSE_LONGEST; i++) {
            least *= 2;
        }
        least = least < LOOK_PAUSE_LONGEST ? least : LOOK_PAUSE_LONGEST;
        CHECK(sessions_pause(failures, 0) == least);
        CHECK(sessions_pause(failures, least / 4 - 1) == least + least / 4 - 1);
        CHECK(sessions_pause(failures, 123456789) <= least + least / 4);
    }
}

void test_links(void)
{
    RUN(the_oldest_user_keeps_the_line);
    RUN(the_service_takes_the_line_and_a_users_calls_end);
    RUN(nobody_speaks_for_anothers_line);
    RUN(nobody_answers_what_another_was_asked);
    RUN(a_lost_companion_takes_its_own_lines_alone);
    RUN(the_next_companion_is_asked_when_the_first_stays_away);
    RUN(a_line_that_is_given_up_passes_to_who_claims_it);
    RUN(a_flood_fills_its_own_room_alone);
    RUN(places_and_numbers_are_not_shared);
    RUN(who_may_be_followed);
    RUN(pauses_grow_to_the_longest_with_jitter);
}

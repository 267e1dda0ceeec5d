/* Several companions at once: whose word counts for a line, and what one can do to another's. */
#include "../shim/completions.h"
#include "../shim/constants.h"
#include "../shim/follow.h"
#include "../shim/inbox.h"
#include "../shim/presence.h"
#include "../shim/requests.h"
#include "../shim/sessions.h"
#include "check.h"
#include "companions.h"

#include <string.h>

static bool is_named(const char *name)
{
    return strcmp(the_line()->name, name) == 0;
}

/* Anna's companion, which publishes the line and tells of a call that TAPI follows. */
static struct link *anna_on_the_phone(void)
{
    struct link *anna = companion_with(2, "Anna");
    companion_tells_call(anna, 9, LINECALLSTATE_CONNECTED);
    follow_due_offers();
    return anna;
}

static void the_oldest_user_keeps_the_line(void)
{
    companions_begin();
    const struct link *anna = companion_with(2, "Anna");
    const struct link *bob = companion_with(3, "Bob");
    CHECK(told.created == 1 && is_named("Anna"));
    CHECK(links_of(the_line()) == anna);
    CHECK(ignored_reports(bob) == 1 && ignored_reports(anna) == 0);
    companion_publishes(bob, "Bob again");
    CHECK(is_named("Anna") && ignored_reports(bob) == 2);
    companions_end();
}

static void the_service_takes_the_line_and_a_users_calls_end(void)
{
    companions_begin();
    const struct link *anna = anna_on_the_phone();
    CHECK(told.state_count == 1 && told.states[0] == LINECALLSTATE_CONNECTED);
    const struct link *service = companion_from(SERVICE_SESSION);
    companion_publishes(service, "Service");
    CHECK(the_line()->told_in_service);
    CHECK(told.state_count == 3 && told.states[1] == LINECALLSTATE_DISCONNECTED &&
          told.states[2] == LINECALLSTATE_IDLE);
    companion_tells_call(service, 9, LINECALLSTATE_CONNECTED);
    companion_is_synced(service);
    CHECK(told.state_count == 4 && told.states[3] == LINECALLSTATE_CONNECTED);
    CHECK(is_named("Service") && ignored_reports(anna) == 1 && ignored_reports(service) == 0);
    CHECK(told.created == 1 && told.removed == 0);
    companions_end();
}

static void nobody_speaks_for_anothers_line(void)
{
    companions_begin();
    const struct link *anna = anna_on_the_phone();
    const struct link *mallory = companion_with(3, "Mallory");
    companion_tells_call(mallory, 9, LINECALLSTATE_IDLE);
    companion_tells_call(mallory, 10, LINECALLSTATE_CONNECTED);
    companion_gives_up_line(mallory);
    CHECK(told.state_count == 1 && told.removed == 0 && line_find(LINE) != NULL);
    CHECK(call_find(LINE, 9) != NULL && call_find(LINE, 10) == NULL);
    companion_gives_up_line(anna);
    CHECK(told.removed == 1 && line_find(LINE) == NULL);
    companions_end();
}

static void nobody_answers_what_another_was_asked(void)
{
    companions_begin();
    const struct link *anna = anna_on_the_phone();
    const struct link *mallory = companion_with(3, NULL);
    const struct request_wish wish = {.verb = REQUEST_DROP, .call = call_find(LINE, 9)};
    CHECK(request_start(5, &wish) == 5);
    const struct request *request = requests_first();
    NEED(request != NULL);
    CHECK(request->sent && request->link == anna->number);
    companion_says(mallory, WIRE_RESULT, (struct message){.request = request->wire});
    CHECK(requests_first() == request && completions_posted() == completions_delivered());
    companion_says(anna, WIRE_RESULT, (struct message){.request = request->wire});
    CHECK(requests_first() == NULL);
    companions_end();
}

static void a_lost_companion_takes_its_own_lines_alone(void)
{
    companions_begin();
    struct link *anna = anna_on_the_phone();
    struct link *other = companion_with(3, NULL);
    companion_is_lost(other);
    CHECK(presence_deadline() == 0 && the_line()->told_in_service);
    companion_is_lost(anna);
    CHECK(links_first() == NULL && the_line()->publisher == 0 && the_line()->claims == 0);
    const uint64_t end = presence_deadline();
    CHECK(end != 0);
    presence_expire(end);
    CHECK(told.state_count == 3 && told.states[2] == LINECALLSTATE_IDLE && the_line()->told_in_service);
    presence_expire(presence_deadline());
    CHECK(!the_line()->told_in_service && presence_deadline() == 0);
    companions_end();
}

static void the_next_companion_is_asked_when_the_first_stays_away(void)
{
    companions_begin();
    struct link *anna = companion_with(2, "Anna");
    struct link *bob = companion_with(3, "Bob");
    companion_is_lost(anna);
    CHECK(!bob->renews);
    presence_expire(presence_deadline());
    CHECK(bob->renews);
    companion_is_lost(bob);
    const struct link *again = companion_with(3, "Bob");
    CHECK(is_named("Bob") && links_of(the_line()) == again);
    CHECK(the_line()->service_until == 0 && the_line()->calls_until == 0);
    presence_expire(UINT64_MAX);
    CHECK(the_line()->told_in_service && presence_deadline() == 0 && told.removed == 0);
    companions_end();
}

static void a_line_that_is_given_up_passes_to_who_claims_it(void)
{
    companions_begin();
    const struct link *anna = companion_with(2, "Anna");
    const struct link *bob = companion_with(3, "Bob");
    companion_gives_up_line(anna);
    CHECK(told.removed == 0 && line_find(LINE) != NULL && bob->renews && !anna->renews);
    companions_end();
}

static void a_flood_fills_its_own_room_alone(void)
{
    companions_begin();
    const struct link *flood = companion_from(2);
    const struct link *quiet = companion_from(3);
    const uint8_t type = WIRE_SYNCED;
    const wire_frame frame = {.type = type};
    for (uint32_t i = 0; i < INBOX_FRAMES_MAX; i++) {
        enum message_status status;
        CHECK(inbox_has_room(flood));
        struct inbox_item *item = inbox_decode(&frame, flood->number, &status);
        NEED(item != NULL);
        inbox_put(item);
    }
    CHECK(!inbox_has_room(flood) && inbox_has_room(quiet));
    companions_end();
}

static void places_and_numbers_are_not_shared(void)
{
    uint32_t places = 0;
    const uint8_t hello[1] = {0};
    companions_begin();
    for (uint32_t i = 0; i < LINKS_MAX; i++) {
        const struct link *link = companion_from(i);
        CHECK((places & links_bit(link)) == 0);
        places |= links_bit(link);
    }
    CHECK(links_begin(99, hello, sizeof hello) == NULL);
    struct link *last = links_first();
    const uint32_t number = last->number;
    companion_is_lost(last);
    CHECK(companion_from(99)->number > number && links_find(number) == NULL);
    companions_end();
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

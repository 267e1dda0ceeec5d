/* Every structure at every version and size: what is written, what is left alone, where it ends. */
#include "a-line.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#define CANARY 0xA5
#define ROOM 4096u
#define NAME "Jan Lörenz 😀 (831)"

/* A way to ask for one structure at one version. */
struct question {
    LONG (*ask)(DWORD version, void *target);
    DWORD fixed[7];      /* by the versions below */
    size_t first_offset; /* of an offset field whose text is always there */
};

static const DWORD versions[7] = {0x00010003, 0x00010004, 0x00020000, 0x00020001,
                                  0x00020002, 0x00030000, 0x00030001};
static struct line *line;
static struct call *call;

static LONG ask_dev_caps(DWORD version, void *target)
{
    return TSPI_lineGetDevCaps(line->device, version, 0, target);
}

static LONG ask_address_caps(DWORD version, void *target)
{
    return TSPI_lineGetAddressCaps(line->device, 0, version, 0, target);
}

static LONG ask_call_info(DWORD version, void *target)
{
    line->version = version;
    return TSPI_lineGetCallInfo(handle_of(call), target);
}

static LONG ask_call_status(DWORD version, void *target)
{
    line->version = version;
    return TSPI_lineGetCallStatus(handle_of(call), target);
}

static const struct question questions[] = {
    {ask_dev_caps, {236, 240, 252, 252, 268, 292, 292}, offsetof(LINEDEVCAPS, dwLineNameOffset)},
    {ask_address_caps, {176, 180, 228, 228, 228, 228, 228}, offsetof(LINEADDRESSCAPS, dwAddressOffset)},
    {ask_call_info, {296, 296, 324, 324, 324, 344, 344}, offsetof(LINECALLINFO, dwCallerIDOffset)},
    {ask_call_status, {36, 36, 56, 56, 56, 56, 56}, 0},
};

static void set_up(void)
{
    static const char name[] = NAME;
    const wire_line from = {
        .line = 831,
        .name = {.data = name, .size = sizeof name - 1},
        .address = {.data = "831", .size = 3},
        .switch_name = {.data = "Exchange", .size = 8},
        .in_service = true,
        .line_features = 8,
        .address_features = 2,
        .call_features = 0x84,
        .max_active_calls = 2,
    };
    const wire_call state = {
        .call = 5,
        .line = 831,
        .state = LINECALLSTATE_CONNECTED,
        .mode = 1,
        .features = 0x80,
        .caller = {.flags = 12,
                   .number = {.data = "0405551234", .size = 10},
                   .name = {.data = "Eva", .size = 3}},
        .called = {.flags = 8, .number = {.data = "831", .size = 3}},
    };
    line = a_line(831);
    line_update(line, &from);
    line->created = true;
    line->device = 3;
    call = a_call(line, 5);
    call_show(call, &state);
}

static LONG ask(const struct question *question, DWORD version, uint8_t *target, DWORD total)
{
    memset(target, CANARY, ROOM);
    memset(target, 0, total);
    memcpy(target, &total, sizeof total);
    return question->ask(version, target);
}

static DWORD field(const uint8_t *structure, size_t offset)
{
    DWORD value;
    memcpy(&value, structure + offset, sizeof value);
    return value;
}

static bool canary_holds(const uint8_t *target, DWORD total)
{
    for (size_t i = total; i < ROOM; i++) {
        if (target[i] != CANARY) {
            return false;
        }
    }
    return true;
}

static void every_size_is_kept_to(void)
{
    uint8_t *target = memory_of(ROOM);
    set_up();
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        for (size_t v = 0; v < 7; v++) {
            const DWORD fixed = questions[q].fixed[v];
            CHECK(ask(&questions[q], versions[v], target, ROOM) == 0);
            const DWORD needed = field(target, 4);
            CHECK(needed >= fixed && needed < 1024);
            CHECK(needed == field(target, 8));
            CHECK(questions[q].first_offset == 0 || field(target, questions[q].first_offset) == fixed);
            for (DWORD total = fixed; total <= needed; total++) {
                CHECK(ask(&questions[q], versions[v], target, total) == 0);
                CHECK(field(target, 0) == total);
                CHECK(field(target, 4) == needed);
                CHECK(field(target, 8) >= fixed && field(target, 8) <= total);
                CHECK(canary_holds(target, total));
            }
            CHECK(ask(&questions[q], versions[v], target, fixed - 1) == TSPI_ERROR(STRUCTURETOOSMALL));
            CHECK(canary_holds(target, fixed - 1));
        }
    }
    free(target);
    nothing_left();
}

/* The line's name within LINEDEVCAPS that have room for `total` bytes: its size and offset. */
struct place {
    DWORD size;
    DWORD offset;
};

static struct place name_within(uint8_t *target, DWORD total)
{
    CHECK(ask(&questions[0], 0x00030001, target, total) == 0);
    return (struct place){.size = field(target, offsetof(LINEDEVCAPS, dwLineNameSize)),
                          .offset = field(target, offsetof(LINEDEVCAPS, dwLineNameOffset))};
}

static void texts_are_whole_or_absent(void)
{
    const DWORD fixed = questions[0].fixed[6];
    const size_t units = sizeof NAME - 1 - 1 - 2 + 1; /* ö is one unit, the face two */
    WCHAR name[sizeof NAME];
    uint8_t *target = memory_of(ROOM);
    set_up();
    const struct place whole = name_within(target, ROOM);
    NEED(whole.size == units * sizeof(WCHAR) && whole.offset == fixed);
    memcpy(name, target + whole.offset, whole.size);
    CHECK(name[units - 1] == 0 && name[0] == 'J');
    const struct place absent = name_within(target, fixed + whole.size - 1);
    CHECK(absent.size == 0 && absent.offset == 0);
    const struct place just = name_within(target, fixed + whole.size);
    CHECK(just.size == whole.size && just.offset == fixed);
    free(target);
    nothing_left();
}

static void fields_of_the_service_are_left_alone(void)
{
    LINECALLINFO info;
    LINECALLSTATUS status;
    set_up();
    line->version = 0x00030001;
    memset(&info, CANARY, sizeof info);
    info.dwTotalSize = sizeof info;
    CHECK(TSPI_lineGetCallInfo(handle_of(call), &info) == 0);
    const DWORD preset = 0xA5A5A5A5u;
    CHECK(info.hLine == preset && info.dwNumOwners == preset && info.dwNumMonitors == preset);
    CHECK(info.dwMonitorDigitModes == preset && info.dwMonitorMediaModes == preset);
    CHECK(info.dwAppNameSize == preset && info.dwCommentOffset == preset && info.dwCalledPartySize == preset);
    CHECK(info.dwDisplayableAddressSize == preset);
    memset(&status, CANARY, sizeof status);
    status.dwTotalSize = sizeof status;
    CHECK(TSPI_lineGetCallStatus(handle_of(call), &status) == 0);
    CHECK(status.dwCallPrivilege == preset);
    CHECK(status.dwCallState == LINECALLSTATE_CONNECTED && status.dwCallStateMode == 1);
    nothing_left();
}

static void parties_never_name_what_is_missing(void)
{
    LINECALLINFO info = {.dwTotalSize = sizeof info};
    set_up();
    line->version = 0x00030001;
    call->shown.parties[PARTY_CONNECTED].flags = LINECALLPARTYID_NAME | LINECALLPARTYID_ADDRESS;
    CHECK(TSPI_lineGetCallInfo(handle_of(call), &info) == 0);
    CHECK(info.dwCallerIDFlags == (LINECALLPARTYID_NAME | LINECALLPARTYID_ADDRESS));
    CHECK(info.dwConnectedIDFlags == LINECALLPARTYID_UNAVAIL);
    CHECK(info.dwRedirectingIDFlags == LINECALLPARTYID_UNAVAIL);
    nothing_left();
}

void test_structures(void)
{
    RUN(every_size_is_kept_to);
    RUN(texts_are_whole_or_absent);
    RUN(fields_of_the_service_are_left_alone);
    RUN(parties_never_name_what_is_missing);
}

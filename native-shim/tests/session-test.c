/* Whole sessions of the provider with lines it knows from before, and no companion. */
#include "../port/files.h"
#include "../port/port.h"
#include "../shim/line-table.h"
#include "../shim/text.h"
#include "check.h"
#include "state-folder.h"

#include <stdatomic.h>

#define V31 0x00030001u

static const WCHAR number[] = {'8', '3', '2', 0};
static atomic_int completions;
static atomic_int last_result;
static unsigned created; /* under the lock */
static port_lock lock = PORT_LOCK_INIT;
static port_condition news = PORT_CONDITION_INIT;

static void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    CHECK(id == 7);
    completions++;
    last_result = result;
}

static void CALLBACK on_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                              DWORD_PTR param2, DWORD_PTR param3)
{
    (void)line;
    (void)call;
    (void)param3;
    if (message == LINE_CREATE) {
        CHECK(param1 == 0x5150);
        CHECK(TSPI_providerCreateLineDevice(param2, 77) == 0);
        port_lock_acquire(&lock);
        created++;
        port_condition_broadcast(&news);
        port_lock_release(&lock);
    }
}

static void set_up(void)
{
    static uint8_t table[LINE_TABLE_SIZE(3)];
    struct line_table_writer writer;
    state_folder_begin();
    line_table_begin(&writer, table, sizeof table);
    for (uint32_t id = 1; id <= 3; id++) {
        const wire_line line = {.line = id,
                                .name = text_of("Anna (831)"),
                                .address = text_of("831"),
                                .switch_name = text_of("pbx"),
                                .in_service = true,
                                .line_features = LINEFEATURE_MAKECALL,
                                .address_features = LINEADDRFEATURE_MAKECALL,
                                .max_active_calls = 2};
        CHECK(line_table_append(&writer, &line));
    }
    CHECK(port_state_write(LINE_TABLE_FILE, table, line_table_end(&writer)));
    completions = 0;
    created = 0;
}

static void start(DWORD base, DWORD count)
{
    DWORD lines = 99;
    DWORD phones = 99;
    DWORD options = 0;
    CHECK(TSPI_providerEnumDevices(7, &lines, &phones, (HPROVIDER)(uintptr_t)0x5150, on_event, NULL) == 0);
    CHECK(lines == 3 && phones == 0);
    CHECK(TSPI_providerInit(V31, 7, base, 0, count, 0, on_completion, &options) == 0);
    CHECK(options == 0);
}

static bool is_device(DWORD device)
{
    DWORD version = 0;
    return TSPI_lineNegotiateTSPIVersion(device, 0x00010003, V31, &version) == 0;
}

/* How many lines were announced, once it is one or the time is over. */
static unsigned created_within(uint32_t milliseconds)
{
    const uint64_t end = port_now_us() + milliseconds * 1000ull;
    port_lock_acquire(&lock);
    while (created == 0 && port_now_us() < end) {
        port_condition_wait(&news, &lock, milliseconds);
    }
    const unsigned count = created;
    port_lock_release(&lock);
    return count;
}

/* Statements 13, 15, 18 and 24 of the conformance list. */
static void device_ids_follow_the_base(void)
{
    set_up();
    for (DWORD base = 10; base < 60; base += 25) {
        start(base, 3);
        CHECK(!is_device(base - 1) && is_device(base) && is_device(base + 2) && !is_device(base + 3));
        CHECK(TSPI_providerShutdown(V31, 7) == 0);
        CHECK(!is_device(base));
    }
    CHECK(created_within(0) == 0);
    state_folder_end();
}

/* Statements 112 and 115 of the conformance list: what TAPI did not count is announced. */
static void lines_beyond_the_count_are_announced(void)
{
    set_up();
    start(10, 2);
    CHECK(created_within(5000) == 1);
    CHECK(is_device(10) && is_device(11) && !is_device(12) && is_device(77));
    CHECK(TSPI_providerShutdown(V31, 7) == 0);
    state_folder_end();
}

/* Statement 21 of the conformance list. */
static void shutdown_completes_what_is_pending(void)
{
    HDRVLINE line = NULL;
    HDRVCALL call = NULL;
    set_up();
    start(10, 3);
    CHECK(TSPI_lineOpen(10, (HTAPILINE)(uintptr_t)1, &line, V31, on_event) == 0);
    CHECK(TSPI_lineMakeCall(7, line, (HTAPICALL)(uintptr_t)2, &call, number, 0, NULL) == 7);
    CHECK(call != NULL && completions == 0);
    CHECK(TSPI_providerShutdown(V31, 7) == 0);
    CHECK(completions == 1 && last_result == TSPI_ERROR(OPERATIONFAILED));
    CHECK(TSPI_lineCloseCall(call) == TSPI_ERROR(INVALCALLHANDLE));
    CHECK(TSPI_lineClose(line) == TSPI_ERROR(INVALLINEHANDLE));
    state_folder_end();
}

void test_sessions(void)
{
    RUN(device_ids_follow_the_base);
    RUN(lines_beyond_the_count_are_announced);
    RUN(shutdown_completes_what_is_pending);
}

/* Versions, starts and ends of the provider, and its entries in the list of Windows. */
#include "../port/port.h"
#include "../shim/model.h"
#include "check.h"

#include <stdint.h>

static void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    (void)id;
    (void)result;
    CHECK(false); /* nothing was asked for */
}

static void CALLBACK ignore_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                                  DWORD_PTR param2, DWORD_PTR param3)
{
    (void)line;
    (void)call;
    (void)message;
    (void)param1;
    (void)param2;
    (void)param3;
}

static LONG init(DWORD version, DWORD entry)
{
    DWORD options = 0;
    return TSPI_providerInit(version, entry, 10, 0, 0, 0, on_completion, &options);
}

static void versions_meet_or_are_refused(void)
{
    static const DWORD cases[][3] = {
        {0x00010003, 0x00030001, 0x00030001}, {0x00010003, 0x00020000, 0x00020000},
        {0x00010003, 0x00020002, 0x00020002}, {0x00010003, 0x7FFFFFFF, 0x00030001},
        {0x00010003, 0x00010004, 0},          {0x00010000, 0x00010002, 0},
        {0x00040000, 0x00040000, 0},          {0x00020003, 0x00020009, 0},
        {0x00020001, 0x0002FFFF, 0x00020002}, {0x00030001, 0x00030001, 0x00030001},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DWORD version = 0;
        const LONG result =
            TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, cases[i][0], cases[i][1], &version);
        CHECK(version == cases[i][2]);
        CHECK(result == (cases[i][2] == 0 ? TSPI_ERROR(INCOMPATIBLEAPIVERSION) : 0));
    }
}

static void the_same_image_starts_again_and_again(void)
{
    for (int i = 0; i < 50; i++) {
        DWORD lines = 9;
        DWORD phones = 9;
        CHECK(TSPI_providerEnumDevices(7, &lines, &phones, NULL, ignore_event, NULL) == 0);
        CHECK(lines == 0 && phones == 0);
        CHECK(init(0x00030001, 7) == 0);
        const uint64_t start = port_now_us();
        CHECK(TSPI_providerShutdown(0x00030001, 7) == 0);
        CHECK(port_now_us() - start < 3000000u);
    }
}

static void a_second_start_is_told_apart(void)
{
    CHECK(init(0x00010000, 7) == TSPI_ERROR(INCOMPATIBLEAPIVERSION));
    CHECK(init(0x00010004, 7) == TSPI_ERROR(INCOMPATIBLEAPIVERSION));
    CHECK(init(0x00030001, 7) == 0);
    CHECK(init(0x00030001, 7) == 0);
    CHECK(init(0x00030001, 8) == TSPI_ERROR(NOMULTIPLEINSTANCE));
    CHECK(TSPI_providerShutdown(0x00030001, 7) == 0);
    CHECK(TSPI_providerShutdown(0x00030001, 7) == 0);
}

/* The provider may stand in Windows' list twice: the first entry has the lines. */
static void a_second_entry_changes_nothing_of_the_first(void)
{
    const HPROVIDER handle = (HPROVIDER)(uintptr_t)0x70;
    const HPROVIDER other_handle = (HPROVIDER)(uintptr_t)0x80;
    DWORD lines = 9;
    DWORD phones = 9;
    CHECK(TSPI_providerEnumDevices(7, &lines, &phones, handle, ignore_event, NULL) == 0);
    CHECK(init(0x00030001, 7) == 0);
    CHECK(TSPI_providerEnumDevices(8, &lines, &phones, other_handle, NULL, NULL) == 0);
    CHECK(lines == 0 && phones == 0);
    CHECK(init(0x00030001, 8) == TSPI_ERROR(NOMULTIPLEINSTANCE));
    CHECK(TSPI_providerShutdown(0x00030001, 8) == 0);
    model_lock();
    CHECK(provider.running && provider.permanent_id == 7);
    CHECK(provider.handle == handle && provider.line_create == ignore_event);
    model_unlock();
    CHECK(TSPI_providerShutdown(0x00030001, 7) == 0);
    CHECK(!provider.running);
}

void test_inits(void)
{
    RUN(versions_meet_or_are_refused);
    RUN(the_same_image_starts_again_and_again);
    RUN(a_second_start_is_told_apart);
    RUN(a_second_entry_changes_nothing_of_the_first);
}

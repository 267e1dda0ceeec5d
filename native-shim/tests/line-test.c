/* The functions of lines, from their opening to their closing. */
#include "../port/port.h"
#include "a-line.h"
#include "check.h"

#include <string.h>

#define V31 0x00030001u

static const WCHAR own_number[] = {'8', '3', '1', 0};
static const WCHAR other_number[] = {'8', '3', '2', 0};
static const WCHAR class_line[] = {'t', 'a', 'p', 'i', '/', 'l', 'i', 'n', 'e', 0};
static const WCHAR class_wave[] = {'w', 'a', 'v', 'e', '/', 'i', 'n', 0};
static struct line *line;
static HDRVLINE opened;

static void CALLBACK on_event(HTAPILINE tapi_line, HTAPICALL tapi_call, DWORD message, DWORD_PTR param1,
                              DWORD_PTR param2, DWORD_PTR param3)
{
    (void)tapi_line;
    (void)tapi_call;
    (void)message;
    (void)param1;
    (void)param2;
    (void)param3;
    CHECK(false); /* nothing may come while a TSPI function runs */
}

static void set_up(void)
{
    line = a_line(831);
    strcpy(line->address, "831");
    line->created = true;
    line->device = 10;
    line->max_active_calls = 2;
    opened = NULL;
    CHECK(TSPI_lineOpen(10, (HTAPILINE)(uintptr_t)0x200, &opened, V31, on_event) == 0);
    NEED(opened != NULL);
}

/* Statements 40, 41, 49 and 50 of the conformance list. */
static void a_line_is_open_once(void)
{
    HDRVLINE second = NULL;
    set_up();
    CHECK(TSPI_lineOpen(10, NULL, &second, V31, on_event) == TSPI_ERROR(ALLOCATED));
    CHECK(TSPI_lineOpen(99, NULL, &second, V31, on_event) == TSPI_ERROR(BADDEVICEID));
    CHECK(TSPI_lineOpen(10, NULL, &second, 0x00010000, on_event) == TSPI_ERROR(INCOMPATIBLEAPIVERSION));
    CHECK(TSPI_lineClose(opened) == 0);
    CHECK(TSPI_lineClose(opened) == TSPI_ERROR(INVALLINEHANDLE));
    CHECK(TSPI_lineOpen(10, NULL, &second, V31, on_event) == 0);
    CHECK(second != opened);
    CHECK(TSPI_lineClose(opened) == TSPI_ERROR(INVALLINEHANDLE));
    nothing_left();
}

/* Statement 40 of the conformance list: the fastest of several, because a busy machine may delay one. */
static void a_line_opens_without_its_companion(void)
{
    uint64_t fastest = UINT64_MAX;
    set_up();
    for (int i = 0; i < 10; i++) {
        CHECK(TSPI_lineClose(opened) == 0);
        const uint64_t start = port_now_us();
        CHECK(TSPI_lineOpen(10, (HTAPILINE)(uintptr_t)0x200, &opened, V31, on_event) == 0);
        const uint64_t taken = port_now_us() - start;
        fastest = taken < fastest ? taken : fastest;
    }
    CHECK(fastest < 50000u);
    nothing_left();
}

/* Statement 40 of the conformance list: what was asked for before does not offer calls while TAPI opens the
 * line. */
static void a_wish_of_before_offers_nothing(void)
{
    set_up();
    CHECK(TSPI_lineSetDefaultMediaDetection(opened, 4) == 0);
    CHECK(line->offers_due);
    CHECK(TSPI_lineClose(opened) == 0);
    CHECK(TSPI_lineOpen(10, (HTAPILINE)(uintptr_t)0x200, &opened, V31, on_event) == 0);
    CHECK(!line->offers_due);
    nothing_left();
}

/* Of two programs that only watch, neither changes the media modes from 0: the line's first wish counts as
 * new. */
static void a_call_refused_while_the_line_was_opened_is_offered_again(void)
{
    set_up();
    struct call *call = a_call(line, 17);
    call->stage = CALL_REFUSED;
    CHECK(TSPI_lineSetDefaultMediaDetection(opened, 0) == 0);
    CHECK(call->stage == CALL_UNOFFERED && line->offers_due);
    call->stage = CALL_REFUSED;
    CHECK(TSPI_lineSetDefaultMediaDetection(opened, 0) == 0);
    CHECK(TSPI_lineSetStatusMessages(opened, 0, 0) == 0);
    CHECK(call->stage == CALL_REFUSED);
    CHECK(TSPI_lineSetDefaultMediaDetection(opened, 4) == 0);
    CHECK(call->stage == CALL_UNOFFERED);
    nothing_left();
}

/* Statement 46 of the conformance list: what TAPI keeps in the structure stays as it was. */
static void the_status_of_a_line_keeps_what_is_of_the_service(void)
{
    LINEDEVSTATUS status;
    const DWORD preset = 0xA5A5A5A5u;
    set_up();
    line->told_in_service = true;
    line->line_features = LINEFEATURE_MAKECALL;
    line->address_features = LINEADDRFEATURE_MAKECALL;
    memset(&status, 0xA5, sizeof status);
    status.dwTotalSize = sizeof status;
    CHECK(TSPI_lineGetLineDevStatus(opened, &status) == 0);
    CHECK(status.dwNumOpens == preset && status.dwOpenMediaModes == preset);
    CHECK(status.dwDevStatusFlags == (LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE));
    CHECK(status.dwLineFeatures == LINEFEATURE_MAKECALL && status.dwNumActiveCalls == 0);
    nothing_left();
}

/* Statement 42 of the conformance list. */
static void its_address_is_its_own_number(void)
{
    DWORD id = 99;
    set_up();
    CHECK(TSPI_lineGetNumAddressIDs(opened, &id) == 0 && id == 1);
    CHECK(TSPI_lineGetAddressID(opened, &id, LINEADDRESSMODE_DIALABLEADDR, own_number, sizeof own_number) ==
          0);
    CHECK(id == 0);
    CHECK(TSPI_lineGetAddressID(opened, &id, LINEADDRESSMODE_DIALABLEADDR, other_number,
                                sizeof other_number) == TSPI_ERROR(INVALADDRESS));
    CHECK(TSPI_lineGetAddressID(opened, &id, LINEADDRESSMODE_ADDRESSID, own_number, sizeof own_number) ==
          TSPI_ERROR(INVALADDRESSMODE));
    LINEADDRESSSTATUS status = {.dwTotalSize = sizeof status};
    CHECK(TSPI_lineGetAddressStatus(opened, 1, &status) == TSPI_ERROR(INVALADDRESSID));
    nothing_left();
}

/* Statements 43, 44 and 45 of the conformance list. */
static void what_programs_want_to_hear_is_checked(void)
{
    LINECALLPARAMS params = {.dwTotalSize = sizeof params, .dwBearerMode = 8};
    set_up();
    CHECK(TSPI_lineSetDefaultMediaDetection(opened, 4) == 0);
    CHECK(TSPI_lineSetDefaultMediaDetection(opened, 0x10) == TSPI_ERROR(INVALMEDIAMODE));
    CHECK(TSPI_lineSetDefaultMediaDetection(opened, 0) == 0);
    CHECK(TSPI_lineSetStatusMessages(opened, 0x01FFFFFF, 0x1FF) == 0);
    CHECK(TSPI_lineSetStatusMessages(opened, 0x80000000, 0) == TSPI_ERROR(INVALLINESTATE));
    CHECK(TSPI_lineSetStatusMessages(opened, 0, 0x80000000) == TSPI_ERROR(INVALADDRESSSTATE));
    CHECK(TSPI_lineConditionalMediaDetection(opened, 4, NULL) == 0);
    CHECK(TSPI_lineConditionalMediaDetection(opened, 0x10, NULL) == TSPI_ERROR(INVALMEDIAMODE));
    CHECK(TSPI_lineConditionalMediaDetection(opened, 4, &params) == TSPI_ERROR(INVALBEARERMODE));
    nothing_left();
}

/* Statements 37 and 38 of the conformance list. */
static void there_are_no_extensions_and_no_icon(void)
{
    LINEEXTENSIONID id = {1, 2, 3, 4};
    static const LINEEXTENSIONID none;
    DWORD version = 7;
    HICON icon = (HICON)(uintptr_t)5;
    set_up();
    CHECK(TSPI_lineGetExtensionID(10, V31, &id) == 0 && memcmp(&id, &none, sizeof id) == 0);
    CHECK(TSPI_lineGetExtensionID(11, V31, &id) == TSPI_ERROR(BADDEVICEID));
    CHECK(TSPI_lineNegotiateExtVersion(10, V31, 0, 9, &version) == TSPI_ERROR(OPERATIONUNAVAIL));
    CHECK(TSPI_lineSelectExtVersion(opened, 0) == 0);
    CHECK(TSPI_lineSelectExtVersion(opened, 1) == TSPI_ERROR(INCOMPATIBLEEXTVERSION));
    CHECK(TSPI_lineGetIcon(10, NULL, &icon) == 0 && icon == NULL);
    CHECK(TSPI_lineGetIcon(11, NULL, &icon) == TSPI_ERROR(BADDEVICEID));
    CHECK(TSPI_lineSetCurrentLocation(3) == 0);
    nothing_left();
}

/* Statement 48 of the conformance list. */
static void only_the_line_itself_is_behind_a_line(void)
{
    struct {
        VARSTRING head;
        DWORD device;
    } answer = {.head = {.dwTotalSize = sizeof answer}};
    set_up();
    CHECK(TSPI_lineGetID(opened, 0, NULL, LINECALLSELECT_LINE, &answer.head, class_wave, NULL) ==
          TSPI_ERROR(INVALDEVICECLASS));
    CHECK(answer.head.dwUsedSize == 0);
    CHECK(TSPI_lineGetID(opened, 0, NULL, LINECALLSELECT_LINE, &answer.head, class_line, NULL) == 0);
    CHECK(answer.head.dwStringSize == sizeof(DWORD) && answer.device == 10);
    CHECK(TSPI_lineGetID(opened, 1, NULL, LINECALLSELECT_ADDRESS, &answer.head, class_line, NULL) ==
          TSPI_ERROR(INVALADDRESSID));
    CHECK(TSPI_lineGetID(opened, 0, NULL, LINECALLSELECT_CALL, &answer.head, class_line, NULL) ==
          TSPI_ERROR(INVALCALLHANDLE));
    CHECK(TSPI_lineGetID(opened, 0, NULL, 99, &answer.head, class_line, NULL) == TSPI_ERROR(INVALCALLSELECT));
    nothing_left();
}

/* Statements 18 and 113 of the conformance list. */
static void devices_are_known_by_their_ids(void)
{
    DWORD version = 0;
    set_up();
    CHECK(TSPI_lineNegotiateTSPIVersion(10, 0x00010003, V31, &version) == 0 && version == V31);
    CHECK(TSPI_lineNegotiateTSPIVersion(9, 0x00010003, V31, &version) == TSPI_ERROR(BADDEVICEID));
    CHECK(TSPI_providerCreateLineDevice(0xFFFF, 77) == TSPI_ERROR(BADDEVICEID));
    const struct line *created = a_line(832);
    CHECK(TSPI_providerCreateLineDevice(created->token, 10) == TSPI_ERROR(BADDEVICEID));
    CHECK(TSPI_providerCreateLineDevice(created->token, 77) == 0);
    CHECK(TSPI_providerCreateLineDevice(created->token, 78) == TSPI_ERROR(BADDEVICEID));
    CHECK(TSPI_lineNegotiateTSPIVersion(77, 0x00010003, V31, &version) == 0);
    nothing_left();
}

/* Statements 31 and 34 of the conformance list. */
static void the_capabilities_promise_nothing_else(void)
{
    LINEDEVCAPS caps = {.dwTotalSize = sizeof caps};
    LINEADDRESSCAPS address = {.dwTotalSize = sizeof address};
    set_up();
    CHECK(TSPI_lineGetDevCaps(10, V31, 0, &caps) == 0);
    CHECK(caps.dwDevCapFlags == 0 && caps.dwNumAddresses == 1);
    CHECK(caps.dwMediaModes == LINEMEDIAMODE_INTERACTIVEVOICE && caps.dwBearerModes == LINEBEARERMODE_VOICE);
    CHECK(TSPI_lineGetDevCaps(11, V31, 0, &caps) == TSPI_ERROR(BADDEVICEID));
    CHECK(TSPI_lineGetAddressCaps(10, 1, V31, 0, &address) == TSPI_ERROR(INVALADDRESSID));
    CHECK(TSPI_lineGetAddressCaps(11, 0, V31, 0, &address) == TSPI_ERROR(BADDEVICEID));
    nothing_left();
}

/* Statement 90 of the conformance list. */
static void the_ids_of_a_call_are_those_of_its_info(void)
{
    DWORD address = 99;
    DWORD id = 99;
    DWORD related = 99;
    LINECALLINFO info = {.dwTotalSize = sizeof info};
    set_up();
    struct call *call = a_call(line, 17);
    call->shown.related = 18;
    const HDRVCALL handle = handle_of(call);
    CHECK(TSPI_lineGetCallAddressID(handle, &address) == 0 && address == 0);
    CHECK(TSPI_lineGetCallIDs(handle, &address, &id, &related) == 0);
    CHECK(TSPI_lineGetCallInfo(handle, &info) == 0);
    CHECK(address == info.dwAddressID && id == info.dwCallID && related == info.dwRelatedCallID);
    CHECK(id == 17 && related == 18 && info.dwLineDeviceID == 10);
    nothing_left();
}

/* Statement 7 of the conformance list. */
static void set_up_and_removal_need_nothing_of_the_provider(void)
{
    CHECK(TSPI_providerInstall(NULL, 7) == 0);
    CHECK(TSPI_providerRemove(NULL, 7) == 0);
    CHECK(TSPI_providerConfig(NULL, 7) == 0);
}

void test_lines(void)
{
    RUN(the_capabilities_promise_nothing_else);
    RUN(the_ids_of_a_call_are_those_of_its_info);
    RUN(set_up_and_removal_need_nothing_of_the_provider);
    RUN(a_line_is_open_once);
    RUN(a_line_opens_without_its_companion);
    RUN(a_wish_of_before_offers_nothing);
    RUN(a_call_refused_while_the_line_was_opened_is_offered_again);
    RUN(the_status_of_a_line_keeps_what_is_of_the_service);
    RUN(its_address_is_its_own_number);
    RUN(what_programs_want_to_hear_is_checked);
    RUN(there_are_no_extensions_and_no_icon);
    RUN(only_the_line_itself_is_behind_a_line);
    RUN(devices_are_known_by_their_ids);
}

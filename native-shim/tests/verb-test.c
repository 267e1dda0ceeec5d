/* Which function may be called in which state, and how each refuses. */
#include "../shim/requests.h"
#include "a-line.h"
#include "a-link.h"
#include "check.h"

#define INVALCALLHANDLE TSPI_ERROR(INVALCALLHANDLE)
#define INVALCALLSTATE TSPI_ERROR(INVALCALLSTATE)
#define OPERATIONUNAVAIL TSPI_ERROR(OPERATIONUNAVAIL)

static const WCHAR number[] = {'8', '4', '0', 0};
static struct line *line;
static struct call *call;
static struct call *other;
static HDRVCALL made;

static void set_up(DWORD line_features)
{
    line = a_line(831);
    a_link(1, WIRE_PROTOCOL, line);
    line->told_in_service = true;
    line->call_features = line_features;
    line->max_active_calls = 4;
    call = a_call_in(line, 7, LINECALLSTATE_CONNECTED, 0);
    other = a_call_in(line, 8, LINECALLSTATE_ONHOLDPENDTRANSFER, 0);
}

/* Each asks for one verb of the call `of`, as request 5. */
#define ASKS(name, function_call) \
    static LONG name(HDRVCALL of) \
    { \
        return function_call; \
    }

ASKS(accept, TSPI_lineAccept(5, of, NULL, 0))
ASKS(answer, TSPI_lineAnswer(5, of, NULL, 0))
ASKS(drop, TSPI_lineDrop(5, of, NULL, 0))
ASKS(hold, TSPI_lineHold(5, of))
ASKS(unhold, TSPI_lineUnhold(5, of))
ASKS(dial, TSPI_lineDial(5, of, number, 0))
ASKS(redirect, TSPI_lineRedirect(5, of, number, 0))
ASKS(blind_transfer, TSPI_lineBlindTransfer(5, of, number, 0))
ASKS(swap_hold, TSPI_lineSwapHold(5, of, handle_of(other)))
ASKS(set_up_transfer, TSPI_lineSetupTransfer(5, of, NULL, &made, NULL))

static const struct verb {
    LONG (*run)(HDRVCALL of);
    DWORD feature;
    enum request_verb sent;
} verbs[] = {
    {accept, LINECALLFEATURE_ACCEPT, REQUEST_ACCEPT},
    {answer, LINECALLFEATURE_ANSWER, REQUEST_ANSWER},
    {drop, LINECALLFEATURE_DROP, REQUEST_DROP},
    {hold, LINECALLFEATURE_HOLD, REQUEST_HOLD},
    {unhold, LINECALLFEATURE_UNHOLD, REQUEST_UNHOLD},
    {dial, LINECALLFEATURE_DIAL, REQUEST_DIAL},
    {redirect, LINECALLFEATURE_REDIRECT, REQUEST_REDIRECT},
    {blind_transfer, LINECALLFEATURE_BLINDTRANSFER, REQUEST_BLIND_TRANSFER},
    {swap_hold, LINECALLFEATURE_SWAPHOLD, REQUEST_SWAP_HOLD},
    {set_up_transfer, LINECALLFEATURE_SETUPTRANSFER, REQUEST_SETUP_TRANSFER},
};
#define VERBS (sizeof verbs / sizeof *verbs)

static void a_verb_runs_only_where_it_is_offered(void)
{
    for (size_t i = 0; i < VERBS; i++) {
        set_up(0);
        CHECK(verbs[i].run(handle_of(call)) == OPERATIONUNAVAIL);
        line->call_features = verbs[i].feature;
        CHECK(verbs[i].run(handle_of(call)) == INVALCALLSTATE);
        CHECK(requests_first() == NULL);
        call->shown.features = ~verbs[i].feature;
        CHECK(verbs[i].run(handle_of(call)) == INVALCALLSTATE);
        call->shown.features = verbs[i].feature;
        CHECK(verbs[i].run(handle_of(call)) == 5);
        CHECK(requests_first() != NULL && requests_first()->verb == verbs[i].sent);
        nothing_left();
    }
}

/* Statement 110 of the conformance list. */
static void handles_that_were_never_made_are_refused(void)
{
    static const uintptr_t handles[] = {0, 1, 0x4001, (uintptr_t)-1};
    set_up(~0u);
    for (size_t i = 0; i < sizeof handles / sizeof *handles; i++) {
        const HDRVCALL odd = (HDRVCALL)handles[i];
        const HDRVLINE odd_line = (HDRVLINE)handles[i];
        DWORD value = 0;
        LINECALLINFO info = {.dwTotalSize = sizeof info};
        LINECALLSTATUS status = {.dwTotalSize = sizeof status};
        LINEDEVSTATUS device = {.dwTotalSize = sizeof device};
        LINEADDRESSSTATUS address = {.dwTotalSize = sizeof address};
        for (size_t verb = 0; verb < VERBS; verb++) {
            CHECK(verbs[verb].run(odd) == INVALCALLHANDLE);
        }
        CHECK(TSPI_lineCompleteTransfer(5, odd, handle_of(call), NULL, NULL, 1) == INVALCALLHANDLE);
        CHECK(TSPI_lineCloseCall(odd) == INVALCALLHANDLE);
        CHECK(TSPI_lineGetCallInfo(odd, &info) == INVALCALLHANDLE);
        CHECK(TSPI_lineGetCallStatus(odd, &status) == INVALCALLHANDLE);
        CHECK(TSPI_lineGetCallAddressID(odd, &value) == INVALCALLHANDLE);
        CHECK(TSPI_lineGetCallIDs(odd, &value, &value, &value) == INVALCALLHANDLE);
        CHECK(TSPI_lineSetAppSpecific(odd, 1) == INVALCALLHANDLE);
        CHECK(TSPI_lineSetMediaMode(odd, LINEMEDIAMODE_INTERACTIVEVOICE) == INVALCALLHANDLE);
        CHECK(TSPI_lineMonitorMedia(odd, LINEMEDIAMODE_INTERACTIVEVOICE) == INVALCALLHANDLE);
        CHECK(TSPI_lineGenerateDigits(odd, 1, LINEDIGITMODE_DTMF, number, 0) == INVALCALLHANDLE);
        CHECK(TSPI_lineClose(odd_line) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_lineMakeCall(5, odd_line, NULL, &made, number, 0, NULL) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_linePickup(5, odd_line, 0, NULL, &made, number, NULL) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_lineGetLineDevStatus(odd_line, &device) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_lineGetAddressStatus(odd_line, 0, &address) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_lineSetDefaultMediaDetection(odd_line, 4) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_lineSetStatusMessages(odd_line, 0, 0) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_lineSelectExtVersion(odd_line, 0) == TSPI_ERROR(INVALLINEHANDLE));
        CHECK(TSPI_lineGetNumAddressIDs(odd_line, &value) == TSPI_ERROR(INVALLINEHANDLE));
    }
    CHECK(requests_first() == NULL);
    nothing_left();
}

/* Statements 93 and 97 of the conformance list. */
static void two_calls_must_fit_each_other(void)
{
    set_up(LINECALLFEATURE_SWAPHOLD | LINECALLFEATURE_COMPLETETRANSF);
    struct call *stranger = a_call(a_line(832), 9);
    stranger->shown.state = LINECALLSTATE_CONNECTED;
    call->shown.features = LINECALLFEATURE_SWAPHOLD;
    other->shown.features = LINECALLFEATURE_COMPLETETRANSF | LINECALLFEATURE_SWAPHOLD;
    const HDRVCALL active = handle_of(call);
    const HDRVCALL held = handle_of(other);

    CHECK(TSPI_lineSwapHold(1, active, active) == INVALCALLSTATE);
    CHECK(TSPI_lineSwapHold(1, held, active) == INVALCALLSTATE);
    CHECK(TSPI_lineSwapHold(1, active, NULL) == INVALCALLHANDLE);
    CHECK(TSPI_lineSwapHold(1, active, handle_of(stranger)) == INVALCALLSTATE);
    CHECK(TSPI_lineSwapHold(1, active, held) == 1);

    CHECK(TSPI_lineCompleteTransfer(2, held, active, NULL, NULL, 7) == TSPI_ERROR(INVALTRANSFERMODE));
    CHECK(TSPI_lineCompleteTransfer(2, held, active, NULL, NULL, 2) == TSPI_ERROR(INVALTRANSFERMODE));
    CHECK(TSPI_lineCompleteTransfer(2, held, NULL, NULL, NULL, 1) == TSPI_ERROR(INVALCONSULTCALLHANDLE));
    CHECK(TSPI_lineCompleteTransfer(2, held, held, NULL, NULL, 1) == TSPI_ERROR(INVALCONSULTCALLHANDLE));
    CHECK(TSPI_lineCompleteTransfer(2, held, handle_of(stranger), NULL, NULL, 1) ==
          TSPI_ERROR(INVALCONSULTCALLHANDLE));
    call->shown.state = LINECALLSTATE_DIALTONE;
    CHECK(TSPI_lineCompleteTransfer(2, held, active, NULL, NULL, 1) == INVALCALLSTATE);
    call->shown.state = LINECALLSTATE_RINGBACK;
    CHECK(TSPI_lineCompleteTransfer(2, held, active, NULL, NULL, 1) == 2);
    nothing_left();
}

static void a_call_that_is_over_takes_only_a_drop(void)
{
    for (int mark = 0; mark < 2; mark++) {
        for (size_t i = 0; i < VERBS; i++) {
            set_up(~0u);
            call->shown.state = LINECALLSTATE_IDLE;
            if (mark == 1) {
                call_mark_ended(call);
            }
            call->shown.features = ~0u;
            CHECK(verbs[i].run(handle_of(call)) == (verbs[i].run == drop ? 5 : INVALCALLSTATE));
            nothing_left();
        }
    }
}

static void only_what_has_its_function_is_shown(void)
{
    LINEADDRESSCAPS caps = {.dwTotalSize = sizeof caps};
    LINECALLSTATUS status = {.dwTotalSize = sizeof status};
    set_up(~0u);
    line->created = true;
    line->device = 3;
    line->version = 0x00030001;
    line->address_features = ~0u;
    call->shown.features = ~0u;
    CHECK(TSPI_lineGetAddressCaps(3, 0, 0x00030001, 0, &caps) == 0);
    CHECK(caps.dwCallFeatures == EXPORTED_CALL_FEATURES);
    CHECK(caps.dwAddressFeatures == EXPORTED_ADDRESS_FEATURES);
    CHECK(TSPI_lineGetCallStatus(handle_of(call), &status) == 0);
    CHECK(status.dwCallFeatures == EXPORTED_CALL_FEATURES);
    line->call_features = 0;
    line->address_features = 0;
    call->shown.features = 0;
    CHECK(TSPI_lineGetAddressCaps(3, 0, 0x00030001, 0, &caps) == 0);
    CHECK(caps.dwCallFeatures == LINECALLFEATURE_MONITORMEDIA && caps.dwAddressFeatures == 0);
    CHECK(TSPI_lineGetCallStatus(handle_of(call), &status) == 0);
    CHECK(status.dwCallFeatures == LINECALLFEATURE_MONITORMEDIA);
    nothing_left();
}

static void notes_of_programs_are_checked(void)
{
    LINECALLINFO info = {.dwTotalSize = sizeof info};
    set_up(0);
    line->version = 0x00030001;
    CHECK(TSPI_lineSetMediaMode(handle_of(call), 4) == 0);
    CHECK(TSPI_lineSetMediaMode(handle_of(call), 0x8000) == TSPI_ERROR(INVALMEDIAMODE));
    CHECK(TSPI_lineSetMediaMode(handle_of(call), 0) == TSPI_ERROR(INVALMEDIAMODE));
    CHECK(TSPI_lineMonitorMedia(handle_of(call), 4) == 0);
    CHECK(TSPI_lineMonitorMedia(handle_of(call), 0) == 0);
    CHECK(TSPI_lineMonitorMedia(handle_of(call), 0x10) == TSPI_ERROR(INVALMEDIAMODE));
    CHECK(TSPI_lineSetAppSpecific(handle_of(call), 99) == 0);
    CHECK(call->infos_due == (LINECALLINFOSTATE_MEDIAMODE | LINECALLINFOSTATE_APPSPECIFIC));
    CHECK(TSPI_lineGetCallInfo(handle_of(call), &info) == 0);
    CHECK(info.dwAppSpecific == 99 && info.dwMediaMode == 4);
    nothing_left();
}

void test_verbs(void)
{
    RUN(a_verb_runs_only_where_it_is_offered);
    RUN(handles_that_were_never_made_are_refused);
    RUN(two_calls_must_fit_each_other);
    RUN(a_call_that_is_over_takes_only_a_drop);
    RUN(only_what_has_its_function_is_shown);
    RUN(notes_of_programs_are_checked);
}

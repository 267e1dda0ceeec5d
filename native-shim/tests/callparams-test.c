/* What a program wants of a call it makes, as LINECALLPARAMS say it. */
#include "../shim/constants.h"
#include "../shim/line-device.h"
#include "check.h"

#include <stddef.h>
#include <string.h>

static struct {
    LINECALLPARAMS params;
    WCHAR target[8];
} with;
static struct call_params read;

static void set_up(void)
{
    static const WCHAR target[] = {'8', '3', ' ', '2', 0};
    memset(&with, 0, sizeof with);
    memcpy(with.target, target, sizeof target);
    with.params.dwTotalSize = sizeof with;
    with.params.dwCallParamFlags = LINECALLPARAMFLAGS_ONESTEPTRANSFER;
    with.params.dwTargetAddressOffset = sizeof with.params;
    with.params.dwTargetAddressSize = sizeof target;
}

/* Statement 67 of the conformance list. */
static void wrong_values_have_their_errors(void)
{
    set_up();
    with.params.dwMediaMode = 0x10;
    CHECK(read_call_params(&with.params, &read) == TSPI_ERROR(INVALMEDIAMODE));
    set_up();
    with.params.dwBearerMode = 8;
    CHECK(read_call_params(&with.params, &read) == TSPI_ERROR(INVALBEARERMODE));
    set_up();
    with.params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    with.params.dwAddressID = 1;
    CHECK(read_call_params(&with.params, &read) == TSPI_ERROR(INVALADDRESSID));
    set_up();
    with.params.dwCommentSize = 4;
    with.params.dwCommentOffset = 0xFFFFFFFE;
    CHECK(read_call_params(&with.params, &read) == TSPI_ERROR(INVALCALLPARAMS));
    set_up();
    with.params.dwTotalSize = offsetof(LINECALLPARAMS, dwPredictiveAutoTransferStates);
    with.params.dwTargetAddressOffset = 0xFFFFFFFF; /* beyond a structure of TAPI 1.4: never looked at */
    CHECK(read_call_params(&with.params, &read) == 0);
    CHECK(read_call_params(NULL, &read) == 0 && read.flags == 0);
}

static void the_number_of_a_one_step_transfer_is_read(void)
{
    set_up();
    CHECK(read_call_params(&with.params, &read) == 0);
    CHECK(strcmp(read.target, "83 2") == 0 && read.flags == LINECALLPARAMFLAGS_ONESTEPTRANSFER);
    with.params.dwCallParamFlags = 0;
    CHECK(read_call_params(&with.params, &read) == 0 && read.target[0] == '\0');
}

static void a_number_without_an_end_is_refused(void)
{
    set_up();
    with.params.dwTargetAddressSize = 4 * sizeof(WCHAR);
    CHECK(read_call_params(&with.params, &read) == TSPI_ERROR(INVALCALLPARAMS));
    set_up();
    with.params.dwTargetAddressSize = 3;
    CHECK(read_call_params(&with.params, &read) == TSPI_ERROR(INVALCALLPARAMS));
    set_up();
    with.target[0] = 'W';
    CHECK(read_call_params(&with.params, &read) == TSPI_ERROR(DIALDIALTONE));
}

void test_call_params(void)
{
    RUN(wrong_values_have_their_errors);
    RUN(the_number_of_a_one_step_transfer_is_read);
    RUN(a_number_without_an_end_is_refused);
}

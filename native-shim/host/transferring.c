#include "transferring.h"

#include "calling.h"
#include "library.h"
#include "subjects.h"

#include <stdlib.h>
#include <string.h>

static DRV_REQUESTID start_request(char **words)
{
    const DRV_REQUESTID id = (DRV_REQUESTID)strtoul(words[1], NULL, 0);
    book_lock();
    book_request_start(id, NULL);
    book_unlock();
    return id;
}

void run_swaphold(struct output *out, char **words)
{
    const struct book_call *active = subject_call(out, words[2]);
    const struct book_call *held = active == NULL ? NULL : subject_call(out, words[3]);
    if (held == NULL) {
        return;
    }
    const DRV_REQUESTID id = start_request(words);
    calling_started(out, id, tspi.TSPI_lineSwapHold(id, active->driver, held->driver));
}

static void send_to(struct output *out, char **words, bool is_redirect)
{
    WCHAR units[DESTINATION_MAX];
    const struct book_call *call = subject_call(out, words[2]);
    if (call == NULL || !calling_destination(out, words[3], units)) {
        return;
    }
    const DRV_REQUESTID id = start_request(words);
    const LONG result = is_redirect ? tspi.TSPI_lineRedirect(id, call->driver, units, 0)
                                    : tspi.TSPI_lineBlindTransfer(id, call->driver, units, 0);
    memset(units, 0, sizeof units);
    calling_started(out, id, result);
    subject_write_call(out, call);
}

void run_redirect(struct output *out, char **words)
{
    send_to(out, words, true);
}

void run_blindtransfer(struct output *out, char **words)
{
    send_to(out, words, false);
}

static void set_up(struct output *out, char **words, LPLINECALLPARAMS params)
{
    const DRV_REQUESTID id = (DRV_REQUESTID)strtoul(words[1], NULL, 0);
    const struct book_call *call = subject_call(out, words[2]);
    struct book_call *consultation = call == NULL ? NULL : calling_prepare(out, call->line, id);
    if (consultation == NULL) {
        return;
    }
    const LONG result =
        tspi.TSPI_lineSetupTransfer(id, call->driver, consultation->tapi, &consultation->driver, params);
    calling_made(out, id, result, consultation);
}

void run_setuptransfer(struct output *out, char **words)
{
    set_up(out, words, NULL);
}

void run_onesteptransfer(struct output *out, char **words)
{
    struct {
        LINECALLPARAMS params;
        WCHAR target[DESTINATION_MAX];
    } with = {{0}, {0}};
    if (!calling_destination(out, words[3], with.target)) {
        return;
    }
    with.params.dwTotalSize = sizeof with;
    with.params.dwCallParamFlags = LINECALLPARAMFLAGS_ONESTEPTRANSFER;
    with.params.dwTargetAddressSize = (DWORD)(strlen(words[3]) + 1u) * (DWORD)sizeof(WCHAR);
    with.params.dwTargetAddressOffset = sizeof with.params;
    set_up(out, words, &with.params);
    memset(&with, 0, sizeof with);
}

void run_completetransfer(struct output *out, char **words)
{
    HDRVCALL conference = NULL;
    const struct book_call *call = subject_call(out, words[2]);
    const struct book_call *consultation = call == NULL ? NULL : subject_call(out, words[3]);
    if (consultation == NULL) {
        return;
    }
    const DRV_REQUESTID id = start_request(words);
    const DWORD mode = (DWORD)strtoul(words[4], NULL, 0);
    calling_started(
        out, id,
        tspi.TSPI_lineCompleteTransfer(id, call->driver, consultation->driver, NULL, &conference, mode));
}

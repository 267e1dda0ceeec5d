/* A line while TAPI has it open. */
#include "dispatcher.h"
#include "handles.h"
#include "line-device.h"
#include "model.h"
#include "outgoing.h"
#include "requests.h"

/* Bits a TAPI program may ask for; all others are reserved. */
#define LINE_STATE_BITS 0x01FFFFFFu
#define ADDRESS_STATE_BITS 0x000001FFu

static void announce_opened(const struct line *line)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof(wire_line_opened)];
    const wire_line_opened body = {.line = line->id, .tspi_version = line->version};
    outgoing_append(links_of(line), frame, wire_encode_line_opened(frame, sizeof frame, 0, &body));
}

static void announce_closed(const struct line *line)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof(wire_line_closed)];
    const wire_line_closed body = {.line = line->id};
    outgoing_append(links_of(line), frame, wire_encode_line_closed(frame, sizeof frame, 0, &body));
}

/*
 * No event here: TAPI does not know the line before this returns. Calls are offered after
 * SetDefaultMediaDetection.
 */
LONG WINAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine, DWORD dwTSPIVersion,
                          LINEEVENT lpfnEventProc)
{
    LONG result = 0;
    if (!is_tspi_version(dwTSPIVersion)) {
        return TSPI_ERROR(INCOMPATIBLEAPIVERSION);
    }
    model_lock();
    struct line *line = line_find_device(dwDeviceID);
    if (line == NULL) {
        result = TSPI_ERROR(BADDEVICEID);
    } else if (line->handle != 0) {
        result = TSPI_ERROR(ALLOCATED);
    } else if ((line->handle = handle_create(HANDLE_LINE, line)) == 0) {
        result = TSPI_ERROR(NOMEM);
    } else {
        line->tapi = htLine;
        line->event = lpfnEventProc;
        line->version = dwTSPIVersion;
        line->media_modes = 0;
        line->is_fresh = true;
        line->offers_due = false; /* wishes of before do not count: TAPI has not filed the line yet */
        line->told_calls = calls_count(line).all;
        *lphdLine = (HDRVLINE)(uintptr_t)line->handle;
        announce_opened(line);
    }
    model_unlock();
    return result;
}

/* Takes TAPI's handles off the line's calls; those alive are offered again when the line is opened again. */
static void detach_calls(const struct line *line)
{
    struct call *next;
    for (struct call *call = calls_first(); call != NULL; call = next) {
        next = call->next;
        if (call->line != line) {
            continue;
        }
        if (call->stage == CALL_PENDING || call->stage == CALL_ENDED ||
            call->shown.state == LINECALLSTATE_IDLE) {
            call_remove(call);
        } else {
            call_detach(call);
            call->stage = CALL_UNOFFERED;
        }
    }
}

LONG WINAPI TSPI_lineClose(HDRVLINE hdLine)
{
    model_lock();
    struct line *line = line_find_handle(hdLine);
    if (line != NULL) {
        handle_release(line->handle);
        line->handle = 0;
        line->tapi = NULL;
        line->event = NULL;
        announce_closed(line);
        requests_close_line(line->id);
        detach_calls(line);
        dispatcher_flush();
    }
    model_unlock();
    return line == NULL ? TSPI_ERROR(INVALLINEHANDLE) : 0;
}

/* There are no extensions: only "none" can be selected. */
LONG WINAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion)
{
    model_lock();
    const bool known = line_find_handle(hdLine) != NULL;
    model_unlock();
    if (!known) {
        return TSPI_ERROR(INVALLINEHANDLE);
    }
    return dwExtVersion == 0 ? 0 : TSPI_ERROR(INCOMPATIBLEEXTVERSION);
}

/*
 * The dispatcher offers the calls: TAPI has not filed the line's handle while this runs. A call that came
 * while TAPI was still opening the line may have been refused for that alone: the first wish offers it again.
 */
static void offer_calls(struct line *line, bool is_other_wish)
{
    const bool again = is_other_wish || line->is_fresh;
    line->is_fresh = false;
    for (struct call *call = calls_first(); call != NULL; call = call->next) {
        const bool turned_down = call->stage == CALL_REFUSED || call->stage == CALL_CLOSED;
        if (again && call->line == line && turned_down) {
            call->stage = CALL_UNOFFERED;
        }
    }
    line->offers_due = true;
    provider.offers_due = true;
    model_changed();
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes)
{
    if ((dwMediaModes & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE) != 0) {
        return TSPI_ERROR(INVALMEDIAMODE);
    }
    model_lock();
    struct line *line = line_find_handle(hdLine);
    if (line != NULL) {
        offer_calls(line, line->media_modes != dwMediaModes);
        line->media_modes = dwMediaModes;
    }
    model_unlock();
    return line == NULL ? TSPI_ERROR(INVALLINEHANDLE) : 0;
}

LONG WINAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                               LPLINECALLPARAMS const lpCallParams)
{
    model_lock();
    const bool known = line_find_handle(hdLine) != NULL;
    model_unlock();
    if (!known) {
        return TSPI_ERROR(INVALLINEHANDLE);
    }
    if ((dwMediaModes & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE) != 0) {
        return TSPI_ERROR(INVALMEDIAMODE);
    }
    return check_call_params(lpCallParams);
}

/* TAPI filters what programs did not ask for; a program that only asks here is offered the calls as well. */
LONG WINAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates)
{
    if ((dwLineStates & ~LINE_STATE_BITS) != 0) {
        return TSPI_ERROR(INVALLINESTATE);
    }
    if ((dwAddressStates & ~ADDRESS_STATE_BITS) != 0) {
        return TSPI_ERROR(INVALADDRESSSTATE);
    }
    model_lock();
    struct line *line = line_find_handle(hdLine);
    if (line != NULL) {
        offer_calls(line, false);
    }
    model_unlock();
    return line == NULL ? TSPI_ERROR(INVALLINEHANDLE) : 0;
}

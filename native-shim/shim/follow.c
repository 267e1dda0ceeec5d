#include "follow.h"

#include "events.h"
#include "handles.h"
#include "model.h"
#include "requests.h"
#include "trace.h"

#include <string.h>

static void tell_state(const struct call *call)
{
    event_call(call->handle, LINE_CALLSTATE, call->shown.state, call->shown.mode,
               LINEMEDIAMODE_INTERACTIVEVOICE);
}

static void tell_ringing(const struct line *line)
{
    /* The first ring mode, and ring count 0: the ringing begins. */
    event_line(line->id, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, 0);
}

void follow_counts(uint32_t id)
{
    struct line *line = line_find(id);
    if (line == NULL) {
        return;
    }
    const DWORD calls = calls_count(line).all;
    if (calls == line->told_calls) {
        return;
    }
    line->told_calls = calls;
    const DWORD in_use = calls == 0   ? LINEADDRESSSTATE_INUSEZERO
                         : calls == 1 ? LINEADDRESSSTATE_INUSEONE
                                      : LINEADDRESSSTATE_INUSEMANY;
    event_line(id, LINE_ADDRESSSTATE, 0, in_use | LINEADDRESSSTATE_NUMCALLS, 0);
}

void follow_offer(struct call *call)
{
    const uint32_t line = call->line->id;
    if (call->line->handle == 0 || call->shown.state == LINECALLSTATE_DISCONNECTED ||
        !call_need_handle(call)) {
        return;
    }
    const uint32_t handle = call->handle;
    call->stage = CALL_OFFERED;
    const HTAPICALL tapi = event_new_call(handle);
    call = handle_find(HANDLE_CALL, handle);
    if (call == NULL || call->stage != CALL_OFFERED) {
        return; /* closed while TAPI looked at it */
    }
    if (tapi == NULL) {
        call_detach(call);
        call->stage = CALL_REFUSED;
        return;
    }
    const bool rings = call->shown.state == LINECALLSTATE_OFFERING;
    call->tapi = tapi;
    call->stage = CALL_FOLLOWED;
    tell_state(call);
    follow_counts(line);
    const struct line *still = line_find(line);
    if (rings && still != NULL) {
        tell_ringing(still);
    }
}

static bool same_party(const struct party *one, const struct party *other)
{
    return one->flags == other->flags && strcmp(one->number, other->number) == 0 &&
           strcmp(one->name, other->name) == 0;
}

static DWORD info_changes(const struct call_snapshot *before, const struct call_snapshot *now)
{
    static const DWORD party_bits[PARTIES] = {
        [PARTY_CALLER] = LINECALLINFOSTATE_CALLERID,
        [PARTY_CALLED] = LINECALLINFOSTATE_CALLEDID,
        [PARTY_CONNECTED] = LINECALLINFOSTATE_CONNECTEDID,
        [PARTY_REDIRECTING] = LINECALLINFOSTATE_REDIRECTINGID,
        [PARTY_REDIRECTION] = LINECALLINFOSTATE_REDIRECTIONID,
    };
    DWORD bits = 0;
    bits |= before->origin != now->origin ? (DWORD)LINECALLINFOSTATE_ORIGIN : 0;
    bits |= before->reason != now->reason ? (DWORD)LINECALLINFOSTATE_REASON : 0;
    bits |= before->related != now->related ? (DWORD)LINECALLINFOSTATE_RELATEDCALLID : 0;
    for (int i = 0; i < PARTIES; i++) {
        bits |= same_party(&before->parties[i], &now->parties[i]) ? 0 : party_bits[i];
    }
    return bits;
}

static void tell_info(uint32_t handle, DWORD bits)
{
    if (bits != 0) {
        event_call(handle, LINE_CALLINFO, bits, 0, 0);
    }
}

void follow_tell(struct call *call, const struct call_snapshot *before, bool is_first)
{
    const uint32_t handle = call->handle;
    const uint32_t line = call->line->id;
    const struct call_snapshot *now = &call->shown;
    const bool is_idle = now->state == LINECALLSTATE_IDLE;
    const bool rings = now->state == LINECALLSTATE_OFFERING && before->state != LINECALLSTATE_OFFERING;
    const bool is_new_state = before->state != now->state || before->mode != now->mode;
    const bool tells_state = is_first || is_new_state || before->features != now->features;
    DWORD bits = info_changes(before, now);
    if (is_first) {
        bits |= LINECALLINFOSTATE_ORIGIN | LINECALLINFOSTATE_REASON | LINECALLINFOSTATE_CALLID;
        bits |=
            now->origin == LINECALLORIGIN_OUTBOUND ? LINECALLINFOSTATE_CALLEDID : LINECALLINFOSTATE_CALLERID;
        bits |= now->related != 0 ? (DWORD)LINECALLINFOSTATE_RELATEDCALLID : 0;
        tell_info(handle, bits);
        call = handle_find(HANDLE_CALL, handle);
    }
    if (tells_state && call != NULL) {
        tell_state(call);
    }
    if (!is_first && !is_idle) {
        tell_info(handle, bits);
    }
    call = handle_find(HANDLE_CALL, handle);
    if (is_idle && call != NULL) {
        call_mark_ended(call);
    }
    follow_counts(line);
    const struct line *still = line_find(line);
    if (rings && still != NULL) {
        tell_ringing(still);
    }
}

/* Shows a state the shim decided and tells it, unless the call is in it already. */
static struct call *step(uint32_t handle, uint32_t state, uint32_t mode)
{
    struct call *call = handle_find(HANDLE_CALL, handle);
    if (call != NULL && call->shown.state != state) {
        call_show_state(call, state, mode);
        call->shown.features = 0;
        tell_state(call);
        call = handle_find(HANDLE_CALL, handle);
    }
    return call;
}

void follow_end(struct call *call, DWORD mode)
{
    const uint32_t handle = call->handle;
    const uint32_t line = call->line->id;
    const bool is_told = call->stage == CALL_FOLLOWED || call->stage == CALL_BOUND;
    requests_call_over(call);
    if (!is_told) {
        call_remove(call);
        follow_counts(line);
        return;
    }
    trace("call %u: ended by the shim", (unsigned)call->id);
    step(handle, LINECALLSTATE_DISCONNECTED, mode);
    call = step(handle, LINECALLSTATE_IDLE, 0);
    if (call != NULL) {
        call_mark_ended(call);
    }
    follow_counts(line);
}

static struct call *next_offer(const struct line *line)
{
    struct call *call = calls_first();
    while (call != NULL && (call->line != line || call->stage != CALL_UNOFFERED ||
                            call->shown.state == LINECALLSTATE_DISCONNECTED)) {
        call = call->next;
    }
    return call;
}

static struct line *next_due(void)
{
    struct line *line = lines_first();
    while (line != NULL && !line->offers_due) {
        line = line->next;
    }
    return line;
}

void follow_due_offers(void)
{
    struct line *line;
    if (!provider.offers_due) {
        return; /* there may be thousands of lines to look at */
    }
    provider.offers_due = false;
    while ((line = next_due()) != NULL) {
        struct call *call = line->handle != 0 ? next_offer(line) : NULL;
        if (call == NULL || !call_need_handle(call)) {
            line->offers_due = false;
        } else {
            follow_offer(call);
        }
    }
}

static struct call *next_info(void)
{
    struct call *call = calls_first();
    while (call != NULL && call->infos_due == 0) {
        call = call->next;
    }
    return call;
}

void follow_due_infos(void)
{
    struct call *call;
    while ((call = next_info()) != NULL) {
        const DWORD bits = call->infos_due;
        call->infos_due = 0;
        if (call->stage == CALL_FOLLOWED) {
            tell_info(call->handle, bits);
        }
    }
}

/*
 * How TAPI follows a call: it is offered, told of each difference, and ended. Runs on the dispatcher with the
 * model lock held; see events.h for what that means for pointers.
 */
#ifndef TAPLINE_FOLLOW_H
#define TAPLINE_FOLLOW_H

#include "calls.h"

/* LINE_NEWCALL and the call's present state. Nothing happens while the line is not open. */
void follow_offer(struct call *call);

/*
 * Tells what differs from `before`: LINE_CALLSTATE when state, mode or features do, LINE_CALLINFO for the
 * rest. On the first state of a call that TAPI made, LINE_CALLINFO goes first.
 */
void follow_tell(struct call *call, const struct call_snapshot *before, bool is_first);

/* Ends a call the PBX or the link has lost: DISCONNECTED with `mode`, then IDLE. */
void follow_end(struct call *call, DWORD mode);

/* LINE_ADDRESSSTATE when the number of the line's calls is not what TAPI was told last. */
void follow_counts(uint32_t line);

/* Offers what waits to be offered on lines whose media detection changed. */
void follow_due_offers(void);

/* LINE_CALLINFO for calls whose application-specific value or media mode was set. */
void follow_due_infos(void);

#endif

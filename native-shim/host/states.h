/* TAPI's call states: names, and the legal transitions a provider may report. */
#ifndef TAPLINE_HOST_STATES_H
#define TAPLINE_HOST_STATES_H

#include "../shim/telephony.h"

#include <stdbool.h>

/* LINECALLSTATE_ value without its prefix; "?" when it is none. */
const char *state_name(DWORD state);

/* The value of a name as state_name writes it; 0 when it is none. */
DWORD state_named(const char *name);

/* LINE_ message with its prefix; "?" when it is none. */
const char *message_name(DWORD message);

/* Whether a call may be in this state first. `found`: it was under way before TAPI looked. */
bool state_may_be_first(DWORD state, bool own, bool found);

/* Whether `next` may follow `state`. */
bool state_may_follow(DWORD state, DWORD next);

#endif

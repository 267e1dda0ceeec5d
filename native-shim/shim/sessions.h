/* Which sessions' companions are followed, and how often they are looked for. Pure. */
#ifndef TAPLINE_SESSIONS_H
#define TAPLINE_SESSIONS_H

#include "../port/port.h"

/*
 * Whether the companion of a session may be followed. The service's always; a user's by `following`, where
 * `has_user` says that another user's is followed already.
 */
bool sessions_may_follow(enum port_following following, uint32_t session, bool has_user);

/*
 * Milliseconds to the next search after so many in vain, 1 or more: LOOK_PAUSE_FIRST doubled each time up to
 * LOOK_PAUSE_LONGEST, and up to a quarter more, which `random` decides.
 */
uint32_t sessions_pause(uint32_t failures, uint64_t random);

#endif

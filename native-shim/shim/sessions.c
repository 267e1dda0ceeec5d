#include "sessions.h"

#include "constants.h"
#include "links.h"

bool sessions_may_follow(enum port_following following, uint32_t session, bool has_user)
{
    if (session == SERVICE_SESSION || following == PORT_FOLLOW_ALL) {
        return true;
    }
    return following == PORT_FOLLOW_ONE_USER && !has_user;
}

uint32_t sessions_pause(uint32_t failures, uint64_t random)
{
    uint32_t pause = LOOK_PAUSE_FIRST;
    for (uint32_t i = 1; i < failures && pause < LOOK_PAUSE_LONGEST; i++) {
        pause *= 2;
    }
    if (pause > LOOK_PAUSE_LONGEST) {
        pause = LOOK_PAUSE_LONGEST;
    }
    return pause + (uint32_t)(random % (pause / 4));
}

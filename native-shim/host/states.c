#include "states.h"

#include <stddef.h>
#include <string.h>

struct transitions {
    DWORD state;
    const char *name;
    DWORD next;
};

#define IDLE LINECALLSTATE_IDLE
#define OFFERING LINECALLSTATE_OFFERING
#define ACCEPTED LINECALLSTATE_ACCEPTED
#define DIALTONE LINECALLSTATE_DIALTONE
#define DIALING LINECALLSTATE_DIALING
#define PROCEEDING LINECALLSTATE_PROCEEDING
#define RINGBACK LINECALLSTATE_RINGBACK
#define BUSY LINECALLSTATE_BUSY
#define CONNECTED LINECALLSTATE_CONNECTED
#define ONHOLD LINECALLSTATE_ONHOLD
#define PENDING_TRANSFER LINECALLSTATE_ONHOLDPENDTRANSFER
#define DISCONNECTED LINECALLSTATE_DISCONNECTED

/*
 * Transitions that are legal or that programs tolerate, from the state tables of TAPI 3 and of working
 * providers. A state may follow itself with another mode; that is judged where modes are known.
 */
static const struct transitions table[] = {
    {IDLE, "IDLE", 0},
    {OFFERING, "OFFERING", IDLE | ACCEPTED | CONNECTED | DISCONNECTED},
    {ACCEPTED, "ACCEPTED", IDLE | CONNECTED | DISCONNECTED},
    {DIALTONE, "DIALTONE", IDLE | DIALING | PROCEEDING | CONNECTED | DISCONNECTED},
    {DIALING, "DIALING", IDLE | PROCEEDING | RINGBACK | BUSY | CONNECTED | DISCONNECTED},
    {PROCEEDING, "PROCEEDING", IDLE | RINGBACK | BUSY | CONNECTED | ONHOLD | DISCONNECTED},
    {RINGBACK, "RINGBACK", IDLE | BUSY | CONNECTED | DISCONNECTED},
    {BUSY, "BUSY", IDLE | DISCONNECTED},
    {CONNECTED, "CONNECTED", IDLE | CONNECTED | ONHOLD | PENDING_TRANSFER | DISCONNECTED},
    {ONHOLD, "ONHOLD", IDLE | CONNECTED | PENDING_TRANSFER | DISCONNECTED},
    {PENDING_TRANSFER, "ONHOLDPENDTRANSFER", IDLE | CONNECTED | ONHOLD | DISCONNECTED},
    {DISCONNECTED, "DISCONNECTED", IDLE},
    {LINECALLSTATE_UNKNOWN, "UNKNOWN", 0xFFFFFFFFu},
};

static const struct transitions *find(DWORD state)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].state == state) {
            return &table[i];
        }
    }
    return NULL;
}

const char *state_name(DWORD state)
{
    const struct transitions *row = find(state);
    return row == NULL ? "?" : row->name;
}

DWORD state_named(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return table[i].state;
        }
    }
    return 0;
}

const char *message_name(DWORD message)
{
    switch (message) {
    case LINE_ADDRESSSTATE:
        return "LINE_ADDRESSSTATE";
    case LINE_CALLINFO:
        return "LINE_CALLINFO";
    case LINE_CALLSTATE:
        return "LINE_CALLSTATE";
    case LINE_CLOSE:
        return "LINE_CLOSE";
    case LINE_GENERATE:
        return "LINE_GENERATE";
    case LINE_LINEDEVSTATE:
        return "LINE_LINEDEVSTATE";
    case LINE_CREATE:
        return "LINE_CREATE";
    case LINE_REMOVE:
        return "LINE_REMOVE";
    case LINE_NEWCALL:
        return "LINE_NEWCALL";
    default:
        return "?";
    }
}

bool state_may_be_first(DWORD state, bool own, bool is_found)
{
    const DWORD incoming = OFFERING | ACCEPTED | CONNECTED | ONHOLD;
    const DWORD outgoing = DIALTONE | DIALING | PROCEEDING | CONNECTED | DISCONNECTED;
    if (is_found) {
        return find(state) != NULL && state != IDLE;
    }
    /* A call TAPI made may be a pickup, which is incoming; one it did not make may have begun at the phone.
     */
    return (state & (own ? incoming | outgoing : incoming | DIALTONE | DIALING | PROCEEDING)) != 0;
}

bool state_may_follow(DWORD state, DWORD next)
{
    const struct transitions *row = find(state);
    return row != NULL && (row->next & next) != 0;
}

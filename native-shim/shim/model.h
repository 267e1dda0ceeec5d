/*
 * What the shim knows: the provider, and the one lock over it, lines, calls, requests, handles and queues.
 * Between model_lock and model_unlock nobody waits for TAPI or for the companion.
 */
#ifndef TAPLINE_MODEL_H
#define TAPLINE_MODEL_H

#include "../port/port.h"

struct provider {
    bool running;    /* between TSPI_providerInit and TSPI_providerShutdown */
    bool lines_due;  /* TAPI does not know all lines yet: the dispatcher announces them */
    bool offers_due; /* calls of a line wait to be offered by the dispatcher */
    DWORD permanent_id;
    HPROVIDER handle;
    LINEEVENT line_create; /* for LINE_CREATE and LINE_REMOVE; NULL before TSPI_providerEnumDevices */
    ASYNC_COMPLETION completion;
};

extern struct provider provider;

void model_lock(void);
void model_unlock(void);

/*
 * Leaves the lock to the threads that want it, until one has had it: they are TAPI's, and the dispatcher may
 * have much to do. Whoever gives a lock back and takes it again at once would be first. With the lock held.
 */
void model_give_way(void);

/* Says that something others may wait for has changed. */
void model_changed(void);

/* How often that was; a thread that sees no new number has missed nothing. */
uint64_t model_changes(void);

/* Waits with the lock held for the next change, or for at most `milliseconds`; may return early. */
void model_wait(uint32_t milliseconds);

/* Steady milliseconds, never 0. */
uint64_t model_now(void);

/*
 * Milliseconds from `now` to `deadline`, for a wait; 0 when it has passed, PORT_FOREVER when there is none
 * (0).
 */
uint32_t model_remaining(uint64_t deadline, uint64_t now);

/* The earlier of two deadlines, where 0 is none. */
uint64_t model_earlier(uint64_t one, uint64_t other);

#endif

/* The dispatcher: the one thread that changes the model on the companion's behalf and calls back into TAPI.
 */
#ifndef TAPLINE_DISPATCHER_H
#define TAPLINE_DISPATCHER_H

#include <stdbool.h>

/* Starts the thread. False: there is none. The caller does not hold the model lock. */
bool dispatcher_start(void);

/*
 * Completes what is pending with OPERATIONFAILED and ends the thread. The caller does not hold the model
 * lock.
 */
void dispatcher_stop(void);

/*
 * Returns when all completions posted so far are delivered, or after COMPLETION_WAIT when TAPI holds the
 * dispatcher in a callback. On the dispatcher itself (a TSPI function called inside a callback) it delivers
 * them in place. The caller holds the model lock, which is released meanwhile.
 */
void dispatcher_flush(void);

#endif

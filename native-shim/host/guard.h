/*
 * Who is inside what: callbacks may not overlap, none may come on a thread that opens a line, and none after
 * the end of the provider. Also holds a callback for as long as a command asked.
 */
#ifndef TAPLINE_HOST_GUARD_H
#define TAPLINE_HOST_GUARD_H

#include "rules.h"

#include <stdbool.h>
#include <stdint.h>

/* Around each callback. `rule` is broken when the thread is inside a function that opens a line. */
void guard_enter(enum rule rule, const char *what);
void guard_leave(void);

/* Around the functions that open a line. */
void guard_opening(bool on);

/* Between the start and the end of the provider; a callback outside is a fault. */
void guard_running(bool on);

/* One callback, the next to end, stays inside for so long. */
void guard_block(unsigned milliseconds);

/* Callbacks entered so far. */
uint64_t guard_callbacks(void);

#endif

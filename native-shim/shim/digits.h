/*
 * Digits that TSPI_lineGenerateDigits has under way: one job for a call at a time, and LINE_GENERATE for each
 * that is over. The caller holds the model lock.
 */
#ifndef TAPLINE_DIGITS_H
#define TAPLINE_DIGITS_H

#include "calls.h"

/*
 * Starts to send `digits` on the call, each `duration` milliseconds long; what was under way is cancelled.
 * None is a job that is done at once. Returns 0, or a LINEERR_ value and then nothing has happened.
 */
LONG digits_start(const struct call *call, DWORD id, const char *digits, uint32_t duration);

/* Cancels what is under way on the call. */
void digits_cancel(uint32_t call_handle);

/* The request with this id on the link is over. */
void digits_over(uint32_t wire, bool done);

/* Delivers the LINE_GENERATE events that are due, on the dispatcher. */
void digits_deliver(void);

void digits_clear(void);

#endif

/* What went wrong, why, and what to do: for people, on standard error. */
#ifndef TAPLINE_SETUP_EXPLAIN_H
#define TAPLINE_SETUP_EXPLAIN_H

#include "verdict.h"

/* Explains an outcome other than SETUP_DONE; nothing for those that explain themselves. */
void explain(enum setup_exit outcome, const struct situation *situation);

/* Explains an error of tapi32. */
void explain_telephony(LONG error);

/* The kept lines could not be changed. */
void explain_forgetting(enum setup_exit outcome, DWORD line);

#endif

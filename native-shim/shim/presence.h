/*
 * Whether the companion is there, and what its absence means: for a grace, calls live on and lines stay in
 * service; then calls end and lines go out of service. Runs on the dispatcher with the model lock held; see
 * events.h.
 */
#ifndef TAPLINE_PRESENCE_H
#define TAPLINE_PRESENCE_H

#include <stdint.h>

/* The provider starts with the lines it knew: their grace begins. */
void presence_started(void);

/* The first snapshot of a link is complete: lines that are not in it wait out their grace. The link is lost.
 */
void presence_synced(void);
void presence_lost(void);

/* LINEDEVSTATE_INSERVICE or OUTOFSERVICE for each line of which it is news. */
void presence_tell_services(void);

/* The next end of a grace, 0 for none; and what happens when one has passed. */
uint64_t presence_deadline(void);
void presence_expire(uint64_t now);

/* Forgets everything, for shutdown. */
void presence_clear(void);

#endif

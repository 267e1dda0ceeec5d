/*
 * Whether a line's companion is there, and what its absence means: for a grace, calls live on and lines stay
 * in service; then calls end and lines go out of service. Runs on the dispatcher with the model lock held;
 * see events.h.
 */
#ifndef TAPLINE_PRESENCE_H
#define TAPLINE_PRESENCE_H

#include "lines.h"

/* The provider starts with the lines it knew: their grace begins. */
void presence_started(void);

/* The word of an open link counts for the line: what it says is the truth, and no grace runs any more. */
void presence_found(struct line *line);

/* The line passes from one link to another, whose snapshot is not complete yet. */
void presence_passes(struct line *line);

/* The line has lost its publisher; the graces begin when that one's snapshot was complete, or go on. */
void presence_lost(struct line *line, bool was_open);

/* LINEDEVSTATE_INSERVICE or OUTOFSERVICE for the line, or for each line, of which it is news. */
void presence_tell_service(struct line *line);
void presence_tell_services(void);

/* The next end of a grace, 0 for none; and what happens when one has passed. */
uint64_t presence_deadline(void);
void presence_expire(uint64_t now);

/* Forgets everything, for shutdown. */
void presence_clear(void);

#endif

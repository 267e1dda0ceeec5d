/*
 * The lines that companions publish, and whose word counts where two publish the same one: the service's,
 * then the oldest link's. The other is ignored and told so, and asked for everything when the first one stays
 * away. Runs on the dispatcher with the model lock held; see events.h.
 */
#ifndef TAPLINE_PUBLISHED_H
#define TAPLINE_PUBLISHED_H

#include "links.h"

/* LINE_CREATE for every line TAPI has not been told of. */
void published_announce(void);

/* A companion says how a line is, or that it has it no more. The link may be gone when these return. */
void published_apply(struct link *link, const wire_line *from);
void published_apply_gone(struct link *link, uint32_t id);

/* The link is open now: its companion hears which of its lines programs have open, and which are ignored. */
void published_synced(struct link *link);

/* The link is lost; each line it published has no publisher. */
void published_lost(const struct link *link);

#endif

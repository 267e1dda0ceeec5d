/*
 * What the companion says becomes what the shim knows, and TAPI is told. Runs on the dispatcher with the
 * model lock held; see events.h.
 */
#ifndef TAPLINE_COMPANION_H
#define TAPLINE_COMPANION_H

#include "inbox.h"

/* LINE_CREATE for every line TAPI has not been told of. */
void companion_announce_lines(void);

/* Takes one item of the inbox over. */
void companion_apply(const struct inbox_item *item);

#endif

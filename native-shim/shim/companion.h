/*
 * What the companion says becomes what the shim knows, and TAPI is told. Runs on the dispatcher with the
 * model lock held; see events.h.
 */
#ifndef TAPLINE_COMPANION_H
#define TAPLINE_COMPANION_H

#include "inbox.h"

/* Takes one item of the inbox over. */
void companion_apply(const struct inbox_item *item);

#endif

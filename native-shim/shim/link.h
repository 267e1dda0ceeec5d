/* The link thread: finds companions, greets each, and moves frames in both directions. */
#ifndef TAPLINE_LINK_H
#define TAPLINE_LINK_H

#include <stdbool.h>

/* Starts the thread. False: no thread or no memory. The caller does not hold the model lock. */
bool link_start(void);

/* Ends all connections and the thread. The caller does not hold the model lock. */
void link_stop(void);

/* Makes the thread look again: something is to be sent, or an inbox has room. With the model lock. */
void link_wake(void);

#endif

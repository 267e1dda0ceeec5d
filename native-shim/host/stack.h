/* Whether every function cleans its arguments off the stack, which 32-bit Windows leaves to the function
 * called. */
#ifndef TAPLINE_HOST_STACK_H
#define TAPLINE_HOST_STACK_H

#include "output.h"

/* The command stack: calls every TSPI function once with arguments it must refuse, while the provider is
 * stopped. */
void run_stack(struct output *out, char **words);

#endif

/* The commands that move calls: to another number, to each other. `words` are the command and its arguments.
 */
#ifndef TAPLINE_HOST_TRANSFERRING_H
#define TAPLINE_HOST_TRANSFERRING_H

#include "output.h"

void run_swaphold(struct output *out, char **words);
void run_redirect(struct output *out, char **words);
void run_blindtransfer(struct output *out, char **words);
void run_setuptransfer(struct output *out, char **words);
void run_onesteptransfer(struct output *out, char **words);
void run_completetransfer(struct output *out, char **words);

#endif

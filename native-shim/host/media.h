/* The commands about a call's sound and a program's notes of it. `words` are the command and its arguments.
 */
#ifndef TAPLINE_HOST_MEDIA_H
#define TAPLINE_HOST_MEDIA_H

#include "output.h"

void run_digits(struct output *out, char **words);
void run_stopdigits(struct output *out, char **words);
void run_setmediamode(struct output *out, char **words);
void run_monitormedia(struct output *out, char **words);
void run_appspecific(struct output *out, char **words);

#endif

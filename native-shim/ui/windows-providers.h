/* The list of telephony providers that Windows keeps. */
#ifndef TAPLINE_PROVIDERS_H
#define TAPLINE_PROVIDERS_H

#include <stdbool.h>

/* Whether a provider of this file's name is in it. False also when the list cannot be read: TAPI judges, too.
 */
bool providers_have_this(void);

#endif

/* The provider under test, loaded and resolved by name as the telephony service does. */
#ifndef TAPLINE_HOST_LIBRARY_H
#define TAPLINE_HOST_LIBRARY_H

#include "../shim/telephony.h"
#include "rules.h"

#include <stdbool.h>

/* The dialogs are Windows' own. */
#ifdef _WIN32
#define HOST_UI_EXPORTS(EXPORT) TAPLINE_UI_EXPORTS(EXPORT)
#else
#define HOST_UI_EXPORTS(EXPORT)
#endif

/* Every function the provider exports: the host resolves them all. */
struct tspi {
#define FIELD(name, call, address, line) __typeof__(&name) name;
    TAPLINE_EXPORTS(FIELD)
    HOST_UI_EXPORTS(FIELD)
#undef FIELD
};

extern struct tspi tspi;

/* Unless TAPLINE_STATE names a folder, the provider keeps nothing: each run of the host is its own. */
void library_keep_state(void);

/* Loads the library and resolves every function. NULL, or what went wrong and the rule that says so, if any.
 */
const char *library_load(const char *path, enum rule *rule);
void library_unload(void);

#endif

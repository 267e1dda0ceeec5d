/*
 * The provider's life as the telephony service leads it: load, start, end, unload; and the commands that do
 * so many times and tell what stayed behind.
 */
#ifndef TAPLINE_HOST_LIFE_H
#define TAPLINE_HOST_LIFE_H

#include "output.h"

#include <stdbool.h>

/* What the host was started with. */
struct life_options {
    const char *library;
    DWORD newest_version;    /* the host negotiates up to this one */
    DWORD counted_lines_max; /* the telephony service may count fewer lines than the provider has */
};

/* Loads and starts. False: it cannot be, and the host's output says why. */
bool life_begin(const struct life_options *options);

/* Whether the provider is started, so that its functions may be called. */
bool life_is_running(void);

/* Closes calls and lines, ends the provider and unloads it, as far as that has not been done. */
void life_end(void);

/* Ends the provider with everything open; with everything closed; starts it again. */
void run_shutdown(struct output *out, char **words);
void run_stop(struct output *out, char **words);
void run_start(struct output *out, char **words);

/* TSPI_providerInit once more while it is started. */
void run_init(struct output *out, char **words);

/* So many starts and ends in one image; unloadings under way; loadings of the image alone. */
void run_sessions(struct output *out, char **words);
void run_unloads(struct output *out, char **words);
void run_loads(struct output *out, char **words);

#endif

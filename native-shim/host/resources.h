/* What the host's process holds: threads, handles or file descriptors, and memory. */
#ifndef TAPLINE_HOST_RESOURCES_H
#define TAPLINE_HOST_RESOURCES_H

#include "output.h"

struct resources {
    unsigned threads;
    unsigned handles;
    uint64_t heap; /* bytes handed out by the allocators */
};

/* Counts. The host's own are among them, so only differences say something about a provider. */
struct resources resources_now(void);

/* Writes the three numbers as one object's fields. */
void resources_write(struct output *out, const struct resources *resources);

#endif

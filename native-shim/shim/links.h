/*
 * The connections to companions as the model sees them, from the hello until the dispatcher has heard of the
 * loss. Each has a number that no other gets. The caller holds the model lock.
 */
#ifndef TAPLINE_LINKS_H
#define TAPLINE_LINKS_H

#include "lines.h"

struct inbox_item;

/* Bytes on their way to a companion. */
struct link_buffer {
    uint8_t *bytes;
    size_t size;
    size_t written;
};

struct link {
    struct link *next;
    uint32_t number;            /* rises: the oldest link has the lowest */
    uint32_t session;           /* Windows session of the companion; SERVICE_SESSION is the service's */
    uint32_t place;             /* below LINKS_MAX; no two links share one */
    uint16_t protocol;          /* both sides speak, once the companion has welcomed the shim */
    bool synced;                /* its snapshot was taken over */
    bool open;                  /* the same, and the connection stands: requests are sent */
    bool over;                  /* the connection has ended; what it said may still wait in the inbox */
    bool renews;                /* to be closed: found again, it tells everything once more */
    bool forgotten;             /* by links_clear; the link thread, which may be late, frees it */
    uint32_t waiting;           /* its frames in the inbox */
    struct inbox_item *loss;    /* kept from the start, so that the loss can always be told */
    struct link_buffer filling; /* see outgoing.h */
    struct link_buffer writing; /* the link thread's alone */
};

#define SERVICE_SESSION 0u

/* A connection stands: its link, with the hello waiting to be written. NULL: LINKS_MAX reached, or no memory.
 */
struct link *links_begin(uint32_t session, const uint8_t *hello, size_t size);

/* The connection is over, and the inbox told. The link thread must not use the link any more. */
void links_end(struct link *link);

/* The dispatcher has heard of it. */
void links_remove(struct link *link);

/* Forgets all links, for shutdown; one whose connection stands still is its thread's until links_end. */
void links_clear(void);

/* The first link; the others follow by `next`. */
struct link *links_first(void);

/* NULL: there is no such link any more. */
struct link *links_find(uint32_t number);

/* Whether any companion is followed. */
bool links_any_open(void);

/* The link whose companion publishes the line now; NULL: none does. */
struct link *links_of(const struct line *line);

/*
 * For one line the service's companion wins, then the one whose link is oldest. True: `link` does, against
 * `other`.
 */
bool links_wins(const struct link *link, const struct link *other);

/* The bit of a link in the claims of a line, and the link that wins among those that claim it; NULL: none
 * does. */
uint32_t links_bit(const struct link *link);
struct link *links_best(const struct line *line);

#endif

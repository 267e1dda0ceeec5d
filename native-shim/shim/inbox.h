/*
 * What the link thread hands to the dispatcher: messages of the companions, in their order, and the loss of a
 * link. The caller holds the model lock.
 */
#ifndef TAPLINE_INBOX_H
#define TAPLINE_INBOX_H

#include "message.h"

struct link;

struct inbox_item {
    struct inbox_item *next;
    uint32_t link; /* number of the link it came over */
    bool lost;     /* the link is lost; there is no message */
    struct message message;
    uint8_t body[]; /* what the texts of the message point into */
};

/*
 * Decodes a frame of the link with this number into a new item; the frame need not live longer. NULL with
 * MESSAGE_READ: no memory.
 */
struct inbox_item *inbox_decode(const wire_frame *frame, uint32_t link, enum message_status *status);

/* An item that says the link is lost. NULL: no memory. */
struct inbox_item *inbox_lost(uint32_t link);

/* Appends; the inbox owns the item. */
void inbox_put(struct inbox_item *item);

/* Whether another frame of the link may be appended: a companion that floods fills its own room alone. */
bool inbox_has_room(const struct link *link);

/* The oldest item, owned by the caller, who frees it. NULL: none. */
struct inbox_item *inbox_take(void);

void inbox_clear(void);

#endif

/*
 * What the link thread hands to the dispatcher: messages of the companion, in their order, and the loss of
 * the link. The caller holds the model lock.
 */
#ifndef TAPLINE_INBOX_H
#define TAPLINE_INBOX_H

#include "message.h"

struct inbox_item {
    struct inbox_item *next;
    uint32_t connection; /* number of the connection it came over */
    bool lost;           /* the link is lost; there is no message */
    struct message message;
    uint8_t body[]; /* what the texts of the message point into */
};

/* Decodes a frame into a new item; the frame need not live longer. NULL with MESSAGE_READ: no memory. */
struct inbox_item *inbox_decode(const wire_frame *frame, uint32_t connection, enum message_status *status);

/* An item that says the connection is lost. NULL: no memory. */
struct inbox_item *inbox_lost(uint32_t connection);

/* Appends; the inbox owns the item. */
void inbox_put(struct inbox_item *item);

/* Whether another frame may be appended. */
bool inbox_has_room(void);

/* The oldest item, owned by the caller, who frees it. NULL: none. */
struct inbox_item *inbox_take(void);

void inbox_clear(void);

#endif

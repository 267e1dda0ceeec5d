#include "inbox.h"

#include "constants.h"
#include "link.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>

static struct inbox_item *head;
static struct inbox_item **tail = &head;
static uint32_t count;

struct inbox_item *inbox_decode(const wire_frame *frame, uint32_t connection, enum message_status *status)
{
    struct inbox_item *item = calloc(1, sizeof *item + frame->length);
    wire_frame copy = *frame;
    if (item == NULL) {
        *status = MESSAGE_READ;
        return NULL;
    }
    if (frame->length > 0) {
        memcpy(item->body, frame->body, frame->length);
    }
    copy.body = item->body;
    item->connection = connection;
    *status = message_decode(&copy, &item->message);
    if (*status != MESSAGE_READ) {
        free(item);
        return NULL;
    }
    return item;
}

struct inbox_item *inbox_lost(uint32_t connection)
{
    struct inbox_item *item = calloc(1, sizeof *item);
    if (item != NULL) {
        item->connection = connection;
        item->lost = true;
    }
    return item;
}

void inbox_put(struct inbox_item *item)
{
    *tail = item;
    tail = &item->next;
    count++;
    model_changed();
}

bool inbox_has_room(void)
{
    return count < INBOX_FRAMES_MAX;
}

struct inbox_item *inbox_take(void)
{
    struct inbox_item *item = head;
    if (item == NULL) {
        return NULL;
    }
    head = item->next;
    if (head == NULL) {
        tail = &head;
    }
    /* The link stopped reading at the limit; half of it free is worth a wake-up. */
    if (count-- == INBOX_FRAMES_MAX / 2) {
        link_wake();
    }
    return item;
}

void inbox_clear(void)
{
    struct inbox_item *item;
    while ((item = inbox_take()) != NULL) {
        free(item);
    }
}

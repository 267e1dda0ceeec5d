#include "inbox.h"

#include "constants.h"
#include "link.h"
#include "links.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>

static struct inbox_item *head;
static struct inbox_item **tail = &head;

struct inbox_item *inbox_decode(const wire_frame *frame, uint32_t link, enum message_status *status)
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
    item->link = link;
    *status = message_decode(&copy, &item->message);
    if (*status != MESSAGE_READ) {
        free(item);
        return NULL;
    }
    return item;
}

struct inbox_item *inbox_lost(uint32_t link)
{
    struct inbox_item *item = calloc(1, sizeof *item);
    if (item != NULL) {
        item->link = link;
        item->lost = true;
    }
    return item;
}

void inbox_put(struct inbox_item *item)
{
    struct link *link = links_find(item->link);
    if (link != NULL) {
        link->waiting++;
    }
    *tail = item;
    tail = &item->next;
    model_changed();
}

bool inbox_has_room(const struct link *link)
{
    return link->waiting < INBOX_FRAMES_MAX;
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
    struct link *link = links_find(item->link);
    /* The link stopped reading at the limit; half of it free is worth a wake-up. */
    if (link != NULL && link->waiting-- == INBOX_FRAMES_MAX / 2) {
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

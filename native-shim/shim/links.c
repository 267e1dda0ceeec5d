#include "links.h"

#include "inbox.h"
#include "outgoing.h"

#include <stdlib.h>

static struct link *first;
static uint32_t last_number; /* outlives links_clear, so that no late frame fits a later link */

struct link *links_first(void)
{
    return first;
}

struct link *links_find(uint32_t number)
{
    struct link *link = first;
    while (link != NULL && link->number != number) {
        link = link->next;
    }
    return link;
}

bool links_any_open(void)
{
    const struct link *link = first;
    while (link != NULL && !link->open) {
        link = link->next;
    }
    return link != NULL;
}

struct link *links_of(const struct line *line)
{
    return line == NULL || line->publisher == 0 ? NULL : links_find(line->publisher);
}

uint32_t links_bit(const struct link *link)
{
    return 1u << link->place;
}

/* The lowest place that is free; LINKS_MAX: there is none. */
static uint32_t free_place(void)
{
    uint32_t taken = 0;
    uint32_t place = 0;
    for (const struct link *link = first; link != NULL; link = link->next) {
        taken |= links_bit(link);
    }
    while (place < LINKS_MAX && (taken & (1u << place)) != 0) {
        place++;
    }
    return place;
}

static void free_link(struct link *link)
{
    free(link->loss);
    free(link->filling.bytes);
    free(link->writing.bytes);
    free(link);
}

struct link *links_begin(uint32_t session, const uint8_t *hello, size_t size)
{
    const uint32_t place = free_place();
    struct link *link = place < LINKS_MAX ? calloc(1, sizeof *link) : NULL;
    if (link == NULL) {
        return NULL;
    }
    link->number = ++last_number;
    link->session = session;
    link->place = place;
    link->loss = inbox_lost(link->number);
    if (link->loss == NULL || !outgoing_begin(link, hello, size)) {
        free_link(link);
        return NULL;
    }
    link->next = first;
    first = link;
    return link;
}

void links_end(struct link *link)
{
    struct inbox_item *loss = link->loss;
    if (link->forgotten) {
        free_link(link);
        return;
    }
    link->loss = NULL;
    link->over = true;
    outgoing_end(link);
    inbox_put(loss);
}

static void take_out(struct link *link)
{
    struct link **at = &first;
    while (*at != link) {
        at = &(*at)->next;
    }
    *at = link->next;
}

void links_remove(struct link *link)
{
    take_out(link);
    free_link(link);
}

void links_clear(void)
{
    while (first != NULL) {
        struct link *link = first;
        take_out(link);
        if (link->over) {
            free_link(link);
        } else {
            link->forgotten = true;
            outgoing_end(link);
        }
    }
}

bool links_wins(const struct link *link, const struct link *other)
{
    const bool is_service = link->session == SERVICE_SESSION;
    if (is_service != (other->session == SERVICE_SESSION)) {
        return is_service;
    }
    return link->number < other->number;
}

struct link *links_best(const struct line *line)
{
    struct link *best = NULL;
    for (struct link *link = first; link != NULL; link = link->next) {
        const bool claims = (line->claims & links_bit(link)) != 0 && !link->over;
        if (claims && (best == NULL || links_wins(link, best))) {
            best = link;
        }
    }
    return best;
}

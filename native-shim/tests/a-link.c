#include "a-link.h"

#include "../shim/inbox.h"
#include "check.h"

struct link *a_new_link(uint32_t session, uint16_t protocol)
{
    const uint8_t hello[A_HELLO_SIZE] = {0};
    struct link *link = links_begin(session, hello, sizeof hello);
    NEED(link != NULL);
    link->protocol = protocol;
    return link;
}

struct link *a_link(uint32_t session, uint16_t protocol, struct line *line)
{
    struct link *link = a_new_link(session, protocol);
    outgoing_open(link);
    if (line != NULL) {
        line->publisher = link->number;
        line->claims |= links_bit(link);
    }
    return link;
}

void a_link_ends(struct link *link)
{
    links_end(link);
}

void no_links(void)
{
    for (struct link *link = links_first(); link != NULL; link = link->next) {
        if (!link->over) {
            links_end(link);
        }
    }
    inbox_clear();
    links_clear();
}

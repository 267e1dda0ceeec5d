#include "a-link.h"

#include "../shim/inbox.h"
#include "check.h"

struct link *a_link(uint32_t session, uint16_t protocol, struct line *line)
{
    const uint8_t hello[1] = {0};
    struct link *link = links_begin(session, hello, sizeof hello);
    CHECK(link != NULL);
    link->protocol = protocol;
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

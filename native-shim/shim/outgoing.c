#include "outgoing.h"

#include "constants.h"
#include "link.h"
#include "trace-frames.h"

#include <stdlib.h>
#include <string.h>

/* The protocol that brought WIRE_REPORT_KIND_IGNORED. */
#define IGNORED_PROTOCOL 2u

static bool append(struct link *link, const uint8_t *frame, size_t size)
{
    if (size > OUTGOING_BYTES_MAX - link->filling.size) {
        return false;
    }
    memcpy(link->filling.bytes + link->filling.size, frame, size);
    link->filling.size += size;
    return true;
}

bool outgoing_begin(struct link *link, const uint8_t *hello, size_t size)
{
    link->filling.bytes = malloc(OUTGOING_BYTES_MAX);
    link->writing.bytes = malloc(OUTGOING_BYTES_MAX);
    return link->filling.bytes != NULL && link->writing.bytes != NULL && append(link, hello, size);
}

void outgoing_end(struct link *link)
{
    link->open = false;
    link->filling.size = 0;
}

void outgoing_open(struct link *link)
{
    link->synced = true;
    link->open = !link->over;
}

bool outgoing_is_open(const struct link *link)
{
    return link != NULL && link->open;
}

bool outgoing_append(struct link *link, const uint8_t *frame, size_t size)
{
    if (!outgoing_is_open(link)) {
        return false;
    }
    const bool was_empty = link->filling.size == 0;
    const bool done = append(link, frame, size);
    if (done && was_empty) {
        link_wake();
    }
    return done;
}

bool outgoing_next(struct link *link, const uint8_t **data, size_t *size)
{
    struct link_buffer *writing = &link->writing;
    if (writing->written == writing->size) {
        const struct link_buffer next = link->filling;
        link->filling = (struct link_buffer){.bytes = writing->bytes};
        *writing = next;
    }
    *data = writing->bytes + writing->written;
    *size = writing->size - writing->written;
    return *size > 0;
}

void outgoing_written(struct link *link, size_t size)
{
    link->writing.written += size;
}

static void append_report(struct link *link, const wire_report *report)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof *report];
    if (outgoing_is_open(link) && link->filling.size < OUTGOING_BYTES_REPORTS) {
        outgoing_append(link, frame, wire_encode_report(frame, sizeof frame, 0, report));
    }
}

void outgoing_report(const wire_report *report)
{
    trace_report(report);
    append_report(links_of(line_find(report->line)), report);
}

void outgoing_report_ignored(struct link *link, const struct line *line)
{
    const struct link *winner = links_of(line);
    const wire_report report = {
        .what = WIRE_REPORT_KIND_IGNORED,
        .line = line->id,
        .message = winner == NULL ? 0 : winner->session,
    };
    if (link->protocol >= IGNORED_PROTOCOL) {
        append_report(link, &report);
    }
}

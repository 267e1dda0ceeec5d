#include "outgoing.h"

#include "constants.h"
#include "link.h"

#include <stdlib.h>
#include <string.h>

struct buffer {
    uint8_t *bytes;
    size_t size;
    size_t written;
};

static struct buffer filling; /* under the model lock */
static struct buffer writing; /* the link thread's alone */
static uint32_t connection;
static bool open;
static uint16_t spoken;

bool outgoing_create(void)
{
    filling = (struct buffer){.bytes = malloc(OUTGOING_BYTES_MAX)};
    writing = (struct buffer){.bytes = malloc(OUTGOING_BYTES_MAX)};
    if (filling.bytes == NULL || writing.bytes == NULL) {
        outgoing_destroy();
        return false;
    }
    return true;
}

void outgoing_destroy(void)
{
    free(filling.bytes);
    free(writing.bytes);
    filling = (struct buffer){0};
    writing = (struct buffer){0};
    open = false;
}

static bool append(const uint8_t *frame, size_t size)
{
    if (size > OUTGOING_BYTES_MAX - filling.size) {
        return false;
    }
    memcpy(filling.bytes + filling.size, frame, size);
    filling.size += size;
    return true;
}

uint32_t outgoing_begin(const uint8_t *hello, size_t size)
{
    filling.size = 0;
    writing.size = 0;
    writing.written = 0;
    append(hello, size);
    return ++connection;
}

void outgoing_end(void)
{
    open = false;
    filling.size = 0;
    connection++; /* a snapshot of it that is still being taken over must not open the next one */
}

void outgoing_open(uint32_t number, uint16_t protocol)
{
    spoken = protocol;
    open = number == connection && filling.bytes != NULL;
}

bool outgoing_is_open(void)
{
    return open;
}

uint16_t outgoing_protocol(void)
{
    return spoken;
}

bool outgoing_append(const uint8_t *frame, size_t size)
{
    if (!open) {
        return false;
    }
    const bool was_empty = filling.size == 0;
    const bool done = append(frame, size);
    if (done && was_empty) {
        link_wake();
    }
    return done;
}

bool outgoing_next(const uint8_t **data, size_t *size)
{
    if (writing.written == writing.size) {
        const struct buffer next = filling;
        filling = (struct buffer){.bytes = writing.bytes};
        writing = next;
    }
    *data = writing.bytes + writing.written;
    *size = writing.size - writing.written;
    return *size > 0;
}

void outgoing_written(size_t size)
{
    writing.written += size;
}

void outgoing_report(const wire_report *report)
{
    uint8_t frame[WIRE_HEADER_SIZE + sizeof *report];
    if (!open || filling.size >= OUTGOING_BYTES_REPORTS) {
        return;
    }
    const size_t size = wire_encode_report(frame, sizeof frame, 0, report);
    outgoing_append(frame, size);
}

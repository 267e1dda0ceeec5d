#include "frame.h"

#include <string.h>

void frame_reader_start(struct frame_reader *reader, uint8_t *buffer, size_t capacity)
{
    *reader = (struct frame_reader){.buffer = buffer, .capacity = capacity};
}

uint8_t *frame_reader_space(struct frame_reader *reader, size_t *room)
{
    if (reader->start > 0) {
        memmove(reader->buffer, reader->buffer + reader->start, reader->end - reader->start);
        reader->end -= reader->start;
        reader->start = 0;
    }
    *room = reader->broken ? 0 : reader->capacity - reader->end;
    return reader->buffer + reader->end;
}

void frame_reader_filled(struct frame_reader *reader, size_t size)
{
    if (size > reader->capacity - reader->end) {
        reader->broken = true;
        return;
    }
    reader->end += size;
}

enum frame_status frame_reader_next(struct frame_reader *reader, wire_frame *out)
{
    const size_t available = reader->end - reader->start;
    if (reader->broken) {
        return FRAME_BROKEN;
    }
    if (available < WIRE_HEADER_SIZE) {
        return FRAME_WANTED;
    }
    if (!wire_decode_header(reader->buffer + reader->start, out)) {
        reader->broken = true;
        return FRAME_BROKEN;
    }
    if (available < WIRE_HEADER_SIZE + (size_t)out->length) {
        return FRAME_WANTED;
    }
    out->body = reader->buffer + reader->start + WIRE_HEADER_SIZE;
    reader->start += WIRE_HEADER_SIZE + (size_t)out->length;
    return FRAME_READ;
}

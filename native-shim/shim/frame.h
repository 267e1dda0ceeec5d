/* Cuts the byte stream of the link into frames. Pure: no input or output, no allocation. */
#ifndef TAPLINE_FRAME_H
#define TAPLINE_FRAME_H

#include "../generated/wire.h"

/* Room for one whole frame; a smaller buffer could wait for ever. */
#define FRAME_BUFFER_SIZE (WIRE_HEADER_SIZE + WIRE_MAX_BODY)

struct frame_reader {
    uint8_t *buffer;
    size_t capacity;
    size_t start; /* first byte not yet handed out */
    size_t end;   /* first byte not yet filled */
    bool broken;  /* a frame was too long; the stream cannot be followed any more */
};

enum frame_status { FRAME_WANTED, FRAME_READ, FRAME_BROKEN };

/* Starts on an empty stream. `capacity` is at least FRAME_BUFFER_SIZE. */
void frame_reader_start(struct frame_reader *reader, uint8_t *buffer, size_t capacity);

/* Where the next bytes belong; never without room unless the stream is broken or whole frames are unread. */
uint8_t *frame_reader_space(struct frame_reader *reader, size_t *room);

/* Says that `size` bytes were put there. */
void frame_reader_filled(struct frame_reader *reader, size_t size);

/* Takes the next frame. Its body is valid until the next call of frame_reader_space. */
enum frame_status frame_reader_next(struct frame_reader *reader, wire_frame *out);

#endif

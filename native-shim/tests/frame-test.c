/* Frames out of a stream that arrives in pieces. */
#include "../shim/frame.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static uint8_t buffer[FRAME_BUFFER_SIZE];

/* Feeds a stream in pieces of `piece` bytes and returns how many frames came out; sums their lengths. */
static unsigned feed(const uint8_t *stream, size_t size, size_t piece, size_t *lengths)
{
    struct frame_reader reader;
    wire_frame frame;
    unsigned frames = 0;
    size_t at = 0;
    *lengths = 0;
    frame_reader_start(&reader, buffer, sizeof buffer);
    while (at < size) {
        size_t room = 0;
        uint8_t *space = frame_reader_space(&reader, &room);
        size_t count = size - at < piece ? size - at : piece;
        count = count < room ? count : room;
        memcpy(space, stream + at, count);
        at += count;
        frame_reader_filled(&reader, count);
        while (frame_reader_next(&reader, &frame) == FRAME_READ) {
            frames++;
            *lengths += frame.length;
        }
    }
    return frames;
}

static void any_chunking_gives_the_same_frames(void)
{
    uint8_t stream[3 * WIRE_HEADER_SIZE + 300] = {0};
    size_t lengths = 0;
    stream[0] = 44; /* 300 = 0x12c */
    stream[1] = 1;
    stream[4] = WIRE_CALL;
    stream[WIRE_HEADER_SIZE + 300 + 4] = WIRE_SYNCED;
    stream[2 * WIRE_HEADER_SIZE + 300 + 4] = WIRE_SYNCED;
    for (size_t piece = 1; piece <= sizeof stream; piece++) {
        CHECK(feed(stream, sizeof stream, piece, &lengths) == 3);
        CHECK(lengths == 300);
    }
}

static void the_longest_frame_fits(void)
{
    const size_t size = WIRE_HEADER_SIZE + WIRE_MAX_BODY;
    size_t lengths = 0;
    uint8_t *stream = memory_of(2 * size);
    stream[2] = 1; /* 0x10000 */
    stream[size + 2] = 1;
    CHECK(feed(stream, 2 * size, 50000, &lengths) == 2);
    CHECK(lengths == (size_t)2 * WIRE_MAX_BODY);
    free(stream);
}

static void a_longer_frame_breaks_the_stream_for_good(void)
{
    struct frame_reader reader;
    wire_frame frame;
    size_t room = 1;
    const uint8_t header[WIRE_HEADER_SIZE] = {1, 0, 1, 0, WIRE_CALL};
    frame_reader_start(&reader, buffer, sizeof buffer);
    memcpy(frame_reader_space(&reader, &room), header, sizeof header);
    frame_reader_filled(&reader, sizeof header);
    CHECK(frame_reader_next(&reader, &frame) == FRAME_BROKEN);
    frame_reader_space(&reader, &room);
    CHECK(room == 0);
    CHECK(frame_reader_next(&reader, &frame) == FRAME_BROKEN);
}

static void more_than_the_room_is_refused(void)
{
    struct frame_reader reader;
    wire_frame frame;
    frame_reader_start(&reader, buffer, sizeof buffer);
    frame_reader_filled(&reader, sizeof buffer + 1);
    CHECK(frame_reader_next(&reader, &frame) == FRAME_BROKEN);
}

void test_frames(void)
{
    RUN(any_chunking_gives_the_same_frames);
    RUN(the_longest_frame_fits);
    RUN(a_longer_frame_breaks_the_stream_for_good);
    RUN(more_than_the_room_is_refused);
}

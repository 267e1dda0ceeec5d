#include "line-table.h"

#include "../wire/wire-io.h"

#include <string.h>

#define MAGIC_SIZE 8u
#define HEAD_SIZE 16u
#define CHECK_SIZE 4u
#define CRC_POLYNOMIAL 0xEDB88320u

static const uint8_t magic[MAGIC_SIZE] = {'T', 'A', 'P', 'L', 'I', 'N', 'E', 'S'};

static uint32_t check_of(const uint8_t *bytes, size_t size)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 1u) != 0 ? crc >> 1 ^ CRC_POLYNOMIAL : crc >> 1;
        }
    }
    return ~crc;
}

void line_table_begin(struct line_table_writer *writer, uint8_t *bytes, size_t capacity)
{
    *writer = (struct line_table_writer){.bytes = bytes, .capacity = capacity, .used = HEAD_SIZE};
}

bool line_table_append(struct line_table_writer *writer, const wire_line *line)
{
    const size_t left = writer->capacity - writer->used;
    if (left <= CHECK_SIZE || line->line == 0) {
        return false;
    }
    const size_t size = wire_encode_line(writer->bytes + writer->used, left - CHECK_SIZE, 0, line);
    writer->used += size;
    writer->count += size > 0 ? 1u : 0u;
    return size > 0;
}

size_t line_table_end(struct line_table_writer *writer)
{
    wire_writer head = {writer->bytes, HEAD_SIZE, 0};
    wire_writer tail = {writer->bytes, writer->capacity, writer->used};
    put_bytes(&head, MAGIC_SIZE, magic);
    put_u32(&head, LINE_TABLE_VERSION);
    put_u32(&head, writer->count);
    put_u32(&tail, check_of(writer->bytes, writer->used));
    return tail.used;
}

/* The frame at `at`; false: there is none that is a line. */
static bool read_line(const uint8_t *bytes, size_t size, size_t *at, wire_line *line)
{
    wire_frame frame;
    if (size - *at < WIRE_HEADER_SIZE || !wire_decode_header(bytes + *at, &frame) ||
        frame.type != WIRE_LINE || frame.length > size - *at - WIRE_HEADER_SIZE) {
        return false;
    }
    const uint8_t *body = bytes + *at + WIRE_HEADER_SIZE;
    *at += WIRE_HEADER_SIZE + frame.length;
    return wire_decode_line(body, frame.length, line) && line->line != 0;
}

/* Whether the bytes are a whole table of this version; and how many lines it says it has. */
static bool read_head(const uint8_t *bytes, size_t size, uint32_t *count)
{
    uint32_t version = 0;
    uint32_t check = 0;
    if (size < HEAD_SIZE + CHECK_SIZE || memcmp(bytes, magic, MAGIC_SIZE) != 0) {
        return false;
    }
    wire_reader head = {bytes + MAGIC_SIZE, HEAD_SIZE - MAGIC_SIZE};
    wire_reader tail = {bytes + size - CHECK_SIZE, CHECK_SIZE};
    return get_u32(&head, &version) && get_u32(&head, count) && get_u32(&tail, &check) &&
           version == LINE_TABLE_VERSION && check == check_of(bytes, size - CHECK_SIZE);
}

bool line_table_read(const uint8_t *bytes, size_t size, void (*take)(void *context, const wire_line *line),
                     void *context)
{
    uint32_t count = 0;
    wire_line line;
    size_t at = HEAD_SIZE;
    if (!read_head(bytes, size, &count) || count > LINES_MAX) {
        return false;
    }
    const size_t end = size - CHECK_SIZE;
    for (uint32_t i = 0; i < count; i++) {
        if (!read_line(bytes, end, &at, &line)) {
            return false;
        }
    }
    if (at != end) {
        return false;
    }
    at = HEAD_SIZE;
    for (uint32_t i = 0; i < count && read_line(bytes, end, &at, &line); i++) {
        take(context, &line);
    }
    return true;
}

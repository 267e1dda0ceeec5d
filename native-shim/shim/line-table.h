/*
 * The bytes of the persisted line table: what the companions published last, so that lines are there before
 * their companion is. Pure. tsp-setup reads and writes it, too.
 *
 * Layout: eight bytes "TAPLINES", a u32 version, a u32 count of lines, as many `line` frames of the link, and
 * the CRC-32 (IEEE 802.3) of all before it. Numbers are little-endian. In each frame inService is true and
 * the features are those the line has in service.
 */
#ifndef TAPLINE_LINE_TABLE_H
#define TAPLINE_LINE_TABLE_H

#include "../generated/wire.h"
#include "constants.h"

/* Name of the file in the state folder (port/files.h). */
#define LINE_TABLE_FILE "lines.table"
#define LINE_TABLE_VERSION 1u

/* Bytes of a table with so many lines, at most. */
#define LINE_TABLE_ENTRY_MAX (WIRE_HEADER_SIZE + 37u + 3u * 2u + 2u * NAME_BYTES_MAX + NUMBER_BYTES_MAX)
#define LINE_TABLE_SIZE(lines) ((size_t)20u + (size_t)(lines) * LINE_TABLE_ENTRY_MAX)

struct line_table_writer {
    uint8_t *bytes;
    size_t capacity;
    size_t used;
    uint32_t count;
};

/* Starts a table in memory that has LINE_TABLE_SIZE of its lines. */
void line_table_begin(struct line_table_writer *writer, uint8_t *bytes, size_t capacity);

/* Appends a line. False: a field breaks its limit, or there is no room; the table stays as it was. */
bool line_table_append(struct line_table_writer *writer, const wire_line *line);

/* Ends the table and returns its size. */
size_t line_table_end(struct line_table_writer *writer);

/*
 * Hands every line of a table to `take`, in its order; texts point into the table. False: it is damaged or of
 * another version, and `take` was not called.
 */
bool line_table_read(const uint8_t *bytes, size_t size, void (*take)(void *context, const wire_line *line),
                     void *context);

#endif

/* The byte vectors of contract/, those written by hand among them, held against the C codec. */
#include "../generated/vectors.h"
#include "../generated/wire.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_MAX 4096
#define DUMP_MAX 8192

typedef struct dump_sink {
    char text[DUMP_MAX];
    size_t used;
} dump_sink;

static void dump(dump_sink *out, const char *bytes, size_t size)
{
    if (size <= sizeof out->text - out->used) {
        memcpy(out->text + out->used, bytes, size);
        out->used += size;
    }
}

static void dump_name(dump_sink *out, const char *name)
{
    dump(out, name, strlen(name));
    dump(out, "=", 1);
}

static void dump_text(dump_sink *out, const char *name, const wire_text *text)
{
    dump_name(out, name);
    dump(out, text->data, text->size);
    dump(out, "\n", 1);
}

static void dump_number(dump_sink *out, const char *name, uint64_t number)
{
    char digits[24];
    const int size = snprintf(digits, sizeof digits, "%llu\n", (unsigned long long)number);
    dump_name(out, name);
    dump(out, digits, (size_t)size);
}

static void dump_bytes(dump_sink *out, const char *name, const uint8_t *bytes, size_t size)
{
    char pair[3];
    dump_name(out, name);
    for (size_t i = 0; i < size; i++) {
        snprintf(pair, sizeof pair, "%02x", bytes[i]);
        dump(out, pair, 2);
    }
    dump(out, "\n", 1);
}

#include "../generated/wire-dump.h"

static unsigned digit_of(char hexadecimal)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = memchr(digits, hexadecimal, sizeof digits - 1);
    NEED(at != NULL);
    return (unsigned)(at - digits);
}

/* The bytes of a vector in a block of exactly their size; the caller frees it. */
static uint8_t *bytes_of(const char *hex, size_t *size)
{
    *size = strlen(hex) / 2;
    uint8_t *bytes = memory_of(*size);
    for (size_t i = 0; i < *size; i++) {
        bytes[i] = (uint8_t)(digit_of(hex[2 * i]) << 4 | digit_of(hex[2 * i + 1]));
    }
    return bytes;
}

/* Reads the header and the body behind it; the size of the frame written again, 0 when it is refused. */
static size_t round_trip(const uint8_t *bytes, size_t size, dump_sink *out, uint8_t *again)
{
    wire_frame frame;
    out->used = 0;
    if (size < WIRE_HEADER_SIZE || !wire_decode_header(bytes, &frame) ||
        size != WIRE_HEADER_SIZE + frame.length) {
        return 0;
    }
    frame.body = bytes + WIRE_HEADER_SIZE;
    return wire_dump(&frame, out, again, FRAME_MAX);
}

static void every_vector_is_read_and_written_so(void)
{
    static dump_sink out;
    static uint8_t again[FRAME_MAX];
    for (size_t i = 0; i < sizeof wire_vectors / sizeof *wire_vectors; i++) {
        const struct wire_vector *vector = &wire_vectors[i];
        size_t size = 0;
        uint8_t *bytes = bytes_of(vector->hex, &size);
        const size_t written = round_trip(bytes, size, &out, again);
        const bool same_bytes = written == size && memcmp(again, bytes, size) == 0;
        const bool same_fields =
            out.used == strlen(vector->dump) && memcmp(out.text, vector->dump, out.used) == 0;
        if (!same_bytes || !same_fields) {
            printf("  vector: %s\n", vector->name);
        }
        CHECK(same_bytes);
        CHECK(same_fields);
        free(bytes);
    }
}

static void every_malformed_vector_is_refused(void)
{
    static dump_sink out;
    static uint8_t again[FRAME_MAX];
    for (size_t i = 0; i < sizeof wire_refusals / sizeof *wire_refusals; i++) {
        size_t size = 0;
        uint8_t *bytes = bytes_of(wire_refusals[i].hex, &size);
        const size_t written = round_trip(bytes, size, &out, again);
        if (written != 0) {
            printf("  vector: %s\n", wire_refusals[i].name);
        }
        CHECK(written == 0);
        free(bytes);
    }
}

void test_vectors(void)
{
    RUN(every_vector_is_read_and_written_so);
    RUN(every_malformed_vector_is_refused);
}

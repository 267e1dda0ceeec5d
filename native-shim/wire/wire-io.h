/* How the link's fields lie in memory: bounded reads and writes, little-endian. Used by generated/wire.c alone. */
#ifndef TAPLINE_WIRE_IO_H
#define TAPLINE_WIRE_IO_H

#include "../generated/wire.h"

#include <string.h>

typedef struct wire_reader {
    const uint8_t *at;
    size_t left;
} wire_reader;

typedef struct wire_writer {
    uint8_t *start;
    size_t capacity;
    size_t used;
} wire_writer;

static inline bool get_number(wire_reader *in, size_t width, uint64_t *out)
{
    uint64_t value = 0;
    if (in->left < width) {
        return false;
    }
    for (size_t i = 0; i < width; i++) {
        value |= (uint64_t)in->at[i] << (8 * i);
    }
    in->at += width;
    in->left -= width;
    *out = value;
    return true;
}

static inline bool get_u8(wire_reader *in, uint8_t *out)
{
    uint64_t value;
    if (!get_number(in, 1, &value)) {
        return false;
    }
    *out = (uint8_t)value;
    return true;
}

static inline bool get_u16(wire_reader *in, uint16_t *out)
{
    uint64_t value;
    if (!get_number(in, 2, &value)) {
        return false;
    }
    *out = (uint16_t)value;
    return true;
}

static inline bool get_u32(wire_reader *in, uint32_t *out)
{
    uint64_t value;
    if (!get_number(in, 4, &value)) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

static inline bool get_u64(wire_reader *in, uint64_t *out)
{
    return get_number(in, 8, out);
}

static inline bool get_bool(wire_reader *in, bool *out)
{
    uint8_t value;
    if (!get_u8(in, &value) || value > 1) {
        return false;
    }
    *out = value == 1;
    return true;
}

static inline bool get_bytes(wire_reader *in, size_t size, uint8_t *out)
{
    if (in->left < size) {
        return false;
    }
    memcpy(out, in->at, size);
    in->at += size;
    in->left -= size;
    return true;
}

/* Length of the UTF-8 character at `at`; 0 when it is malformed, overlong, a surrogate or NUL (RFC 3629 section 4). */
static inline size_t utf8_character(const uint8_t *at, size_t left)
{
    uint8_t lead = at[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (length == 1) {
        return lead == 0 ? 0 : 1;
    }
    if (lead < 0xC2 || lead > 0xF4 || length > left || at[1] < low || at[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if (at[i] < 0x80 || at[i] > 0xBF) {
            return 0;
        }
    }
    return length;
}

static inline bool is_utf8(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        size_t length = utf8_character(bytes + at, size - at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

static inline bool get_text(wire_reader *in, uint16_t max, wire_text *out)
{
    uint16_t size;
    if (!get_u16(in, &size) || size > max || in->left < size || !is_utf8(in->at, size)) {
        return false;
    }
    out->data = (const char *)in->at;
    out->size = size;
    in->at += size;
    in->left -= size;
    return true;
}

static inline bool put_number(wire_writer *out, size_t width, uint64_t value)
{
    if (out->capacity - out->used < width) {
        return false;
    }
    for (size_t i = 0; i < width; i++) {
        out->start[out->used++] = (uint8_t)(value >> (8 * i));
    }
    return true;
}

static inline bool put_u8(wire_writer *out, uint8_t value)
{
    return put_number(out, 1, value);
}

static inline bool put_u16(wire_writer *out, uint16_t value)
{
    return put_number(out, 2, value);
}

static inline bool put_u32(wire_writer *out, uint32_t value)
{
    return put_number(out, 4, value);
}

static inline bool put_u64(wire_writer *out, uint64_t value)
{
    return put_number(out, 8, value);
}

static inline bool put_bool(wire_writer *out, bool value)
{
    return put_number(out, 1, value ? 1 : 0);
}

static inline bool put_bytes(wire_writer *out, size_t size, const uint8_t *bytes)
{
    if (out->capacity - out->used < size) {
        return false;
    }
    if (size > 0) {
        memcpy(out->start + out->used, bytes, size);
    }
    out->used += size;
    return true;
}

static inline bool put_text(wire_writer *out, uint16_t max, const wire_text *text)
{
    return text->size <= max && is_utf8((const uint8_t *)text->data, text->size) && put_u16(out, text->size) &&
           put_bytes(out, text->size, (const uint8_t *)text->data);
}

static inline bool put_header(wire_writer *out, uint8_t type, uint32_t request)
{
    return put_u32(out, 0) && put_u8(out, type) && put_u32(out, request);
}

/* Fills in the length once the body is written. Returns the size of the frame. */
static inline size_t finish_frame(wire_writer *out)
{
    size_t body = out->used - WIRE_HEADER_SIZE;
    for (size_t i = 0; i < 4; i++) {
        out->start[i] = (uint8_t)(body >> (8 * i));
    }
    return out->used;
}

#endif

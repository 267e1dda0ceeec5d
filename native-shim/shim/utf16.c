#include "utf16.h"

#include <stdint.h>
#include <string.h>

#define SURROGATE_HIGH 0xD800u
#define SURROGATE_LOW 0xDC00u
#define SURROGATE_END 0xE000u
#define SUPPLEMENTARY 0x10000u

/* Reads one character, returns its bytes; 0: not UTF-8 (RFC 3629: no overlong form, no surrogate). */
static size_t read_character(const uint8_t *text, size_t size, uint32_t *out)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, SUPPLEMENTARY};
    const uint8_t lead = text[0];
    const size_t count = lead < 0x80         ? 1u
                         : (lead >> 5) == 6  ? 2u
                         : (lead >> 4) == 14 ? 3u
                         : (lead >> 3) == 30 ? 4u
                                             : 0u;
    if (count == 0 || count > size) {
        return 0;
    }
    uint32_t value = count == 1 ? lead : lead & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((text[i] & 0xC0u) != 0x80u) {
            return 0;
        }
        value = value << 6 | (text[i] & 0x3Fu);
    }
    const bool surrogate = value >= SURROGATE_HIGH && value < SURROGATE_END;
    if (value > 0x10FFFFu || surrogate || (count > 1 && value < smallest[count])) {
        return 0;
    }
    *out = value;
    return count;
}

size_t utf16_from_utf8(WCHAR *out, size_t capacity, const char *text, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t units = 0;
    for (int pass = 0; pass < 2; pass++) {
        size_t at = 0;
        size_t unit = 0;
        while (at < size) {
            uint32_t character = 0;
            const size_t count = read_character(bytes + at, size - at, &character);
            if (count == 0) {
                return UTF16_INVALID;
            }
            at += count;
            if (character < SUPPLEMENTARY) {
                if (pass == 1) {
                    out[unit] = (WCHAR)character;
                }
                unit += 1;
            } else {
                if (pass == 1) {
                    out[unit] = (WCHAR)(SURROGATE_HIGH + ((character - SUPPLEMENTARY) >> 10));
                    out[unit + 1] = (WCHAR)(SURROGATE_LOW + ((character - SUPPLEMENTARY) & 0x3FFu));
                }
                unit += 2;
            }
        }
        units = unit;
        if (out == NULL || units > capacity) {
            break;
        }
    }
    return units;
}

size_t utf16_length(const WCHAR *text, size_t limit)
{
    size_t length = 0;
    while (length < limit && text[length] != 0) {
        length++;
    }
    return length;
}

static size_t write_character(char *out, uint32_t character)
{
    uint8_t *bytes = (uint8_t *)out;
    if (character < 0x80) {
        bytes[0] = (uint8_t)character;
        return 1;
    }
    const size_t count = character < 0x800 ? 2 : character < SUPPLEMENTARY ? 3 : 4;
    for (size_t i = count - 1; i > 0; i--) {
        bytes[i] = (uint8_t)(0x80u | (character & 0x3Fu));
        character >>= 6;
    }
    bytes[0] = (uint8_t)((0xF00u >> count) | character);
    return count;
}

size_t utf16_to_utf8(char *out, size_t capacity, const WCHAR *text, size_t length)
{
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        char bytes[4];
        uint32_t character = text[i];
        if (character >= SURROGATE_HIGH && character < SURROGATE_END) {
            const uint32_t low = i + 1 < length ? text[i + 1] : 0;
            if (character >= SURROGATE_LOW || low < SURROGATE_LOW || low >= SURROGATE_END) {
                return UTF16_INVALID;
            }
            character = SUPPLEMENTARY + ((character - SURROGATE_HIGH) << 10) + (low - SURROGATE_LOW);
            i++;
        }
        const size_t count = write_character(bytes, character);
        if (used + count >= capacity) {
            return UTF16_INVALID;
        }
        for (size_t k = 0; k < count; k++) {
            out[used++] = bytes[k];
        }
    }
    if (used >= capacity) {
        return UTF16_INVALID;
    }
    out[used] = '\0';
    return used;
}

size_t utf8_fitting(const char *text, size_t most)
{
    size_t size = strnlen(text, most + 1);
    if (size > most) {
        size = most;
        while (size > 0 && ((uint8_t)text[size] & 0xC0u) == 0x80u) {
            size--;
        }
    }
    return size;
}

static unsigned lower(unsigned letter)
{
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
}

bool utf16_equals_ascii(const WCHAR *text, const char *word)
{
    while (*word != '\0' && lower(*text) == lower((unsigned char)*word)) {
        text++;
        word++;
    }
    return *word == '\0' && *text == 0;
}

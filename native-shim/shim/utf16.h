/* UTF-8 on the link, UTF-16 at the TSPI edge, and nothing else. */
#ifndef TAPLINE_UTF16_H
#define TAPLINE_UTF16_H

#include "telephony.h"

#include <stdbool.h>
#include <stddef.h>

#define UTF16_INVALID ((size_t)-1)

/*
 * Converts `size` bytes of UTF-8 and returns the code units needed, without terminator. Writes nothing when
 * `out` is NULL or holds fewer than that. UTF16_INVALID: not UTF-8.
 */
size_t utf16_from_utf8(WCHAR *out, size_t capacity, const char *text, size_t size);

/* Code units before the terminator, at most `limit`. */
size_t utf16_length(const WCHAR *text, size_t limit);

/*
 * Converts `length` code units to UTF-8 with terminator and returns the bytes without it. UTF16_INVALID: a
 * lone surrogate, or no room in `capacity` bytes.
 */
size_t utf16_to_utf8(char *out, size_t capacity, const WCHAR *text, size_t length);

/* Bytes of the UTF-8 text that fit into `most`, cut before a character rather than in it. */
size_t utf8_fitting(const char *text, size_t most);

/* Whether the terminated UTF-16 text equals an ASCII word, letters compared without regard to case. */
bool utf16_equals_ascii(const WCHAR *text, const char *word);

#endif

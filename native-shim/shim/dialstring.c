#include "dialstring.h"

#include "constants.h"
#include "utf16.h"

#define FULLWIDTH_ZERO 0xFF10
#define FULLWIDTH_NINE 0xFF19

static bool is_digit(WCHAR letter)
{
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'D') || letter == '*' ||
           letter == '#' || (letter >= FULLWIDTH_ZERO && letter <= FULLWIDTH_NINE);
}

static bool is_latin_letter(WCHAR letter)
{
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

/* Code units up to a sub-address (|), a name (^) or a further address (CRLF). */
static size_t first_address(const WCHAR *text)
{
    size_t length = 0;
    while (length <= TARGET_BYTES_MAX && text[length] != 0 && text[length] != '|' && text[length] != '^' &&
           text[length] != '\r' && text[length] != '\n') {
        length++;
    }
    return length;
}

static size_t scheme_length(const WCHAR *text, size_t length)
{
    static const char scheme[] = "tel:";
    size_t i = 0;
    while (i < length && scheme[i] != '\0' && (text[i] | 0x20) == (scheme[i] | 0x20)) {
        i++;
    }
    return scheme[i] == '\0' ? i : 0;
}

/* What a control character asks for that a PBX cannot do; 0 for every other character. */
static LONG refused_control(WCHAR letter)
{
    switch (letter) {
    case 'W':
    case 'w':
        return TSPI_ERROR(DIALDIALTONE);
    case '@':
        return TSPI_ERROR(DIALQUIET);
    case '$':
        return TSPI_ERROR(DIALBILLING);
    case '?':
        return TSPI_ERROR(DIALPROMPT);
    case '!':
    case ';':
        return TSPI_ERROR(INVALADDRESS);
    default:
        return 0;
    }
}

/* Pulse, tone and pause have no meaning for a PBX that dials by itself. */
static bool is_dropped_control(WCHAR letter)
{
    return letter == 'P' || letter == 'p' || letter == 'T' || letter == 't' || letter == ',';
}

/* Whether the address ends with the sign that more will follow. */
static bool is_unfinished(const WCHAR *text, size_t length)
{
    return length > 0 && text[length - 1] == ';';
}

LONG dialstring_scan(const WCHAR *text, char *out, size_t capacity, bool *partial)
{
    WCHAR kept[TARGET_BYTES_MAX];
    size_t kept_length = 0;
    bool dialable = false;
    size_t length = first_address(text);
    if (length > TARGET_BYTES_MAX) {
        return TSPI_ERROR(INVALADDRESS);
    }
    const bool unfinished = partial != NULL && is_unfinished(text, length);
    if (partial != NULL) {
        *partial = unfinished;
        length -= unfinished ? 1u : 0u;
    }
    for (size_t i = scheme_length(text, length); i < length; i++) {
        const LONG refused = refused_control(text[i]);
        if (refused != 0) {
            return refused;
        }
        if (is_dropped_control(text[i])) {
            continue;
        }
        if (is_latin_letter(text[i]) && !is_digit(text[i])) {
            return TSPI_ERROR(INVALADDRESS);
        }
        dialable = dialable || is_digit(text[i]);
        kept[kept_length++] = text[i];
    }
    if (unfinished && !dialable) {
        kept_length = 0;
    }
    if ((!dialable && !unfinished) || utf16_to_utf8(out, capacity, kept, kept_length) == UTF16_INVALID) {
        return TSPI_ERROR(INVALADDRESS);
    }
    return 0;
}

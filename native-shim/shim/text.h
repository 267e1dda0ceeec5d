/* Texts of the link, kept as terminated UTF-8. */
#ifndef TAPLINE_TEXT_H
#define TAPLINE_TEXT_H

#include "../generated/wire.h"

#include <string.h>

/* Replaces the text kept in `kept`; true when it differs. The codec has bounded `text` below `capacity`. */
static inline bool text_update(char *kept, size_t capacity, wire_text text)
{
    const size_t size = text.size < capacity ? text.size : 0;
    const bool differs = strlen(kept) != size || (size > 0 && memcmp(kept, text.data, size) != 0);
    if (size > 0) {
        memcpy(kept, text.data, size);
    }
    kept[size] = '\0';
    return differs;
}

/* NULL is the empty text. */
static inline wire_text text_of(const char *kept)
{
    return (wire_text){.data = kept == NULL ? "" : kept, .size = (uint16_t)(kept == NULL ? 0 : strlen(kept))};
}

#endif

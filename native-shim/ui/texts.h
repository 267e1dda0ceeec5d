/* What the dialog says, in German and English. Pure; all texts are UTF-8. */
#ifndef TAPLINE_DIALOG_TEXTS_H
#define TAPLINE_DIALOG_TEXTS_H

#include "dialog-data.h"

#include <stddef.h>

/* Bytes of any text with its terminator; a text is cut at a character when it would be longer. */
#define DIALOG_TEXT_MAX 1024u

enum dialog_language { DIALOG_ENGLISH, DIALOG_GERMAN };

/* Texts without anything to fill in. An & stands before the letter that the Alt key reaches. */
enum dialog_text {
    TEXT_VERSION_LABEL,
    TEXT_LINK_LABEL,
    TEXT_LINK_UP,
    TEXT_LINK_NONE,
    TEXT_LINES_LABEL,
    TEXT_NO_LINES,
    TEXT_TRACE,
    TEXT_TRACE_NOTE,
    TEXT_OPEN,
    TEXT_CLOSE,
    TEXT_NOT_INSTALLED,
    TEXT_NOT_AS_ADMINISTRATOR,
    DIALOG_TEXT_COUNT
};

/* The language for a Windows language id (LANGID): German for every kind of German, else English. */
enum dialog_language dialog_language_of(uint16_t language_id);

const char *dialog_text(enum dialog_language language, enum dialog_text which);

/* The title: of the provider, or of one line when `line` is not empty. */
void dialog_title(char *out, enum dialog_language language, wire_text line);

/* The releases and architectures; `state` is NULL when the provider said nothing. */
void dialog_version(char *out, enum dialog_language language, const struct dialog_state *state,
                    uint8_t own_architecture);

/* One line of the list, its three parts separated by tabs: name, number, state. */
void dialog_row(char *out, enum dialog_language language, const struct dialog_line *line);

/* Why nothing can be shown: the provider was not reached (`error`, a LINEERR_ value), or is of another
 * release. */
void dialog_no_answer(char *out, enum dialog_language language, uint32_t error);
void dialog_other_release(char *out, enum dialog_language language, wire_text release);

/* Windows would not start the program at `path`, for the reason `error` (a code of Windows). */
void dialog_cannot_start(char *out, enum dialog_language language, const char *path, uint32_t error);

#endif

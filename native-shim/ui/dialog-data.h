/*
 * What the dialog asks of the provider and what the provider answers, as bytes. The dialog runs in a program,
 * the provider in the telephony service: tapi32 carries the buffer over (TUISPIDLLCALLBACK) and
 * TSPI_providerGenericDialogData answers in it, in place. Pure; each side checks what the other wrote.
 *
 * The layout is the same for 32 and 64 bits: numbers are little-endian, a text is a u16 count of bytes and
 * that many bytes of UTF-8. Both begin with u32 magic and u16 version. question: u16 wish, u32 first line
 * wanted answer:   text release (its place never changes, so that two releases can tell each other apart),
 * then u8 architecture, u8 link, bool tracing, u32 lines in all, u32 first, u16 count, and per line text
 * number, text name, bool in service, bool open
 */
#ifndef TAPLINE_DIALOG_DATA_H
#define TAPLINE_DIALOG_DATA_H

#include "../generated/wire.h"
#include "../shim/constants.h"

#define DIALOG_DATA_VERSION 1u

/* Bytes of a buffer: the dialog always hands over this many. Any line fits in several times over. */
#define DIALOG_DATA_SIZE 4096u

/* Bytes of the release, as the link bounds it. */
#define DIALOG_RELEASE_MAX 32u

/* Bytes of one line in an answer, at most. */
#define DIALOG_LINE_SIZE_MAX (2u + NUMBER_BYTES_MAX + 2u + NAME_BYTES_MAX + 2u)

enum dialog_wish {
    DIALOG_SHOW = 1,        /* the state, and lines from the first wanted on */
    DIALOG_START_TRACE = 2, /* the same, and the trace is on from now on, or off */
    DIALOG_STOP_TRACE = 3
};

enum dialog_link {
    DIALOG_LINK_NONE = 0, /* there is no companion */
    DIALOG_LINK_UP = 1    /* its lines and calls are followed */
};

struct dialog_question {
    enum dialog_wish wish;
    uint32_t first;
};

/* Texts point into the buffer they were read from, or at what is to be written. */
struct dialog_line {
    wire_text number;
    wire_text name;
    bool in_service;
    bool open; /* a program has it open */
};

struct dialog_state {
    wire_text release; /* of the provider */
    uint8_t architecture;
    enum dialog_link link;
    bool tracing;
    uint32_t line_count;
};

/* Writes a question over a buffer of DIALOG_DATA_SIZE bytes. */
void dialog_ask(uint8_t *buffer, const struct dialog_question *question);

enum dialog_asked {
    DIALOG_ASKED,
    DIALOG_ASKED_BY_OTHER_RELEASE, /* the answer can only say which release this is */
    DIALOG_NOT_ASKED               /* these bytes are no question of a Tapline dialog */
};

/* Reads a question out of whatever a program handed over; `buffer` may be NULL when `size` is 0. */
enum dialog_asked dialog_read_question(const uint8_t *buffer, size_t size, struct dialog_question *out);

/* An answer being written over the question, into a buffer of at least DIALOG_DATA_SIZE bytes. */
struct dialog_writer {
    uint8_t *bytes;
    size_t used;
    size_t count_at;
    uint16_t count;
};

/* Writes all but the lines; of `state` only the release for another release. `first` is the number of the
 * first line that will follow. */
void dialog_begin_answer(struct dialog_writer *writer, uint8_t *buffer, const struct dialog_state *state,
                         uint32_t first);
void dialog_answer_other_release(uint8_t *buffer, wire_text release);

/* Appends a line. False: there is no room, or a text breaks its limit; the answer stays as it was. */
bool dialog_append_line(struct dialog_writer *writer, const struct dialog_line *line);

enum dialog_answered {
    DIALOG_ANSWERED,
    DIALOG_OTHER_RELEASE, /* only state.release is known */
    DIALOG_NOT_ANSWERED   /* these bytes are no answer */
};

/*
 * Reads an answer to `question` from DIALOG_DATA_SIZE bytes, and hands each of its lines to `take`, from the
 * first wanted on. An answer that is damaged anywhere is none, and `take` was not called.
 */
enum dialog_answered dialog_read_answer(const uint8_t *buffer, const struct dialog_question *question,
                                        struct dialog_state *state, uint16_t *count,
                                        void (*take)(void *context, const struct dialog_line *line),
                                        void *context);

#endif

#include "dialog-data.h"

#include "../wire/wire-io.h"

#define QUESTION_MAGIC 0x51504C54u /* "TLPQ" */
#define ANSWER_MAGIC 0x41504C54u   /* "TLPA" */

void dialog_ask(uint8_t *buffer, const struct dialog_question *question)
{
    wire_writer out = {.start = buffer, .capacity = DIALOG_DATA_SIZE};
    memset(buffer, 0, DIALOG_DATA_SIZE);
    put_u32(&out, QUESTION_MAGIC);
    put_u16(&out, DIALOG_DATA_VERSION);
    put_u16(&out, (uint16_t)question->wish);
    put_u32(&out, question->first);
}

enum dialog_asked dialog_read_question(const uint8_t *buffer, size_t size, struct dialog_question *out)
{
    wire_reader in = {.at = buffer, .left = size};
    uint32_t magic = 0;
    uint16_t version = 0;
    uint16_t wish = 0;
    uint32_t first = 0;
    if (size < DIALOG_DATA_SIZE || !get_u32(&in, &magic) || magic != QUESTION_MAGIC ||
        !get_u16(&in, &version)) {
        return DIALOG_NOT_ASKED;
    }
    if (version != DIALOG_DATA_VERSION) {
        return DIALOG_ASKED_BY_OTHER_RELEASE;
    }
    if (!get_u16(&in, &wish) || wish < DIALOG_SHOW || wish > DIALOG_STOP_TRACE || !get_u32(&in, &first)) {
        return DIALOG_NOT_ASKED;
    }
    *out = (struct dialog_question){.wish = (enum dialog_wish)wish, .first = first};
    return DIALOG_ASKED;
}

static wire_writer begin(uint8_t *buffer, wire_text release)
{
    wire_writer out = {.start = buffer, .capacity = DIALOG_DATA_SIZE};
    /* Nothing of the question stays, and no byte of the service's memory goes along. */
    memset(buffer, 0, DIALOG_DATA_SIZE);
    put_u32(&out, ANSWER_MAGIC);
    put_u16(&out, DIALOG_DATA_VERSION);
    put_text(&out, DIALOG_RELEASE_MAX, &release);
    return out;
}

void dialog_answer_other_release(uint8_t *buffer, wire_text release)
{
    begin(buffer, release);
}

void dialog_begin_answer(struct dialog_writer *writer, uint8_t *buffer, const struct dialog_state *state,
                         uint32_t first)
{
    wire_writer out = begin(buffer, state->release);
    put_u8(&out, state->architecture);
    put_u8(&out, (uint8_t)state->link);
    put_bool(&out, state->tracing);
    put_u32(&out, state->line_count);
    put_u32(&out, first);
    *writer = (struct dialog_writer){.bytes = buffer, .count_at = out.used};
    put_u16(&out, 0);
    writer->used = out.used;
}

bool dialog_append_line(struct dialog_writer *writer, const struct dialog_line *line)
{
    wire_writer out = {.start = writer->bytes, .capacity = DIALOG_DATA_SIZE, .used = writer->used};
    if (!put_text(&out, NUMBER_BYTES_MAX, &line->number) || !put_text(&out, NAME_BYTES_MAX, &line->name) ||
        !put_bool(&out, line->in_service) || !put_bool(&out, line->open)) {
        memset(writer->bytes + writer->used, 0, out.used - writer->used);
        return false;
    }
    wire_writer count = {.start = writer->bytes, .capacity = DIALOG_DATA_SIZE, .used = writer->count_at};
    writer->used = out.used;
    put_u16(&count, ++writer->count);
    return true;
}

static bool get_line(wire_reader *in, struct dialog_line *out)
{
    return get_text(in, NUMBER_BYTES_MAX, &out->number) && get_text(in, NAME_BYTES_MAX, &out->name) &&
           get_bool(in, &out->in_service) && get_bool(in, &out->open);
}

static bool get_state(wire_reader *in, struct dialog_state *out)
{
    uint8_t link = 0;
    if (!get_u8(in, &out->architecture) || !get_u8(in, &link) || link > DIALOG_LINK_UP ||
        !get_bool(in, &out->tracing) || !get_u32(in, &out->line_count)) {
        return false;
    }
    out->link = (enum dialog_link)link;
    return out->line_count <= LINES_MAX;
}

enum dialog_answered dialog_read_answer(const uint8_t *buffer, const struct dialog_question *question,
                                        struct dialog_state *state, uint16_t *count,
                                        void (*take)(void *context, const struct dialog_line *line),
                                        void *context)
{
    wire_reader in = {.at = buffer, .left = DIALOG_DATA_SIZE};
    struct dialog_line line;
    uint32_t magic = 0;
    uint16_t version = 0;
    uint32_t first = 0;
    *state = (struct dialog_state){0};
    if (!get_u32(&in, &magic) || magic != ANSWER_MAGIC || !get_u16(&in, &version) ||
        !get_text(&in, DIALOG_RELEASE_MAX, &state->release)) {
        return DIALOG_NOT_ANSWERED;
    }
    if (version != DIALOG_DATA_VERSION) {
        return DIALOG_OTHER_RELEASE;
    }
    if (!get_state(&in, state) || !get_u32(&in, &first) || !get_u16(&in, count) ||
        (*count > 0 && first != question->first) || (uint64_t)first + *count > state->line_count) {
        return DIALOG_NOT_ANSWERED;
    }
    wire_reader lines = in;
    for (uint16_t i = 0; i < *count; i++) {
        if (!get_line(&lines, &line)) {
            return DIALOG_NOT_ANSWERED;
        }
    }
    for (uint16_t i = 0; i < *count && get_line(&in, &line); i++) {
        take(context, &line);
    }
    return DIALOG_ANSWERED;
}

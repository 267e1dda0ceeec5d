/* What travels between the dialog and the provider, and what each side refuses. */
#include "../../tests/check.h"
#include "../dialog-data.h"

#include <stdlib.h>
#include <string.h>

static unsigned taken;
static char last_name[NAME_BYTES_MAX + 1];

static void take(void *context, const struct dialog_line *line)
{
    (void)context;
    memcpy(last_name, line->name.data, line->name.size);
    last_name[line->name.size] = '\0';
    taken++;
}

static wire_text of(const char *text)
{
    return (wire_text){.data = text, .size = (uint16_t)strlen(text)};
}

static uint8_t *new_buffer(void)
{
    return memory_of(DIALOG_DATA_SIZE);
}

static const struct dialog_state some_state = {
    .release = {.data = "0.1.0", .size = 5},
    .architecture = WIRE_ARCHITECTURE_X64,
    .link = DIALOG_LINK_UP,
    .tracing = true,
    .line_count = 2,
};

static enum dialog_answered read(const uint8_t *buffer, uint32_t first, struct dialog_state *state,
                                 uint16_t *count)
{
    const struct dialog_question question = {.wish = DIALOG_SHOW, .first = first};
    taken = 0;
    return dialog_read_answer(buffer, &question, state, count, take, NULL);
}

static void a_question_arrives_as_it_was_asked(void)
{
    uint8_t *buffer = new_buffer();
    const struct dialog_question question = {.wish = DIALOG_STOP_TRACE, .first = 0x12345678};
    struct dialog_question arrived = {.wish = DIALOG_SHOW};
    dialog_ask(buffer, &question);
    CHECK(memcmp(buffer, "TLPQ\x01\0\x03\0\x78\x56\x34\x12", 12) == 0);
    CHECK(dialog_read_question(buffer, DIALOG_DATA_SIZE, &arrived) == DIALOG_ASKED);
    CHECK(arrived.wish == question.wish && arrived.first == question.first);
    buffer[4] = 2;
    CHECK(dialog_read_question(buffer, DIALOG_DATA_SIZE, &arrived) == DIALOG_ASKED_BY_OTHER_RELEASE);
    free(buffer);
}

static void what_is_no_question_is_refused(void)
{
    struct dialog_question arrived;
    uint8_t *buffer = new_buffer();
    CHECK(dialog_read_question(NULL, 0, &arrived) == DIALOG_NOT_ASKED);
    CHECK(dialog_read_question(buffer, DIALOG_DATA_SIZE, &arrived) == DIALOG_NOT_ASKED);
    for (unsigned wish = 0; wish < 8; wish++) {
        dialog_ask(buffer, &(struct dialog_question){.wish = DIALOG_SHOW});
        buffer[6] = (uint8_t)wish;
        const bool known = wish >= DIALOG_SHOW && wish <= DIALOG_STOP_TRACE;
        CHECK((dialog_read_question(buffer, DIALOG_DATA_SIZE, &arrived) == DIALOG_ASKED) == known);
    }
    dialog_ask(buffer, &(struct dialog_question){.wish = DIALOG_SHOW});
    CHECK(dialog_read_question(buffer, DIALOG_DATA_SIZE - 1, &arrived) == DIALOG_NOT_ASKED);
    free(buffer);
}

static void write_two_lines(uint8_t *buffer)
{
    struct dialog_writer writer;
    dialog_begin_answer(&writer, buffer, &some_state, 0);
    CHECK(dialog_append_line(&writer,
                             &(struct dialog_line){.number = of("831"), .name = of("Jan"), .open = true}));
    CHECK(dialog_append_line(&writer, &(struct dialog_line){.number = of("832"), .name = of("Zoë ☎")}));
}

static void an_answer_arrives_as_it_was_given(void)
{
    uint8_t *buffer = new_buffer();
    struct dialog_state state;
    uint16_t count = 0;
    write_two_lines(buffer);
    CHECK(read(buffer, 0, &state, &count) == DIALOG_ANSWERED);
    CHECK(state.architecture == WIRE_ARCHITECTURE_X64 && state.link == DIALOG_LINK_UP && state.tracing);
    CHECK(state.release.size == 5 && memcmp(state.release.data, "0.1.0", 5) == 0);
    CHECK(state.line_count == 2 && count == 2 && taken == 2 && strcmp(last_name, "Zoë ☎") == 0);
    CHECK(read(buffer, 1, &state, &count) == DIALOG_NOT_ANSWERED); /* lines that were not asked for */
    free(buffer);
}

static void another_release_tells_only_its_name(void)
{
    uint8_t *buffer = new_buffer();
    struct dialog_state state;
    uint16_t count = 0;
    dialog_answer_other_release(buffer, of("9.9.9"));
    buffer[4] = 7;
    CHECK(read(buffer, 0, &state, &count) == DIALOG_OTHER_RELEASE);
    CHECK(state.release.size == 5 && memcmp(state.release.data, "9.9.9", 5) == 0);
    free(buffer);
}

/* As many lines as fit, and not a byte more; the rest is asked for next. */
static void lines_stop_at_the_end_of_the_buffer(void)
{
    uint8_t *buffer = new_buffer();
    char name[NAME_BYTES_MAX + 2];
    struct dialog_writer writer;
    struct dialog_state state = some_state;
    uint16_t count = 0;
    unsigned appended = 0;
    memset(name, 'x', sizeof name);
    const struct dialog_line line = {.number = of("831"), .name = {.data = name, .size = NAME_BYTES_MAX}};
    const struct dialog_line too_long = {.number = of("831"),
                                         .name = {.data = name, .size = NAME_BYTES_MAX + 1}};
    state.line_count = 1000;
    dialog_begin_answer(&writer, buffer, &state, 0);
    CHECK(!dialog_append_line(&writer, &too_long));
    while (dialog_append_line(&writer, &line)) {
        appended++;
    }
    CHECK(appended >= DIALOG_DATA_SIZE / DIALOG_LINE_SIZE_MAX - 1 && appended < 100);
    CHECK(read(buffer, 0, &state, &count) == DIALOG_ANSWERED && count == appended && taken == appended);
    free(buffer);
}

/* Every byte of an answer, changed to every value of some: it is read within its bounds, or it is no answer.
 */
static void a_damaged_answer_is_none_or_within_bounds(void)
{
    static const uint8_t values[] = {0, 1, 0x7F, 0x80, 0xC3, 0xFF};
    uint8_t *buffer = new_buffer();
    struct dialog_state state;
    uint16_t count = 0;
    for (size_t at = 0; at < 64; at++) {
        for (size_t i = 0; i < sizeof values; i++) {
            write_two_lines(buffer);
            buffer[at] = values[i];
            if (read(buffer, 0, &state, &count) == DIALOG_ANSWERED) {
                CHECK(taken == count && count <= state.line_count && state.line_count <= LINES_MAX);
                CHECK(state.link <= DIALOG_LINK_UP);
            } else {
                CHECK(taken == 0);
            }
        }
    }
    free(buffer);
}

void test_dialog_data(void)
{
    RUN(a_question_arrives_as_it_was_asked);
    RUN(what_is_no_question_is_refused);
    RUN(an_answer_arrives_as_it_was_given);
    RUN(another_release_tells_only_its_name);
    RUN(lines_stop_at_the_end_of_the_buffer);
    RUN(a_damaged_answer_is_none_or_within_bounds);
}

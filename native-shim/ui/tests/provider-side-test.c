/* What the telephony service tells a dialog, and the trace it can switch. */
#include "../../shim/lines.h"
#include "../../shim/trace.h"
#include "../../tests/check.h"
#include "../dialog-data.h"
#include "../module-path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned taken;
static char names[64][32];

static void take(void *context, const struct dialog_line *line)
{
    (void)context;
    snprintf(names[taken % 64], sizeof names[0], "%.*s", (int)line->name.size, line->name.data);
    taken++;
}

static void add_lines(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct line *line = line_create(100 + i);
        snprintf(line->name, sizeof line->name, "Line %u", i);
        snprintf(line->address, sizeof line->address, "%u", 800 + i);
        line->created = true;
        line->device = 10 + i;
        line->told_in_service = i % 2 == 0;
    }
}

static LONG ask(DWORD_PTR object, DWORD type, enum dialog_wish wish, uint32_t first,
                struct dialog_state *state, uint16_t *count)
{
    static uint8_t buffer[DIALOG_DATA_SIZE];
    const struct dialog_question question = {.wish = wish, .first = first};
    dialog_ask(buffer, &question);
    const LONG result = TSPI_providerGenericDialogData(object, type, buffer, sizeof buffer);
    if (result == 0) {
        CHECK(dialog_read_answer(buffer, &question, state, count, take, NULL) == DIALOG_ANSWERED);
    }
    return result;
}

static void all_lines_come_in_order_page_by_page(void)
{
    struct dialog_state state = {0};
    uint16_t count = 0;
    add_lines(1000);
    taken = 0;
    do {
        CHECK(ask(7, TUISPIDLL_OBJECT_PROVIDERID, DIALOG_SHOW, taken, &state, &count) == 0);
        CHECK(state.line_count == 1000 && state.link == DIALOG_LINK_NONE);
    } while (count > 0 && taken < state.line_count);
    CHECK(taken == 1000 && strcmp(names[999 % 64], "Line 999") == 0 &&
          strcmp(names[960 % 64], "Line 960") == 0);
    CHECK(ask(7, TUISPIDLL_OBJECT_PROVIDERID, DIALOG_SHOW, 5000, &state, &count) == 0 && count == 0);
    lines_clear();
}

static void one_line_is_found_by_its_device(void)
{
    struct dialog_state state = {0};
    uint16_t count = 0;
    add_lines(3);
    taken = 0;
    CHECK(ask(11, TUISPIDLL_OBJECT_LINEID, DIALOG_SHOW, 0, &state, &count) == 0);
    CHECK(state.line_count == 1 && taken == 1 && strcmp(names[0], "Line 1") == 0);
    CHECK(ask(11, TUISPIDLL_OBJECT_LINEID, DIALOG_SHOW, 1, &state, &count) == 0 && count == 0);
    CHECK(ask(99, TUISPIDLL_OBJECT_LINEID, DIALOG_SHOW, 0, &state, &count) == TSPI_ERROR(BADDEVICEID));
    lines_clear();
}

/* Statement 120 of the conformance list. The memory is as long as it is said to be: the sanitizer watches its
 * end. */
static void whatever_else_is_sent_is_refused_and_left_alone(void)
{
    static const DWORD sizes[] = {
        0, 1, 4, 11, 12, DIALOG_DATA_SIZE - 1, DIALOG_DATA_SIZE, DIALOG_DATA_SIZE + 1};
    for (DWORD type = 0; type < 6; type++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            uint8_t *buffer = memory_of(sizes[i] + 1u);
            uint8_t *exact = memory_of(sizes[i]);
            memset(buffer, 0xA5, sizes[i] + 1u);
            memset(exact, 0xA5, sizes[i]);
            CHECK(TSPI_providerGenericDialogData(7, type, sizes[i] == 0 ? NULL : exact, sizes[i]) ==
                  TSPI_ERROR(OPERATIONUNAVAIL));
            CHECK(memcmp(buffer, exact, sizes[i]) == 0);
            free(buffer);
            free(exact);
        }
    }
    static const uint8_t head[] = {'T', 'L', 'P', 'Q', 1, 0, 1, 0, 0, 0, 0, 0};
    uint8_t *short_question = memory_of(sizeof head);
    memcpy(short_question, head, sizeof head);
    CHECK(TSPI_providerGenericDialogData(7, TUISPIDLL_OBJECT_PROVIDERID, short_question, sizeof head) ==
          TSPI_ERROR(OPERATIONUNAVAIL));
    CHECK(short_question[3] == 'Q');
    free(short_question);
    CHECK(TSPI_providerFreeDialogInstance(NULL) == TSPI_ERROR(INVALPARAM));
}

static void another_release_hears_which_one_this_is(void)
{
    static uint8_t buffer[DIALOG_DATA_SIZE];
    const struct dialog_question question = {.wish = DIALOG_START_TRACE};
    struct dialog_state state = {0};
    uint16_t count = 0;
    dialog_ask(buffer, &question);
    buffer[4] = 9;
    CHECK(TSPI_providerGenericDialogData(7, TUISPIDLL_OBJECT_PROVIDERID, buffer, sizeof buffer) == 0);
    buffer[4] = 9; /* as the other release reads it */
    CHECK(dialog_read_answer(buffer, &question, &state, &count, take, NULL) == DIALOG_OTHER_RELEASE);
    CHECK(state.release.size == strlen(TAPLINE_VERSION));
    CHECK(!trace_is_on());
}

static void the_trace_is_switched_and_keeps_its_lines(void)
{
    char line[TRACE_LINE_MAX];
    struct dialog_state state = {0};
    uint16_t count = 0;
    trace("nobody hears %u", 1u);
    CHECK(!trace_take(line));
    CHECK(ask(7, TUISPIDLL_OBJECT_PROVIDERID, DIALOG_START_TRACE, 0, &state, &count) == 0 && state.tracing);
    trace("link: connected");
    CHECK(trace_take(line) && strncmp(line, "trace: switched on", 18) == 0);
    CHECK(trace_take(line) && strcmp(line, "link: connected") == 0);
    CHECK(!trace_take(line));
    for (unsigned i = 0; i < TRACE_LINES_MAX + 3; i++) {
        trace("line %u", i);
    }
    for (unsigned i = 0; i < TRACE_LINES_MAX; i++) {
        CHECK(trace_take(line));
    }
    CHECK(strcmp(line, "line 63") == 0);
    CHECK(trace_take(line) && strcmp(line, "trace: 3 lines were lost") == 0);
    CHECK(ask(7, TUISPIDLL_OBJECT_PROVIDERID, DIALOG_STOP_TRACE, 0, &state, &count) == 0 && !state.tracing);
    trace("nobody hears %u", 2u);
    CHECK(!trace_take(line));
}

/* Statement 39 of the conformance list. */
static void the_dialogs_are_in_this_file(void)
{
    WCHAR path[UI_PATH_MAX];
    char narrow[UI_PATH_MAX];
    memset(path, 0x5A, sizeof path);
    CHECK(TSPI_providerUIIdentify(path) == 0);
    size_t length = 0;
    while (length < UI_PATH_MAX && path[length] != 0) {
        narrow[length] = (char)path[length];
        length++;
    }
    CHECK(length > 0 && length < UI_PATH_MAX);
    narrow[length < UI_PATH_MAX ? length : 0] = '\0';
    CHECK(access(narrow, R_OK) == 0);
    CHECK(!module_path(path, 3));
}

void test_dialog_provider(void)
{
    RUN(all_lines_come_in_order_page_by_page);
    RUN(one_line_is_found_by_its_device);
    RUN(whatever_else_is_sent_is_refused_and_left_alone);
    RUN(another_release_hears_which_one_this_is);
    RUN(the_trace_is_switched_and_keeps_its_lines);
    RUN(the_dialogs_are_in_this_file);
}

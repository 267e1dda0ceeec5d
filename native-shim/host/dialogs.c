#include "dialogs.h"

#include "../ui/dialog-data.h"
#include "library.h"
#include "subjects.h"

#include <stdio.h>
#include <string.h>

#define ROW_MAX 512

static char rows[4096];

/* The rows of the first page, one after the other. */
static void take(void *context, const struct dialog_line *line)
{
    size_t *used = context;
    char row[ROW_MAX];
    const int size = snprintf(row, sizeof row, "%.*s %s%s; ", (int)line->name.size, line->name.data,
                              line->in_service ? "in service" : "out of service", line->open ? ", open" : "");
    if (size > 0 && size < ROW_MAX && *used + (size_t)size < sizeof rows) {
        memcpy(rows + *used, row, (size_t)size + 1);
        *used += (size_t)size;
    }
}

void run_dialog(struct output *out, char **words)
{
    static uint8_t buffer[DIALOG_DATA_SIZE];
    struct dialog_question question = {.wish = DIALOG_SHOW};
    struct dialog_state state;
    uint16_t count = 0;
    size_t used = 0;
    if (strcmp(words[1], "starttrace") == 0) {
        question.wish = DIALOG_START_TRACE;
    } else if (strcmp(words[1], "stoptrace") == 0) {
        question.wish = DIALOG_STOP_TRACE;
    } else if (strcmp(words[1], "show") != 0) {
        subject_problem(out, "show, starttrace or stoptrace");
        return;
    }
    rows[0] = '\0';
    dialog_ask(buffer, &question);
    const LONG result =
        tspi.TSPI_providerGenericDialogData(7, TUISPIDLL_OBJECT_PROVIDERID, buffer, sizeof buffer);
    subject_result(out, result);
    if (result != 0 ||
        dialog_read_answer(buffer, &question, &state, &count, take, &used) != DIALOG_ANSWERED) {
        return;
    }
    output_bool(out, "linked", state.link == DIALOG_LINK_UP);
    output_bool(out, "tracing", state.tracing);
    output_number(out, "lines", state.line_count);
    output_text(out, "rows", rows);
}

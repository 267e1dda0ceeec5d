#include "line-commands.h"

#include "names.h"
#include "show.h"

#include <string.h>

LONG run_lines(struct answer *answer, char **words)
{
    (void)words;
    const DWORD present = probe_devices();
    const DWORD devices = present < DEVICES_MAX_SHOWN ? present : DEVICES_MAX_SHOWN;
    output_number(answer->out, "devices", devices);
    /* cppcheck-suppress knownConditionTrueFalse ; it takes the number of devices for 0 */
    for (DWORD device = 0; device < devices; device++) {
        struct output out;
        output_begin(&out, "line");
        const LONG result = show_device(&out, device);
        if (result != 0) {
            output_text(&out, "error", name_of_error(result));
        }
        output_end(&out);
    }
    return 0;
}

LONG run_devcaps(struct answer *answer, char **words)
{
    return show_device(answer->out, answer_number(words[1]));
}

LONG run_addresscaps(struct answer *answer, char **words)
{
    return show_address(answer->out, answer_number(words[1]));
}

LONG run_open(struct answer *answer, char **words)
{
    static const struct {
        const char *word;
        DWORD privileges;
    } kinds[] = {{"monitor", LINECALLPRIVILEGE_MONITOR},
                 {"owner", LINECALLPRIVILEGE_OWNER},
                 {"both", LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR},
                 {"none", LINECALLPRIVILEGE_NONE}};
    DWORD privileges = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        privileges |= strcmp(words[2], kinds[i].word) == 0 ? kinds[i].privileges : 0;
    }
    struct probe_line *line = NULL;
    for (unsigned i = 0; i < LINES_MAX_OPEN && line == NULL; i++) {
        line = probe.lines[i].handle == 0 ? &probe.lines[i] : NULL;
    }
    if (privileges == 0 || line == NULL) {
        return answer_problem(answer, line == NULL ? "too many lines are open"
                                                   : "a line is opened as monitor, owner, both or none");
    }
    line->device = answer_number(words[1]);
    LONG result = probe_negotiate(line->device, &line->version);
    if (result == 0) {
        result = lineOpenW(probe.application, line->device, &line->handle, line->version, 0, line->device,
                           privileges, LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
    }
    if (result == 0) {
        result = lineSetStatusMessages(line->handle, LINE_STATES_ALL, ADDRESS_STATES_ALL);
        output_hex(answer->out, "line", line->handle);
    } else {
        line->handle = 0;
    }
    return result;
}

LONG run_close(struct answer *answer, char **words)
{
    (void)words;
    struct probe_line *line = answer_line(answer);
    if (line == NULL) {
        return 0;
    }
    const LONG result = lineClose(line->handle);
    line->handle = 0;
    return result;
}

LONG run_linestatus(struct answer *answer, char **words)
{
    (void)words;
    const struct probe_line *line = answer_line(answer);
    return line == NULL ? 0 : show_line_status(answer->out, line->handle);
}

LONG run_addressstatus(struct answer *answer, char **words)
{
    (void)words;
    const struct probe_line *line = answer_line(answer);
    return line == NULL ? 0 : show_address_status(answer->out, line->handle);
}

LONG run_linedialog(struct answer *answer, char **words)
{
    (void)answer;
    return lineConfigDialogW(answer_number(words[1]), NULL, NULL);
}

LONG run_providerdialog(struct answer *answer, char **words)
{
    (void)answer;
    return lineConfigProvider(NULL, answer_number(words[1]));
}

#include "commands.h"

#include "asking.h"
#include "callbacks.h"
#include "calling.h"
#include "dialogs.h"
#include "library.h"
#include "media.h"
#include "questions.h"
#include "subjects.h"
#include "transferring.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 6

DWORD host_version;

struct command {
    const char *name;
    const char *arguments;
    void (*run)(struct output *out, char **words);
};

static void run_open(struct output *out, char **words)
{
    DWORD addresses = 0;
    book_lock();
    struct book_line *line = strcmp(words[1], "first") == 0
                                 ? book_line_first()
                                 : book_line_find((DWORD)strtoul(words[1], NULL, 0));
    if (line != NULL) {
        line->tapi = (HTAPILINE)(uintptr_t)((sizeof(void *) > 4 ? 0x200000000u : 0u) + 0x100u + line->device);
        line->open = true;
        line->opened_ns = host_now_ns();
    }
    book_unlock();
    if (line == NULL) {
        subject_problem(out, "no such line");
        return;
    }
    LONG result = tspi.TSPI_lineOpen(line->device, line->tapi, &line->driver, host_version, on_line_event);
    if (result == 0) {
        result = tspi.TSPI_lineGetNumAddressIDs(line->driver, &addresses);
    }
    if (result == 0) {
        result = tspi.TSPI_lineSetDefaultMediaDetection(line->driver, LINEMEDIAMODE_INTERACTIVEVOICE);
    }
    if (result == 0) {
        result = tspi.TSPI_lineSetStatusMessages(line->driver, 0x01FFFFFF, 0x1FF);
    } else {
        line->open = false;
    }
    subject_result(out, result);
    output_number(out, "device", line->device);
    output_hex(out, "line", (uintptr_t)line->tapi);
}

static LONG close_line(struct book_line *line)
{
    const LONG result = tspi.TSPI_lineClose(line->driver);
    book_lock();
    line->open = false;
    line->closed_ns = host_now_ns();
    book_close_calls_of(line);
    book_unlock();
    return result;
}

static void run_close(struct output *out, char **words)
{
    (void)words;
    struct book_line *line = subject_open_line(out);
    if (line != NULL) {
        subject_result(out, close_line(line));
    }
}

static void run_questions(struct output *out, char **words)
{
    const struct book_line *line = subject_open_line(out);
    if (line == NULL) {
        return;
    }
    book_lock();
    const struct book_call *call = book_call_named("last");
    book_unlock();
    questions_time(out, line, call, (unsigned)strtoul(words[1], NULL, 0));
}

static void run_refuse(struct output *out, char **words)
{
    const bool on = strcmp(words[1], "on") == 0;
    refuse_new_calls(on);
    output_bool(out, "on", on);
}

static void run_sleep(struct output *out, char **words)
{
    (void)out;
    host_sleep((unsigned)strtoul(words[1], NULL, 0));
}

static const struct command commands[] = {
    {"open", "<device id|first>", run_open},
    {"close", "", run_close},
    {"makecall", "<request id> <destination>", run_makecall},
    {"maketone", "<request id>", run_maketone},
    {"pickup", "<request id> <destination>", run_pickup},
    {"pickupgroup", "<request id> <group|own>", run_pickupgroup},
    {"dial", "<request id> <call|last> <destination|end>", run_dial},
    {"accept", "<request id> <call|last>", run_accept},
    {"hold", "<request id> <call|last>", run_hold},
    {"unhold", "<request id> <call|last>", run_unhold},
    {"swaphold", "<request id> <active call> <held call>", run_swaphold},
    {"redirect", "<request id> <call|last> <destination>", run_redirect},
    {"blindtransfer", "<request id> <call|last> <destination>", run_blindtransfer},
    {"setuptransfer", "<request id> <call|last>", run_setuptransfer},
    {"onesteptransfer", "<request id> <call|last> <destination>", run_onesteptransfer},
    {"completetransfer", "<request id> <call> <consultation call> <mode>", run_completetransfer},
    {"digits", "<call|last> <end-to-end id> <mode> <digits>", run_digits},
    {"stopdigits", "<call|last>", run_stopdigits},
    {"setmediamode", "<call|last> <modes>", run_setmediamode},
    {"monitormedia", "<call|last> <modes>", run_monitormedia},
    {"appspecific", "<call|last> <value>", run_appspecific},
    {"answer", "<request id> <call|last>", run_answer},
    {"drop", "<request id> <call|last>", run_drop},
    {"closecall", "<call|last>", run_closecall},
    {"callinfo", "<call|last>", run_callinfo},
    {"callstatus", "<call|last>", run_callstatus},
    {"devcaps", "<device id|first>", run_devcaps},
    {"addresscaps", "", run_addresscaps},
    {"linestatus", "", run_linestatus},
    {"addressstatus", "", run_addressstatus},
    {"dialog", "<show|starttrace|stoptrace>", run_dialog},
    {"questions", "<count>", run_questions},
    {"refuse", "<on|off>", run_refuse},
    {"sleep", "<milliseconds>", run_sleep},
};

/* Splits at blanks; the last word a command takes keeps its blanks, for destinations. */
static unsigned split(char *line, unsigned most, char **words)
{
    unsigned count = 0;
    while (*line != '\0' && count < most) {
        while (*line == ' ') {
            line++;
        }
        if (*line == '\0') {
            break;
        }
        words[count++] = line;
        if (count < most) {
            line += strcspn(line, " ");
            if (*line != '\0') {
                *line++ = '\0';
            }
        }
    }
    return count;
}

static unsigned arguments_of(const struct command *command)
{
    unsigned count = 0;
    for (const char *at = command->arguments; *at != '\0'; at++) {
        count += *at == '<' ? 1u : 0u;
    }
    return count;
}

bool command_run(char *line)
{
    struct output out;
    char *words[WORDS_MAX] = {NULL};
    const size_t name_size = strcspn(line, " ");
    if (strcmp(line, "quit") == 0) {
        return false;
    }
    output_begin(&out, "return");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const struct command *command = &commands[i];
        const bool is_it = strlen(command->name) == name_size && strncmp(command->name, line, name_size) == 0;
        if (!is_it) {
            continue;
        }
        output_text(&out, "command", command->name);
        if (split(line, arguments_of(command) + 1, words) == arguments_of(command) + 1) {
            command->run(&out, words);
        } else {
            subject_problem(&out, "wrong number of arguments");
            output_text(&out, "arguments", command->arguments);
        }
        output_end(&out);
        return true;
    }
    output_text(&out, "command", line);
    subject_problem(&out, "unknown command");
    output_end(&out);
    return true;
}

void commands_close_all(void)
{
    struct book_line *line;
    for (;;) {
        book_lock();
        line = book_line_open_one();
        book_unlock();
        if (line == NULL) {
            return;
        }
        book_lock();
        struct book_call *last = book_call_named("last");
        const unsigned count = last == NULL ? 0 : last->number;
        book_unlock();
        for (unsigned i = 0; i < count; i++) {
            struct book_call *call = last - i;
            if (call->line == line && !call->closed && !call->failed && call->driver != NULL) {
                close_call(call);
            }
        }
        close_line(line);
    }
}

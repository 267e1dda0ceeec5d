#include "commands.h"

#include "call-commands.h"
#include "line-commands.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

#define WORDS_MAX 4

struct command {
    const char *name;
    const char *arguments;
    LONG (*run)(struct answer *answer, char **words);
    const char *about; /* TAPI's function, by its name */
};

static DWORD pause_of(const char *word)
{
    const DWORD milliseconds = answer_number(word);
    return milliseconds < PAUSE_LONGEST ? milliseconds : PAUSE_LONGEST;
}

static LONG run_wait(struct answer *answer, char **words)
{
    return messages_wait(words[2], pause_of(words[1])) ? 0
                                                       : answer_problem(answer, "it did not come in time");
}

static LONG run_sleep(struct answer *answer, char **words)
{
    (void)answer;
    Sleep(pause_of(words[1]));
    return 0;
}

/* clang-format off */
static const struct command commands[] = {
    {"lines", "", run_lines, "lineGetDevCaps of every device"},
    {"devcaps", "<device>", run_devcaps, "lineGetDevCaps"},
    {"addresscaps", "<device>", run_addresscaps, "lineGetAddressCaps"},
    {"open", "<device> <monitor|owner|both|none>", run_open, "lineOpen and lineSetStatusMessages"},
    {"close", "", run_close, "lineClose of the line opened last"},
    {"linestatus", "", run_linestatus, "lineGetLineDevStatus"},
    {"addressstatus", "", run_addressstatus, "lineGetAddressStatus"},
    {"linedialog", "<device>", run_linedialog, "lineConfigDialog; returns when its window is closed"},
    {"providerdialog", "<provider>", run_providerdialog, "lineConfigProvider; the same, for a number of tsp-setup status"},
    {"makecall", "<destination>", run_makecall, "lineMakeCall"},
    {"maketone", "", run_maketone, "lineMakeCall without a destination"},
    {"dial", "<call|last> <destination>", run_dial, "lineDial"},
    {"pickup", "<destination>", run_pickup, "linePickup of what rings at an extension"},
    {"pickupgroup", "<group|own>", run_pickupgroup, "linePickup in a group"},
    {"accept", "<call|last>", run_accept, "lineAccept"},
    {"answer", "<call|last>", run_answer, "lineAnswer"},
    {"drop", "<call|last>", run_drop, "lineDrop"},
    {"hold", "<call|last>", run_hold, "lineHold"},
    {"unhold", "<call|last>", run_unhold, "lineUnhold"},
    {"swaphold", "<active call> <held call>", run_swaphold, "lineSwapHold"},
    {"redirect", "<call|last> <destination>", run_redirect, "lineRedirect"},
    {"blindtransfer", "<call|last> <destination>", run_blindtransfer, "lineBlindTransfer"},
    {"setuptransfer", "<call|last>", run_setuptransfer, "lineSetupTransfer"},
    {"onesteptransfer", "<call|last> <destination>", run_onesteptransfer, "lineSetupTransfer with the number"},
    {"completetransfer", "<call> <consultation call>", run_completetransfer, "lineCompleteTransfer as a transfer"},
    {"digits", "<call|last> <digits>", run_digits, "lineGenerateDigits, as DTMF"},
    {"stopdigits", "<call|last>", run_stopdigits, "lineGenerateDigits without digits"},
    {"callinfo", "<call|last>", run_callinfo, "lineGetCallInfo"},
    {"callstatus", "<call|last>", run_callstatus, "lineGetCallStatus"},
    {"release", "<call|last>", run_release, "lineDeallocateCall"},
    {"wait", "<milliseconds> <message>", run_wait, "lineGetMessage runs all the time; this waits for one"},
    {"sleep", "<milliseconds>", run_sleep, "waits"},
};
/* clang-format on */
#define COMMANDS (sizeof commands / sizeof *commands)

/* Splits at blanks; the last word a command takes keeps its blanks, for destinations and messages. */
static unsigned split(char *line, unsigned most, char **words)
{
    unsigned count = 0;
    while (count < most) {
        line += strspn(line, " ");
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

static const struct command *find(const char *line)
{
    const size_t size = strcspn(line, " ");
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strlen(commands[i].name) == size && strncmp(commands[i].name, line, size) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

bool command_run(char *line)
{
    struct output out;
    char *words[WORDS_MAX] = {NULL};
    struct answer answer = {&out, NULL};
    const struct command *command = find(line);
    LONG result = 0;
    output_begin(&out, "return");
    if (command == NULL) {
        /* What is unknown may be anything, a number among it: it is not repeated. */
        answer.problem = "unknown command";
    } else {
        output_text(&out, "command", command->name);
        const unsigned count = arguments_of(command) + 1;
        if (split(line, count, words) == count) {
            result = command->run(&answer, words);
        } else {
            answer_problem(&answer, "wrong number of arguments");
            output_text(&out, "arguments", command->arguments);
        }
    }
    if (answer.problem != NULL) {
        output_text(&out, "problem", answer.problem);
    } else {
        output_hex(&out, "result", (uint32_t)result);
    }
    if (result != 0) {
        output_text(&out, "error", name_of_error(result));
    }
    output_end(&out);
    return result == 0 && answer.problem == NULL;
}

void commands_print(void)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        printf("  %s%s%s\n      %s\n", commands[i].name, commands[i].arguments[0] == '\0' ? "" : " ",
               commands[i].arguments, commands[i].about);
    }
}

void commands_close_all(void)
{
    for (struct probe_line *line = probe_line(); line != NULL; line = probe_line()) {
        lineClose(line->handle);
        line->handle = 0;
    }
}

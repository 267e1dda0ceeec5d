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

static const struct command commands[] = {
    {"lines", "", run_lines},
    {"devcaps", "<device>", run_devcaps},
    {"addresscaps", "<device>", run_addresscaps},
    {"open", "<device> <monitor|owner|both|none>", run_open},
    {"close", "", run_close},
    {"linestatus", "", run_linestatus},
    {"addressstatus", "", run_addressstatus},
    {"makecall", "<destination>", run_makecall},
    {"maketone", "", run_maketone},
    {"dial", "<call|last> <destination>", run_dial},
    {"pickup", "<destination>", run_pickup},
    {"pickupgroup", "<group>", run_pickupgroup},
    {"accept", "<call|last>", run_accept},
    {"answer", "<call|last>", run_answer},
    {"drop", "<call|last>", run_drop},
    {"hold", "<call|last>", run_hold},
    {"unhold", "<call|last>", run_unhold},
    {"swaphold", "<active call> <held call>", run_swaphold},
    {"redirect", "<call|last> <destination>", run_redirect},
    {"blindtransfer", "<call|last> <destination>", run_blindtransfer},
    {"setuptransfer", "<call|last>", run_setuptransfer},
    {"completetransfer", "<call> <consultation call>", run_completetransfer},
    {"digits", "<call|last> <digits>", run_digits},
    {"callinfo", "<call|last>", run_callinfo},
    {"callstatus", "<call|last>", run_callstatus},
    {"release", "<call|last>", run_release},
    {"wait", "<milliseconds> <message>", run_wait},
    {"sleep", "<milliseconds>", run_sleep},
};
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
        printf("  %s%s%s\n", commands[i].name, commands[i].arguments[0] == '\0' ? "" : " ",
               commands[i].arguments);
    }
}

void commands_close_all(void)
{
    for (struct probe_line *line = probe_line(); line != NULL; line = probe_line()) {
        lineClose(line->handle);
        line->handle = 0;
    }
}

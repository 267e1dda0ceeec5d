#include "commands.h"

#include "asking.h"
#include "calling.h"
#include "dialogs.h"
#include "guard.h"
#include "inside.h"
#include "library.h"
#include "life.h"
#include "lining.h"
#include "media.h"
#include "new-calls.h"
#include "questions.h"
#include "resources.h"
#include "stack.h"
#include "subjects.h"
#include "transferring.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 6

/* No TSPI function may take longer, whatever the companion or a callback does. */
#define FUNCTION_NS 1000000000u

DWORD host_version;

enum nature {
    ASKS,  /* calls TSPI functions, which return soon */
    LIVES, /* starts or ends the provider, or does not need it */
};

struct command {
    const char *name;
    const char *arguments;
    void (*run)(struct output *out, char **words);
    enum nature nature;
    const char *about;
};

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

static void run_block(struct output *out, char **words)
{
    (void)out;
    guard_block((unsigned)strtoul(words[1], NULL, 0));
}

static void run_resources(struct output *out, char **words)
{
    const struct resources now = resources_now();
    (void)words;
    resources_write(out, &now);
}

static void run_sleep(struct output *out, char **words)
{
    (void)out;
    host_sleep((unsigned)strtoul(words[1], NULL, 0));
}

/* clang-format off */
static const struct command commands[] = {
    {"open", "<device id|first>", run_open, ASKS, "opens a line as an owner of voice calls"},
    {"close", "", run_close, ASKS, "closes the open line"},
    {"makecall", "<request id> <destination>", run_makecall, ASKS, "TSPI_lineMakeCall"},
    {"maketone", "<request id>", run_maketone, ASKS, "TSPI_lineMakeCall without a destination"},
    {"pickup", "<request id> <destination>", run_pickup, ASKS, "TSPI_linePickup of what rings at an extension"},
    {"pickupgroup", "<request id> <group|own>", run_pickupgroup, ASKS, "TSPI_linePickup in a group"},
    {"dial", "<request id> <call|last> <destination|end>", run_dial, ASKS, "TSPI_lineDial"},
    {"accept", "<request id> <call|last>", run_accept, ASKS, "TSPI_lineAccept"},
    {"answer", "<request id> <call|last>", run_answer, ASKS, "TSPI_lineAnswer"},
    {"drop", "<request id> <call|last>", run_drop, ASKS, "TSPI_lineDrop"},
    {"hold", "<request id> <call|last>", run_hold, ASKS, "TSPI_lineHold"},
    {"unhold", "<request id> <call|last>", run_unhold, ASKS, "TSPI_lineUnhold"},
    {"swaphold", "<request id> <active call> <held call>", run_swaphold, ASKS, "TSPI_lineSwapHold"},
    {"redirect", "<request id> <call|last> <destination>", run_redirect, ASKS, "TSPI_lineRedirect"},
    {"blindtransfer", "<request id> <call|last> <destination>", run_blindtransfer, ASKS, "TSPI_lineBlindTransfer"},
    {"setuptransfer", "<request id> <call|last>", run_setuptransfer, ASKS, "TSPI_lineSetupTransfer"},
    {"onesteptransfer", "<request id> <call|last> <destination>", run_onesteptransfer, ASKS,
     "TSPI_lineSetupTransfer with the number"},
    {"completetransfer", "<request id> <call> <consultation call> <mode>", run_completetransfer, ASKS,
     "TSPI_lineCompleteTransfer"},
    {"digits", "<call|last> <end-to-end id> <mode> <digits>", run_digits, ASKS, "TSPI_lineGenerateDigits"},
    {"stopdigits", "<call|last>", run_stopdigits, ASKS, "TSPI_lineGenerateDigits without digits"},
    {"setmediamode", "<call|last> <modes>", run_setmediamode, ASKS, "TSPI_lineSetMediaMode"},
    {"monitormedia", "<call|last> <modes>", run_monitormedia, ASKS, "TSPI_lineMonitorMedia"},
    {"appspecific", "<call|last> <value>", run_appspecific, ASKS, "TSPI_lineSetAppSpecific"},
    {"closecall", "<call|last>", run_closecall, ASKS, "TSPI_lineCloseCall"},
    {"callinfo", "<call|last>", run_callinfo, ASKS, "the fields of LINECALLINFO"},
    {"callstatus", "<call|last>", run_callstatus, ASKS, "the fields of LINECALLSTATUS"},
    {"devcaps", "<device id|first>", run_devcaps, ASKS, "the fields of LINEDEVCAPS"},
    {"addresscaps", "", run_addresscaps, ASKS, "the fields of LINEADDRESSCAPS"},
    {"linestatus", "", run_linestatus, ASKS, "the fields of LINEDEVSTATUS"},
    {"addressstatus", "", run_addressstatus, ASKS, "the fields of LINEADDRESSSTATUS"},
    {"dialog", "<show|starttrace|stoptrace>", run_dialog, ASKS, "what the dialogs ask of the provider"},
    {"questions", "<count>", run_questions, LIVES, "times so many synchronous questions"},
    {"refuse", "<on|off>", run_refuse, LIVES, "while on, offered calls are refused"},
    {"autoclose", "<on|off>", run_autoclose, LIVES, "while on, each call is closed inside the event of its IDLE"},
    {"inside", "<completion|newcall|STATE> <closecall|closecallelsewhere|close>", run_inside, LIVES,
     "does so inside the next such callback"},
    {"block", "<milliseconds>", run_block, LIVES, "holds one callback for so long"},
    {"resources", "", run_resources, LIVES, "threads, handles and memory of the process"},
    {"stack", "", run_stack, LIVES, "calls each function once and looks at the stack, on x86"},
    {"shutdown", "", run_shutdown, LIVES, "TSPI_providerShutdown with everything open"},
    {"stop", "", run_stop, LIVES, "closes what is open, and TSPI_providerShutdown"},
    {"start", "", run_start, LIVES, "negotiation, TSPI_providerEnumDevices and TSPI_providerInit"},
    {"init", "", run_init, LIVES, "TSPI_providerInit while it is started"},
    {"sessions", "<count>", run_sessions, LIVES, "starts and stops in one image"},
    {"loads", "<count>", run_loads, LIVES, "loads and unloads without a call"},
    {"unloads", "<count>", run_unloads, LIVES, "starts, and stops and unloads while events come"},
    {"sleep", "<milliseconds>", run_sleep, LIVES, "waits"},
};
/* clang-format on */

#define COMMANDS (sizeof commands / sizeof *commands)

void commands_list(FILE *stream)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        fprintf(stream, "  %s %s\n      %s\n", commands[i].name, commands[i].arguments, commands[i].about);
    }
    fprintf(stream, "  quit\n      closes everything and ends\n");
}

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

static void run(const struct command *command, struct output *out, char **words)
{
    if (command->nature == ASKS && !life_is_running()) {
        subject_problem(out, "the provider is not started");
        return;
    }
    const uint64_t start = host_now_ns();
    command->run(out, words);
    if (command->nature == ASKS && host_now_ns() - start > FUNCTION_NS) {
        violation(RULE_SLOW_FUNCTION, command->name);
    }
}

bool command_run(char *line)
{
    struct output out;
    char *words[WORDS_MAX] = {NULL};
    if (strcmp(line, "quit") == 0) {
        return false;
    }
    const struct command *command = find(line);
    const uint64_t begun = host_now_ns();
    output_begin(&out, "return");
    output_text(&out, "command", command == NULL ? line : command->name);
    if (command == NULL) {
        subject_problem(&out, "unknown command");
    } else if (split(line, arguments_of(command) + 1, words) == arguments_of(command) + 1) {
        run(command, &out, words);
    } else {
        subject_problem(&out, "wrong number of arguments");
        output_text(&out, "arguments", command->arguments);
    }
    output_number(&out, "tookUs", (int64_t)((host_now_ns() - begun) / 1000u));
    output_end(&out);
    return true;
}

void commands_close_all(void)
{
    for (;;) {
        book_lock();
        struct book_line *line = book_line_open_one();
        struct book_call *call = line == NULL ? NULL : book_call_open_one(line);
        book_unlock();
        if (line == NULL) {
            return;
        }
        if (call != NULL) {
            close_call(call);
        } else {
            close_line(line);
        }
    }
}

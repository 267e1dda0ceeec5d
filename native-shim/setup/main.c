/*
 * tsp-setup: registers the provider with Windows telephony, and looks after that registration. It copies no
 * file and writes no value of the telephony keys: the installer does the one, tapi32 the other.
 */
#include "arguments.h"
#include "changes.h"
#include "console.h"
#include "explain.h"
#include "kept-lines.h"
#include "limits.h"
#include "status.h"

static struct arguments arguments;

static DWORD WINAPI run_command(LPVOID unused)
{
    (void)unused;
    enum setup_exit outcome = SETUP_DONE;
    switch (arguments.command) {
    case COMMAND_INSTALL:
        outcome = change_install();
        break;
    case COMMAND_REMOVE:
        outcome = change_remove();
        break;
    case COMMAND_REPAIR:
        outcome = change_repair();
        break;
    case COMMAND_STATUS:
        outcome = status_show(arguments.json);
        break;
    case COMMAND_FORGET_LINE:
        outcome = kept_lines_forget(arguments.line);
        explain_forgetting(outcome, arguments.line);
        break;
    case COMMAND_HELP:
        arguments_print_help();
        break;
    }
    return (DWORD)outcome;
}

/* A call into the telephony service may never return: the command runs beside this thread. */
static DWORD run_with_deadline(void)
{
    DWORD outcome = SETUP_TELEPHONY_SILENT;
    const HANDLE thread = CreateThread(NULL, 0, run_command, NULL, 0, NULL);
    if (thread != NULL && WaitForSingleObject(thread, arguments.deadline * 1000) == WAIT_OBJECT_0) {
        GetExitCodeThread(thread, &outcome);
    } else {
        console_complain(
            console_choose("Windows telephony did not answer within %lu seconds. A program may hold on to "
                           "it: close programs that telephone, or restart Windows, and try again.\n",
                           "Die Windows-Telefonie hat %lu Sekunden lang nicht geantwortet. Vielleicht hält "
                           "ein Programm sie fest: Beenden Sie Programme, die telefonieren, oder starten Sie "
                           "Windows neu, und versuchen Sie es noch einmal.\n"),
            arguments.deadline);
    }
    return outcome;
}

int wmain(int count, WCHAR **words);

int wmain(int count, WCHAR **words)
{
    const char *problem = arguments_read(count, words, &arguments);
    if (problem != NULL) {
        console_complain("tsp-setup: %s. tsp-setup --help\n", problem);
        return SETUP_USAGE;
    }
    const DWORD outcome = run_with_deadline();
    /* Not a return: a thread that hangs in the telephony service must not hold up the end. */
    TerminateProcess(GetCurrentProcess(), outcome);
    return (int)outcome;
}

#include "stack.h"

#include "arguments.h"
#include "library.h"
#include "life.h"
#include "rules.h"
#include "subjects.h"

#include <string.h>

#define ARGUMENTS_MAX 8192u

/*
 * An argument that points to zeros: a handle that never was, an empty text, a structure without a size; or
 * room for an answer.
 */
static unsigned char zeros[ARGUMENTS_MAX];

/* One that is the name of a device class nobody has: no dialog comes up. */
static const WCHAR no_class[] = {'n', 'o', 'n', 'e', 0};

#ifdef __i386__
/* The bytes by which the stack pointer is off after a call with `bytes` of arguments, each of them this one.
 */
static int imbalance(const void *function, unsigned bytes, const void *argument)
{
    unsigned before;
    unsigned after;
    unsigned count = bytes / 4;
    __asm__ volatile("movl %%esp, %0\n"
                     "0: testl %2, %2\n"
                     "jz 1f\n"
                     "pushl %3\n"
                     "decl %2\n"
                     "jmp 0b\n"
                     "1: call *%4\n"
                     "movl %%esp, %1\n"
                     "movl %0, %%esp\n"
                     : "=&S"(before), "=&D"(after), "+c"(count), "+d"(argument)
                     : "b"(function)
                     : "eax", "cc", "memory");
    return (int)(before - after);
}
#else
/* Here the caller cleans the stack: nothing can be out of balance. */
static int imbalance(const void *function, unsigned bytes, const void *argument)
{
    (void)function;
    (void)bytes;
    (void)argument;
    return 0;
}
#endif

static unsigned judge(const char *name, const void *function)
{
    const unsigned bytes = argument_bytes(name);
    if (bytes == ARGUMENTS_UNKNOWN) {
        violation(RULE_STACK, name);
        return 0;
    }
    if (strcmp(name, "TUISPI_providerConfig") == 0) {
        return 0; /* would wait for somebody to close its dialog */
    }
    memset(zeros, 0, sizeof zeros); /* what the function before answered */
    const bool is_dialog = strncmp(name, "TUISPI_", strlen("TUISPI_")) == 0;
    if (imbalance(function, bytes, is_dialog ? (const void *)no_class : zeros) != 0) {
        violation(RULE_STACK, name);
    }
    return 1;
}

void run_stack(struct output *out, char **words)
{
    unsigned called = 0;
    (void)words;
    if (life_is_running()) {
        subject_problem(out, "the provider is started");
        return;
    }
#define JUDGE(name, call, address, line) called += judge(#name, (const void *)(uintptr_t)tspi.name);
    TAPLINE_EXPORTS(JUDGE)
    HOST_UI_EXPORTS(JUDGE)
#undef JUDGE
    output_number(out, "functions", called);
    output_bool(out, "calleeCleans", sizeof(void *) == 4);
}

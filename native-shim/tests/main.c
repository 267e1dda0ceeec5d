/* Runs the unit tests; ends with 1 when one failed or could not go on. */
#include "check.h"
#include "state-folder.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned failures;
static bool failed_now;
static const char *running;

void check_failed(const char *file, int line, const char *condition)
{
    printf("  %s:%d: %s\n", file, line, condition);
    failed_now = true;
}

void check_needed(const char *file, int line, const char *condition)
{
    check_failed(file, line, condition);
    printf("not ok %s\n%u failed, the tests after it did not run\n", running, failures + 1u);
    fflush(stdout);
    _Exit(1);
}

void *memory_of(size_t size)
{
    void *memory = calloc(1, size > 0 ? size : 1u);
    NEED(memory != NULL);
    return memory;
}

void check_run(const char *name, void (*test)(void))
{
    running = name;
    failed_now = false;
    test();
    printf("%s %s\n", failed_now ? "not ok" : "ok", name);
    failures += failed_now ? 1u : 0u;
}

int main(void)
{
    state_folder_none();
    test_frames();
    test_messages();
    test_vectors();
    test_handles();
    test_utf16();
    test_dialstrings();
    test_structures();
    test_requests();
    test_inits();
    test_verbs();
    test_digits();
    test_call_params();
    test_links();
    test_line_tables();
    test_lines();
    test_sessions();
    test_asynchronous_functions();
    test_dialog_data();
    test_dialog_texts();
    test_dialog_layout();
    test_dialog_provider();
    printf("%u failed\n", failures);
    return failures == 0 ? 0 : 1;
}

/*
 * A test is a function that checks; each prints its name and whether all its checks held, and the run counts
 * failures. A test goes on after a CHECK that failed, and no further than a NEED that did.
 */
#ifndef TAPLINE_TESTS_CHECK_H
#define TAPLINE_TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* Notes a failure of the running test, with the place and the condition. */
void check_failed(const char *file, int line, const char *condition);

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            check_failed(__FILE__, __LINE__, #condition); \
        } \
    } while (0)

/* For what a test cannot go on without: the whole run ends, as failed. cppcheck does not know _Noreturn. */
__attribute__((noreturn)) void check_needed(const char *file, int line, const char *condition);

#define NEED(condition) \
    do { \
        if (!(condition)) { \
            check_needed(__FILE__, __LINE__, #condition); \
        } \
    } while (0)

/* So many bytes, zeroed, to be freed: a block of their own, so that the sanitizer sees a step beyond it. */
void *memory_of(size_t size);

/* Runs one test under its name. */
void check_run(const char *name, void (*test)(void));
#define RUN(test) check_run(#test, test)

/* The tests of each file. */
void test_frames(void);
void test_messages(void);
void test_vectors(void);
void test_handles(void);
void test_utf16(void);
void test_dialstrings(void);
void test_structures(void);
void test_requests(void);
void test_inits(void);
void test_verbs(void);
void test_digits(void);
void test_call_params(void);
void test_links(void);
void test_line_tables(void);
void test_lines(void);
void test_sessions(void);
void test_asynchronous_functions(void);

/* And of ui/tests/. */
void test_dialog_data(void);
void test_dialog_texts(void);
void test_dialog_layout(void);
void test_dialog_provider(void);

#endif

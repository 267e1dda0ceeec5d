/* The table of handles: each finds its object, none is made again soon. */
#include "../shim/handles.h"

#include "../shim/constants.h"
#include "check.h"

#include <stdlib.h>

static int one;
static int other;

static void a_handle_finds_its_object_by_kind(void)
{
    const uint32_t line = handle_create(HANDLE_LINE, &one);
    const uint32_t call = handle_create(HANDLE_CALL, &other);
    CHECK(line != 0 && call != 0 && line != call);
    CHECK(handle_find(HANDLE_LINE, line) == &one);
    CHECK(handle_find(HANDLE_CALL, call) == &other);
    CHECK(handle_find(HANDLE_CALL, line) == NULL);
    CHECK(handle_find(HANDLE_LINE, 0) == NULL);
    CHECK(handle_find(HANDLE_LINE, (uintptr_t)line + 1) == NULL);
    CHECK(handle_find(HANDLE_LINE, UINTPTR_MAX) == NULL);
    handles_clear();
    CHECK(handle_find(HANDLE_LINE, line) == NULL);
}

static void a_handle_given_back_is_not_made_again_soon(void)
{
    uint32_t made[2000];
    for (size_t i = 0; i < 2000; i++) {
        made[i] = handle_create(HANDLE_CALL, &one);
        handle_release(made[i]);
        CHECK(handle_find(HANDLE_CALL, made[i]) == NULL);
        for (size_t earlier = i > 1000 ? i - 1000 : 0; earlier < i; earlier++) {
            CHECK(made[earlier] != made[i]);
        }
    }
    handles_clear();
}

static void a_cleared_table_makes_no_old_handle(void)
{
    const uint32_t before = handle_create(HANDLE_LINE, &one);
    handles_clear();
    const uint32_t after = handle_create(HANDLE_LINE, &other);
    CHECK(before != after);
    CHECK(handle_find(HANDLE_LINE, before) == NULL);
    handle_release(before);
    CHECK(handle_find(HANDLE_LINE, after) == &other);
    handles_clear();
}

static void the_table_is_bounded_and_recovers(void)
{
    uint32_t *made = memory_of(HANDLES_MAX * sizeof *made);
    for (size_t i = 0; i < HANDLES_MAX; i++) {
        made[i] = handle_create(HANDLE_CALL, &one);
        CHECK(made[i] != 0);
    }
    CHECK(handle_create(HANDLE_CALL, &one) == 0);
    handle_release(made[5]);
    CHECK(handle_create(HANDLE_CALL, &one) != 0);
    free(made);
    handles_clear();
}

void test_handles(void)
{
    RUN(a_handle_finds_its_object_by_kind);
    RUN(a_handle_given_back_is_not_made_again_soon);
    RUN(a_cleared_table_makes_no_old_handle);
    RUN(the_table_is_bounded_and_recovers);
}

#include "guard.h"

#include "output.h"

#include <stdatomic.h>

static atomic_uint_least64_t inside_thread;  /* the thread inside a callback, 0: none */
static atomic_uint_least64_t opening_thread; /* the thread that opens a line, 0: none */
static atomic_uint_least64_t callbacks;
static atomic_uint depth;
static atomic_uint block_for;
static atomic_bool running;

void guard_opening(bool on)
{
    opening_thread = on ? host_thread_id() : 0;
}

void guard_running(bool on)
{
    running = on;
}

void guard_block(unsigned milliseconds)
{
    block_for = milliseconds;
}

uint64_t guard_callbacks(void)
{
    return callbacks;
}

static void hold(void)
{
    struct output out;
    const unsigned milliseconds = atomic_exchange(&block_for, 0);
    if (milliseconds == 0) {
        return;
    }
    output_begin(&out, "blocked");
    output_number(&out, "milliseconds", milliseconds);
    output_end(&out);
    host_sleep(milliseconds);
}

void guard_enter(enum rule rule, const char *what)
{
    const uint64_t self = host_thread_id();
    uint_least64_t nobody = 0;
    callbacks++;
    if (!running) {
        violation(RULE_AFTER_END, what);
    }
    if (opening_thread == self) {
        violation(rule, what);
    }
    /* A callback inside a callback of the same thread is legal: a TSPI function was called in between. */
    if (!atomic_compare_exchange_strong(&inside_thread, &nobody, self) && nobody != self) {
        violation(RULE_OVERLAP, what);
        return;
    }
    depth++;
}

void guard_leave(void)
{
    hold();
    if (inside_thread == host_thread_id() && --depth == 0) {
        inside_thread = 0;
    }
}

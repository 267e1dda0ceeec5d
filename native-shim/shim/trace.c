#include "trace.h"

#include "../port/port.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* trace() is called with and without the model lock: what it keeps has a lock of its own. */
static port_lock lock = PORT_LOCK_INIT;
static char lines[TRACE_LINES_MAX][TRACE_LINE_MAX];
static unsigned first;
static unsigned count;
static unsigned lost;
static bool on;

static void show(const char *line, bool wanted)
{
    char text[TRACE_LINE_MAX + 32];
    snprintf(text, sizeof text, "[tapline %u] %s", (unsigned)port_process_id(), line);
    port_trace(text, wanted);
}

/* Returns whether the trace is on. */
static bool keep(const char *line)
{
    port_lock_acquire(&lock);
    const bool wanted = on;
    if (wanted && count < TRACE_LINES_MAX) {
        memcpy(lines[(first + count) % TRACE_LINES_MAX], line, strlen(line) + 1);
        count++;
    } else if (wanted) {
        lost++;
    }
    port_lock_release(&lock);
    return wanted;
}

void trace(const char *format, ...)
{
    char line[TRACE_LINE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    line[sizeof line - 1] = '\0';
    show(line, keep(line));
}

void trace_locally(const char *format, ...)
{
    char line[TRACE_LINE_MAX];
    if (!trace_is_on()) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    line[sizeof line - 1] = '\0';
    show(line, true);
}

void trace_switch(bool wanted)
{
    port_lock_acquire(&lock);
    const bool was_on = on;
    on = wanted;
    if (!wanted) {
        count = 0;
        lost = 0;
    }
    port_lock_release(&lock);
    if (wanted && !was_on) {
        trace("trace: switched on, version %s", TAPLINE_VERSION);
    }
}

bool trace_is_on(void)
{
    port_lock_acquire(&lock);
    const bool is_on = on;
    port_lock_release(&lock);
    return is_on;
}

bool trace_take(char *line)
{
    port_lock_acquire(&lock);
    const bool any = count > 0 || lost > 0;
    if (count > 0) {
        memcpy(line, lines[first], TRACE_LINE_MAX);
        first = (first + 1) % TRACE_LINES_MAX;
        count--;
    } else if (any) {
        snprintf(line, TRACE_LINE_MAX, "trace: %u lines were lost", lost);
        lost = 0;
    }
    port_lock_release(&lock);
    return any;
}

#include "trace.h"

#include "../port/port.h"

#include <stdarg.h>
#include <stdio.h>

void trace(const char *format, ...)
{
    char line[TRACE_LINE_MAX];
    const int start = snprintf(line, sizeof line, "[tapline %u] ", (unsigned)port_process_id());
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + start, sizeof line - (size_t)start, format, arguments);
    va_end(arguments);
    port_trace(line);
}

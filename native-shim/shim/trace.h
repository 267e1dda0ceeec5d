/* The shim's own trace: one line per call, for people who debug. No phone number and no name goes in. */
#ifndef TAPLINE_TRACE_H
#define TAPLINE_TRACE_H

#ifdef __MINGW32__
#define TRACE_FORMAT __attribute__((format(ms_printf, 1, 2)))
#else
#define TRACE_FORMAT __attribute__((format(printf, 1, 2)))
#endif

/* Lines are cut at TRACE_LINE_MAX bytes. Use %u, %d, %x and %s only. */
#define TRACE_LINE_MAX 256
void trace(const char *format, ...) TRACE_FORMAT;

#endif

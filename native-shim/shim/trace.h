/*
 * The shim's own trace: one line per call, for people who look for a fault. It is off until somebody switches
 * it on in the dialog, and off again when the provider stops. No phone number and no name goes in.
 */
#ifndef TAPLINE_TRACE_H
#define TAPLINE_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __MINGW32__
#define TRACE_FORMAT __attribute__((format(ms_printf, 1, 2)))
#else
#define TRACE_FORMAT __attribute__((format(printf, 1, 2)))
#endif

/* Lines are cut at TRACE_LINE_MAX bytes with their terminator. Use %u, %d, %x and %s only, and %s for fixed
 * words. */
#define TRACE_LINE_MAX 200u

/* So many lines wait for the companion; of more, the newest are lost, and counted. */
#define TRACE_LINES_MAX 64u

/* Writes a line for the debugger, and keeps it for the companion. Takes no lock but its own. */
void trace(const char *format, ...) TRACE_FORMAT;

/* The same for the debugger alone: the companion is told in another way. */
void trace_locally(const char *format, ...) TRACE_FORMAT;

void trace_switch(bool on);
bool trace_is_on(void);

/* Takes the oldest line that waits, into TRACE_LINE_MAX bytes. False: there is none. */
bool trace_take(char *line);

#endif

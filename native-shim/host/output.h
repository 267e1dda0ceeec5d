/*
 * One JSON object per line on standard output, each with the fields seq, thread, us (microseconds since the
 * start) and unixUs (Unix time in microseconds). Lines of several threads never mix.
 */
#ifndef TAPLINE_HOST_OUTPUT_H
#define TAPLINE_HOST_OUTPUT_H

#include "../shim/telephony.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A line being written. Fields beyond its room are left out; the line stays valid JSON. */
struct output {
    char text[6000];
    size_t used;
};

void output_begin(struct output *out, const char *kind);
void output_text(struct output *out, const char *name, const char *value);
void output_number(struct output *out, const char *name, int64_t value);
void output_hex(struct output *out, const char *name, uint64_t value);
void output_bool(struct output *out, const char *name, bool value);
void output_real(struct output *out, const char *name, double value);

/* The bytes of a GUID as they lie in memory. */
void output_guid(struct output *out, const char *name, const GUID *value);

/* A UTF-16 part of a TAPI structure, by its size and offset; nothing when it has no size. */
void output_part(struct output *out, const char *name, const void *structure, DWORD size, DWORD offset);

/* Numbers the line, writes and flushes it. Returns its number. */
uint64_t output_end(struct output *out);

/* Steady nanoseconds, and a number of the calling thread. */
uint64_t host_now_ns(void);
uint64_t host_thread_id(void);
void host_sleep(unsigned milliseconds);

#endif

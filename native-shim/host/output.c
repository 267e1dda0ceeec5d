#include "output.h"

#include "../port/port.h"
#include "../shim/utf16.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define CLOSING_ROOM 2 /* for "}\n" */

static port_lock lock = PORT_LOCK_INIT;
static uint64_t sequence;

#ifdef _WIN32
/* FILETIME counts 100 ns from 1601; Unix time starts 11644473600 seconds later. */
static uint64_t unix_microseconds(void)
{
    FILETIME now;
    GetSystemTimePreciseAsFileTime(&now);
    return (((uint64_t)now.dwHighDateTime << 32) | now.dwLowDateTime) / 10u - 11644473600000000u;
}

uint64_t host_now_ns(void)
{
    LARGE_INTEGER frequency;
    LARGE_INTEGER count;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&count);
    const uint64_t second = (uint64_t)frequency.QuadPart;
    const uint64_t ticks = (uint64_t)count.QuadPart;
    return ticks / second * 1000000000u + ticks % second * 1000000000u / second;
}

uint64_t host_thread_id(void)
{
    return GetCurrentThreadId();
}

void host_sleep(unsigned milliseconds)
{
    Sleep(milliseconds);
}
#else
static uint64_t unix_microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

uint64_t host_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t host_thread_id(void)
{
    return (uint64_t)(uintptr_t)pthread_self();
}

void host_sleep(unsigned milliseconds)
{
    const struct timespec pause = {(time_t)(milliseconds / 1000u), (long)(milliseconds % 1000u) * 1000000L};
    nanosleep(&pause, NULL);
}
#endif

/* Appends a field that is ready, unless it does not fit. */
static void append(struct output *out, const char *field)
{
    const size_t size = strlen(field);
    if (out->used + size + CLOSING_ROOM < sizeof out->text) {
        memcpy(out->text + out->used, field, size + 1);
        out->used += size;
    }
}

void output_begin(struct output *out, const char *kind)
{
    out->used = 0;
    out->text[0] = '\0';
    output_text(out, "kind", kind);
}

void output_text(struct output *out, const char *name, const char *value)
{
    char field[4200];
    size_t used = (size_t)snprintf(field, sizeof field, ",\"%s\":\"", name);
    for (; *value != '\0' && used < sizeof field - 16; value++) {
        const unsigned char byte = (unsigned char)*value;
        if (byte == '"' || byte == '\\') {
            field[used++] = '\\';
            field[used++] = (char)byte;
        } else if (byte < 0x20) {
            used += (size_t)snprintf(field + used, sizeof field - used, "\\u%04x", byte);
        } else {
            field[used++] = (char)byte;
        }
    }
    field[used++] = '"';
    field[used] = '\0';
    append(out, field);
}

void output_number(struct output *out, const char *name, int64_t value)
{
    char field[96];
    snprintf(field, sizeof field, ",\"%s\":%lld", name, (long long)value);
    append(out, field);
}

void output_hex(struct output *out, const char *name, uint64_t value)
{
    char field[96];
    snprintf(field, sizeof field, ",\"%s\":\"0x%llx\"", name, (unsigned long long)value);
    append(out, field);
}

void output_bool(struct output *out, const char *name, bool value)
{
    char field[96];
    snprintf(field, sizeof field, ",\"%s\":%s", name, value ? "true" : "false");
    append(out, field);
}

void output_real(struct output *out, const char *name, double value)
{
    char field[96];
    snprintf(field, sizeof field, ",\"%s\":%.3f", name, value);
    append(out, field);
}

void output_part(struct output *out, const char *name, const void *structure, DWORD size, DWORD offset)
{
    char text[2100];
    const WCHAR *units = (const WCHAR *)(const void *)((const uint8_t *)structure + offset);
    if (size == 0) {
        return;
    }
    const size_t length = utf16_length(units, size / sizeof *units);
    if (utf16_to_utf8(text, sizeof text, units, length) != UTF16_INVALID) {
        output_text(out, name, text);
    }
}

void output_guid(struct output *out, const char *name, const GUID *value)
{
    char text[2 * sizeof *value + 1];
    const uint8_t *bytes = (const uint8_t *)value;
    for (size_t i = 0; i < sizeof *value; i++) {
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    }
    output_text(out, name, text);
}

uint64_t output_end(struct output *out)
{
    static uint64_t start;
    port_lock_acquire(&lock);
    const uint64_t now = host_now_ns();
    if (start == 0) {
        start = now;
    }
    const uint64_t number = ++sequence;
    printf("{\"seq\":%llu,\"thread\":%llu,\"us\":%llu,\"unixUs\":%llu%s}\n", (unsigned long long)number,
           (unsigned long long)host_thread_id(), (unsigned long long)((now - start) / 1000u),
           (unsigned long long)unix_microseconds(), out->text);
    fflush(stdout);
    port_lock_release(&lock);
    return number;
}

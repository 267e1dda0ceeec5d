/* Locks, threads and clocks of POSIX systems. */
#include "port.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct port_thread {
    pthread_t id;
    void (*body)(void *);
    void *argument;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool ended;
};

/* Of the wall clock, which statically initialised conditions wait by; a step of it shifts one wait. */
static struct timespec moment_in(uint32_t milliseconds)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_sec += (time_t)(milliseconds / 1000u);
    at.tv_nsec += (long)(milliseconds % 1000u) * 1000000L;
    if (at.tv_nsec >= 1000000000L) {
        at.tv_sec += 1;
        at.tv_nsec -= 1000000000L;
    }
    return at;
}

void port_lock_acquire(port_lock *lock)
{
    pthread_mutex_lock(lock);
}

void port_lock_release(port_lock *lock)
{
    pthread_mutex_unlock(lock);
}

void port_condition_wait(port_condition *condition, port_lock *lock, uint32_t milliseconds)
{
    if (milliseconds == PORT_FOREVER) {
        pthread_cond_wait(condition, lock);
    } else {
        const struct timespec until = moment_in(milliseconds);
        pthread_cond_timedwait(condition, lock, &until);
    }
}

void port_condition_broadcast(port_condition *condition)
{
    pthread_cond_broadcast(condition);
}

static void *run_thread(void *argument)
{
    port_thread *thread = argument;
    thread->body(thread->argument);
    pthread_mutex_lock(&thread->lock);
    thread->ended = true;
    pthread_cond_broadcast(&thread->changed);
    pthread_mutex_unlock(&thread->lock);
    return NULL;
}

port_thread *port_thread_start(void (*body)(void *), void *argument)
{
    port_thread *thread = calloc(1, sizeof *thread);
    if (thread == NULL) {
        return NULL;
    }
    thread->body = body;
    thread->argument = argument;
    pthread_mutex_init(&thread->lock, NULL);
    pthread_cond_init(&thread->changed, NULL);
    if (pthread_create(&thread->id, NULL, run_thread, thread) != 0) {
        free(thread);
        return NULL;
    }
    return thread;
}

bool port_thread_join(port_thread *thread, uint32_t milliseconds)
{
    const struct timespec until = moment_in(milliseconds);
    int failed = 0;
    pthread_mutex_lock(&thread->lock);
    while (!thread->ended && failed == 0) {
        failed = pthread_cond_timedwait(&thread->changed, &thread->lock, &until);
    }
    const bool ended = thread->ended;
    pthread_mutex_unlock(&thread->lock);
    if (!ended) {
        pthread_detach(thread->id);
        return false;
    }
    pthread_join(thread->id, NULL);
    pthread_cond_destroy(&thread->changed);
    pthread_mutex_destroy(&thread->lock);
    free(thread);
    return true;
}

uint64_t port_thread_self(void)
{
    return (uint64_t)(uintptr_t)pthread_self();
}

uint64_t port_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

uint32_t port_tick_ms(void)
{
    return (uint32_t)(port_now_us() / 1000u);
}

void port_utc(SYSTEMTIME *out)
{
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    out->wYear = (WORD)(utc.tm_year + 1900);
    out->wMonth = (WORD)(utc.tm_mon + 1);
    out->wDayOfWeek = (WORD)utc.tm_wday;
    out->wDay = (WORD)utc.tm_mday;
    out->wHour = (WORD)utc.tm_hour;
    out->wMinute = (WORD)utc.tm_min;
    out->wSecond = (WORD)utc.tm_sec;
    out->wMilliseconds = (WORD)(now.tv_nsec / 1000000L);
}

uint32_t port_process_id(void)
{
    return (uint32_t)getpid();
}

void port_trace(const char *text, bool wanted)
{
    (void)wanted;
    if (getenv("TAPLINE_TRACE") != NULL) {
        fprintf(stderr, "%s\n", text);
    }
}

/*
 * What the shim needs of an operating system: locks, threads, clocks, and one connection to the companion.
 * windows.c and windows-link.c serve Windows, posix.c and posix-link.c everything else.
 */
#ifndef TAPLINE_PORT_H
#define TAPLINE_PORT_H

#include "../shim/telephony.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef _WIN32
#include <pthread.h>
#endif

#define PORT_FOREVER 0xFFFFFFFFu

/* Locks. Static initialisation, nothing to destroy; not recursive. */
#ifdef _WIN32
typedef SRWLOCK port_lock;
typedef CONDITION_VARIABLE port_condition;
#define PORT_LOCK_INIT SRWLOCK_INIT
#define PORT_CONDITION_INIT CONDITION_VARIABLE_INIT
#else
typedef pthread_mutex_t port_lock;
typedef pthread_cond_t port_condition;
#define PORT_LOCK_INIT PTHREAD_MUTEX_INITIALIZER
#define PORT_CONDITION_INIT PTHREAD_COND_INITIALIZER
#endif

void port_lock_acquire(port_lock *lock);
void port_lock_release(port_lock *lock);

/* Waits with the lock held, for at most `milliseconds` or PORT_FOREVER; may return early without reason. */
void port_condition_wait(port_condition *condition, port_lock *lock, uint32_t milliseconds);
void port_condition_broadcast(port_condition *condition);

/*
 * A thread. While it runs it keeps the module loaded, so that it can never execute unmapped code.
 * port_thread_join returns false when the thread has not ended within `milliseconds`; it is then left alone.
 */
typedef struct port_thread port_thread;
port_thread *port_thread_start(void (*body)(void *), void *argument);
bool port_thread_join(port_thread *thread, uint32_t milliseconds);

/* Whether the calling thread is `thread`; false for NULL. */
bool port_thread_is_current(const port_thread *thread);

uint64_t port_now_us(void);     /* steady microseconds since some moment */
uint32_t port_tick_ms(void);    /* milliseconds since the machine started, as TAPI counts them; wraps */
void port_utc(SYSTEMTIME *out); /* the wall clock, UTC */
uint32_t port_process_id(void);
void port_trace(const char *text); /* one line to the debugger, or to stderr when TAPLINE_TRACE is set */

/*
 * The connection to the companion. One thread drives it; port_link_wake may be called from any thread.
 * A read and a write can be under way at once, each into or from memory that stays valid until it is over.
 */
typedef struct port_link port_link;

/* Outcome of port_link_wait, a set of bits. */
enum port_link_event {
    PORT_LINK_WOKEN = 1,   /* port_link_wake was called */
    PORT_LINK_READ = 2,    /* the read is over */
    PORT_LINK_WRITTEN = 4, /* the write is over */
    PORT_LINK_LOST = 8,    /* the other side is gone */
    PORT_LINK_TIMEOUT = 16
};

port_link *port_link_create(void); /* NULL: no memory or handles */
void port_link_destroy(port_link *link);
void port_link_wake(port_link *link);

/* Tries each endpoint a companion may serve, once; true when one answered and may be trusted. */
bool port_link_connect(port_link *link);

/* Ends the connection; a read or write under way is over when this returns. */
void port_link_disconnect(port_link *link);

/* Starts a read or a write. False: the connection is lost. */
bool port_link_read(port_link *link, uint8_t *buffer, size_t capacity);
bool port_link_write(port_link *link, const uint8_t *data, size_t size);

/* Waits for the next events; *read and *written are set with their bits. */
unsigned port_link_wait(port_link *link, uint32_t milliseconds, size_t *read, size_t *written);

/* Whether a companion announces itself by an event, so that waiting for one needs no timer. */
bool port_link_has_ready_event(void);

/*
 * Without a connection: waits for port_link_wake, the ready event or the time; true when a companion is
 * ready.
 */
bool port_link_wait_ready(port_link *link, uint32_t milliseconds);

#endif

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

/* A number that no other thread has while the calling one runs, never 0. */
uint64_t port_thread_self(void);

uint64_t port_now_us(void);     /* steady microseconds since some moment */
uint32_t port_tick_ms(void);    /* milliseconds since the machine started, as TAPI counts them; wraps */
void port_utc(SYSTEMTIME *out); /* the wall clock, UTC */
uint32_t port_process_id(void);
/* One line to the debugger if it is `wanted`; on other systems to stderr when TAPLINE_TRACE is set. */
void port_trace(const char *text, bool wanted);

/*
 * The connections to companions, one for each Windows session that has one; 0 is the session of services. One
 * thread drives them all; port_links_wake alone may be called from any thread.
 */
#define PORT_LINKS_MAX 24u

/* Whose companions may publish lines; lines are everybody's on the machine. */
enum port_following {
    PORT_FOLLOW_SERVICE,  /* the service's alone: the machine serves several people at once */
    PORT_FOLLOW_ONE_USER, /* the service's and one user's */
    PORT_FOLLOW_ALL       /* everybody's: an administrator has allowed it */
};
enum port_following port_following(void);

/*
 * Sessions in which a companion may serve, each once, those to be preferred first: the service, the session
 * at the screen, the others. Returns how many were written.
 */
size_t port_sessions(uint32_t *sessions, size_t capacity);

/* What all connections share: the way to wake their thread, and the event by which companions announce
 * themselves. */
typedef struct port_links port_links;
port_links *port_links_create(void); /* NULL: no memory or handles */
void port_links_destroy(port_links *links);
void port_links_wake(port_links *links);

/* Whether a companion that starts announces itself, so that waiting for one needs no timer. */
bool port_links_announce(const port_links *links);

/*
 * One connection. A read and a write can be under way at once, each into or from memory that stays valid
 * until it is over. port_link_open gives NULL when nobody serves the session, or one who may not be trusted
 * (what was found is traced). port_link_close ends a read or write under way before it returns.
 */
typedef struct port_link port_link;
port_link *port_link_open(uint32_t session);
void port_link_close(port_link *link);

/* Starts a read or a write. False: the connection is lost. */
bool port_link_read(port_link *link, uint8_t *buffer, size_t capacity);
bool port_link_write(port_link *link, const uint8_t *data, size_t size);

/* Outcome of port_links_wait (the first three) and port_link_events (the others), sets of bits. */
enum port_link_event {
    PORT_LINKS_WOKEN = 1,     /* port_links_wake was called */
    PORT_LINKS_ANNOUNCED = 2, /* a companion says that it is ready */
    PORT_LINKS_TIMEOUT = 4,
    PORT_LINK_READ = 8,     /* the read is over */
    PORT_LINK_WRITTEN = 16, /* the write is over */
    PORT_LINK_LOST = 32     /* the other side is gone */
};

/*
 * Waits until something happens at one of `count` connections, at most PORT_LINKS_MAX, or to all of them. An
 * announcement that is not listened for is kept for the next wait.
 */
unsigned port_links_wait(port_links *links, port_link *const *each, size_t count, uint32_t milliseconds,
                         bool listens);

/* What has happened at a connection; *read and *written are set with their bits. */
unsigned port_link_events(port_link *link, size_t *read, size_t *written);

#endif

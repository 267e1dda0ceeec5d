/*
 * What the telephony service remembers of a provider: lines, calls, requests. One lock guards it, which is
 * never held while the provider runs. Calls and requests that are over make room for new ones.
 */
#ifndef TAPLINE_HOST_BOOK_H
#define TAPLINE_HOST_BOOK_H

#include "../shim/telephony.h"
#include "rules.h"

#include <stdbool.h>
#include <stdint.h>

#define BOOK_LINES_MAX 8192
#define BOOK_CALLS_MAX 4096
#define BOOK_REQUESTS_MAX 4096

/* A provider's event may have left before a handle was closed; later than this it is a fault. */
#define BOOK_LATE_EVENT_NS 100000000u

/* A handle may not come again among so many calls. */
#define BOOK_HANDLES_REMEMBERED 1000

/* Calls that were refused, of one line, while it is open. */
#define BOOK_REFUSED_MAX 64

struct book_line {
    DWORD device;
    bool exists; /* between LINE_CREATE and LINE_REMOVE */
    bool open;
    bool closing; /* the host closes it, or has: a callback that is under way may find its call gone */
    HTAPILINE tapi;
    HDRVLINE driver;
    uint64_t opened_ns;
    uint64_t closed_ns;
    DWORD refused[BOOK_REFUSED_MAX]; /* dwCallID of each */
    unsigned refused_count;
};

struct book_call {
    unsigned number; /* its name is c<number>; 0: none yet */
    struct book_line *line;
    HTAPICALL tapi;
    HDRVCALL driver;
    DWORD id;     /* dwCallID */
    bool own;     /* made by the host: the provider may not send events before its completion */
    bool dialled; /* with a number, which the provider must know */
    bool pending;
    bool failed;
    bool found; /* may start in any state: offered at open, or offered again */
    bool told;  /* has had a state */
    DWORD state;
    uint64_t state_ns;
    DWORD mode;
    DWORD features;
    bool closing; /* as a line's */
    bool closed;
    uint64_t closed_ns;
};

enum book_request_state { REQUEST_UNKNOWN, REQUEST_RUNNING, REQUEST_DONE };

struct book_request {
    DRV_REQUESTID id;
    enum book_request_state state;
    struct book_call *call; /* the call it creates, or NULL */
};

void book_lock(void);
void book_unlock(void);

/* All with the lock held. NULL: unknown, or no room. */
struct book_line *book_line_create(DWORD device);
struct book_line *book_line_find(DWORD device);
struct book_line *book_line_first(void);
struct book_line *book_line_of(HTAPILINE tapi);
struct book_line *book_line_open_one(void);
struct book_call *book_call_create(struct book_line *line);
struct book_call *book_call_of(HTAPICALL tapi);
struct book_call *book_call_named(const char *name); /* c<number>, or last */
struct book_call *book_call_open_one(const struct book_line *line);
bool book_call_id_seen(DWORD id, const struct book_call *except);
void book_closing(struct book_line *line); /* it and its calls */
void book_close_calls_of(const struct book_line *line);
struct book_request *book_request_start(DRV_REQUESTID id, struct book_call *call);
struct book_request *book_request_find(DRV_REQUESTID id);
unsigned book_requests_running(void);

/* Notes the handle of a new call. False: one of the last calls had it. */
bool book_handle_is_new(HDRVCALL driver);

/* A call that was refused, for the line as it is open now. */
void book_refuse(struct book_line *line, DWORD call_id);
bool book_is_refused(const struct book_line *line, DWORD call_id);

/* Calls that ended and stayed without IDLE for a second. */
unsigned book_calls_without_idle(void);

/* The provider has ended: its lines, calls and requests are no more. Names of calls are not used again. */
void book_forget(void);

/* Another image may use the handles of the one before. */
void book_forget_handles(void);

#endif

/*
 * What the telephony service remembers of a provider: lines, calls, requests; and the host's findings when
 * the provider breaks a rule. One lock guards it, which is never held while the provider runs.
 */
#ifndef TAPLINE_HOST_BOOK_H
#define TAPLINE_HOST_BOOK_H

#include "../shim/telephony.h"

#include <stdbool.h>
#include <stdint.h>

#define BOOK_LINES_MAX 256
#define BOOK_CALLS_MAX 4096
#define BOOK_REQUESTS_MAX 1024

/* A provider's event may have left before a handle was closed; later than this it is a fault. */
#define BOOK_LATE_EVENT_NS 100000000u

struct book_line {
    DWORD device;
    bool exists; /* between LINE_CREATE and LINE_REMOVE */
    bool open;
    HTAPILINE tapi;
    HDRVLINE driver;
    uint64_t opened_ns;
    uint64_t closed_ns;
};

struct book_call {
    unsigned number; /* its name is c<number> */
    struct book_line *line;
    HTAPICALL tapi;
    HDRVCALL driver;
    DWORD id; /* dwCallID */
    bool own; /* made by the host: the provider may not send events before its completion */
    bool pending;
    bool failed;
    bool found; /* may start in any state: offered at open, or offered again */
    bool told;  /* has had a state */
    DWORD state;
    DWORD mode;
    DWORD features;
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
bool book_call_id_seen(DWORD id, const struct book_call *except);
void book_close_calls_of(const struct book_line *line);
struct book_request *book_request_start(DRV_REQUESTID id, struct book_call *call);
struct book_request *book_request_find(DRV_REQUESTID id);
unsigned book_requests_running(void);

/* Writes a finding; the host then ends with a failure. Without the lock. */
void violation(const char *rule, const char *detail);
unsigned violations(void);

#endif

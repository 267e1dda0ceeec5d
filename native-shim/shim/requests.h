/*
 * Asynchronous requests of TAPI. Each is completed exactly once: whoever takes a request out of the table
 * posts its one completion, which the dispatcher delivers. The caller holds the model lock.
 */
#ifndef TAPLINE_REQUESTS_H
#define TAPLINE_REQUESTS_H

#include "completions.h"
#include "request-frames.h"

struct request {
    struct request *next;
    enum request_verb verb;
    struct completion *completion; /* NULL: TAPI has its completion already, or gets none */
    uint32_t wire;                 /* request id on the link */
    uint32_t line;                 /* line id */
    uint32_t call;                 /* call id, 0 for a new call */
    uint32_t call_handle;
    bool sent;         /* handed to a link; a request is never sent twice */
    uint32_t link;     /* number of that link */
    uint32_t lasts;    /* what the PBX needs to do it, beyond answering: milliseconds */
    uint64_t deadline; /* model_now milliseconds */
    size_t size;
    uint8_t frame[REQUEST_FRAME_MAX];
};

/*
 * Starts a request on behalf of TAPI: sends it, or keeps it for a link that comes back before
 * LINK_WAIT_DEADLINE. Returns `id`, or an error and then nothing has happened: RESOURCEUNAVAIL, NOMEM, and
 * OPERATIONUNAVAIL where the companion speaks an older protocol, which does not know the verb.
 */
LONG request_start(DRV_REQUESTID id, const struct request_wish *wish);

/*
 * The same for what TAPI gets no completion of: digits, and a hang-up of the shim's own. Writes the request's
 * id on the link to `wire` unless it is NULL. Returns 0 or an error.
 */
LONG request_start_silently(const struct request_wish *wish, uint32_t *wire);

/* Completes without asking the companion. Returns `id`, or LINEERR_NOMEM. */
LONG request_complete_at_once(DRV_REQUESTID id, LONG result, const struct call *call);

/* The first request; the others follow by `next`. */
struct request *requests_first(void);
struct request *request_find(uint32_t wire);

/* Posts the completion and takes the request out. */
void request_complete(struct request *request, LONG result);

/* Posts the completion now; the request itself goes on, for what its result will say. */
void request_complete_early(struct request *request, LONG result);

/* TAPI gives up a call that has no result yet: completes it, and tells the companion if it knows of it. */
void request_cancel(struct request *request);

/* The same for what would create a pending call. */
void requests_cancel_new_call(uint32_t call_handle);

/* Completes what concerns a call or a line TAPI closes: a drop that is on its way with 0, the rest as failed.
 */
void requests_close_call(uint32_t call_handle);
void requests_close_line(uint32_t line);

/* A call has ended: what waited to be sent for it has nothing left to do, whether TAPI still has the call or
 * not. */
void requests_call_over(const struct call *call);

/* Asks the companion to drop a call, without TAPI. */
void request_drop_silently(const struct call *call);

/* A link or a line is there: sends what waited for it. */
void requests_send_waiting(void);

/* The link with this number is lost: completes all that was sent over it. */
void requests_link_lost(uint32_t link);

void requests_complete_all(LONG result);

/* The next deadline, 0 for none; and the completion of all whose deadline has passed. */
uint64_t requests_deadline(void);
void requests_expire(uint64_t now);

#endif

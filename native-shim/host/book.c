#include "book.h"

#include "../port/port.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

/* From the event that a call has ended to its IDLE. */
#define IDLE_DEADLINE_NS 1000000000u

static port_lock lock = PORT_LOCK_INIT;
static struct book_line lines[BOOK_LINES_MAX];
static unsigned line_count;
static struct book_call calls[BOOK_CALLS_MAX]; /* call n is at n - 1, round and round */
static unsigned last_call;
static struct book_request requests[BOOK_REQUESTS_MAX];
static unsigned request_count; /* all there ever were, round and round */
static HDRVCALL handles[BOOK_HANDLES_REMEMBERED];
static unsigned handle_count;

void book_lock(void)
{
    port_lock_acquire(&lock);
}

void book_unlock(void)
{
    port_lock_release(&lock);
}

struct book_line *book_line_create(DWORD device)
{
    if (line_count == BOOK_LINES_MAX) {
        return NULL;
    }
    struct book_line *line = &lines[line_count++];
    *line = (struct book_line){.device = device, .exists = true};
    return line;
}

struct book_line *book_line_find(DWORD device)
{
    for (unsigned i = 0; i < line_count; i++) {
        if (lines[i].exists && lines[i].device == device) {
            return &lines[i];
        }
    }
    return NULL;
}

struct book_line *book_line_first(void)
{
    for (unsigned i = 0; i < line_count; i++) {
        if (lines[i].exists) {
            return &lines[i];
        }
    }
    return NULL;
}

struct book_line *book_line_of(HTAPILINE tapi)
{
    for (unsigned i = 0; i < line_count; i++) {
        if (lines[i].tapi == tapi && tapi != NULL) {
            return &lines[i];
        }
    }
    return NULL;
}

struct book_line *book_line_open_one(void)
{
    for (unsigned i = 0; i < line_count; i++) {
        if (lines[i].open) {
            return &lines[i];
        }
    }
    return NULL;
}

static bool is_over(const struct book_call *call)
{
    return call->number == 0 || call->closed || call->failed;
}

struct book_call *book_call_create(struct book_line *line)
{
    struct book_call *call = &calls[last_call % BOOK_CALLS_MAX];
    if (!is_over(call)) {
        return NULL;
    }
    *call = (struct book_call){.number = ++last_call, .line = line};
    /* Above 4 GB where pointers allow: a provider that keeps handles in 32 bits is found out. */
    call->tapi = (HTAPICALL)(uintptr_t)((sizeof(void *) > 4 ? 0x100000000u : 0u) + 0x1000u + last_call);
    return call;
}

struct book_call *book_call_of(HTAPICALL tapi)
{
    for (unsigned i = 0; i < BOOK_CALLS_MAX && calls[i].number != 0; i++) {
        if (calls[i].tapi == tapi) {
            return &calls[i];
        }
    }
    return NULL;
}

struct book_call *book_call_named(const char *name)
{
    const long named = name[0] == 'c' ? strtol(name + 1, NULL, 10) : 0;
    const long number = strcmp(name, "last") == 0 ? (long)last_call : named;
    if (number <= 0 || number > (long)last_call) {
        return NULL;
    }
    struct book_call *call = &calls[(unsigned long)(number - 1) % BOOK_CALLS_MAX];
    return call->number == (unsigned)number ? call : NULL;
}

struct book_call *book_call_open_one(const struct book_line *line)
{
    for (unsigned i = 0; i < BOOK_CALLS_MAX && calls[i].number != 0; i++) {
        if (calls[i].line == line && !is_over(&calls[i]) && calls[i].driver != NULL) {
            return &calls[i];
        }
    }
    return NULL;
}

bool book_call_id_seen(DWORD id, const struct book_call *except)
{
    for (unsigned i = 0; i < BOOK_CALLS_MAX && calls[i].number != 0; i++) {
        if (&calls[i] != except && calls[i].id == id) {
            return true;
        }
    }
    return false;
}

void book_closing(struct book_line *line)
{
    line->closing = true;
    for (unsigned i = 0; i < BOOK_CALLS_MAX && calls[i].number != 0; i++) {
        calls[i].closing = calls[i].closing || calls[i].line == line;
    }
}

void book_close_calls_of(const struct book_line *line)
{
    for (unsigned i = 0; i < BOOK_CALLS_MAX && calls[i].number != 0; i++) {
        if (calls[i].line == line && !calls[i].closed) {
            calls[i].closing = true;
            calls[i].closed = true;
            calls[i].closed_ns = host_now_ns();
        }
    }
}

struct book_request *book_request_find(DRV_REQUESTID id)
{
    for (unsigned i = 0; i < request_count && i < BOOK_REQUESTS_MAX; i++) {
        if (requests[i].id == id) {
            return &requests[i];
        }
    }
    return NULL;
}

struct book_request *book_request_start(DRV_REQUESTID id, struct book_call *call)
{
    struct book_request *request = book_request_find(id);
    if (request == NULL) {
        request = &requests[request_count % BOOK_REQUESTS_MAX];
        if (request->state == REQUEST_RUNNING) {
            return NULL;
        }
        request_count++;
    }
    *request = (struct book_request){.id = id, .state = REQUEST_RUNNING, .call = call};
    return request;
}

unsigned book_requests_running(void)
{
    unsigned running = 0;
    for (unsigned i = 0; i < request_count && i < BOOK_REQUESTS_MAX; i++) {
        running += requests[i].state == REQUEST_RUNNING ? 1u : 0u;
    }
    return running;
}

bool book_handle_is_new(HDRVCALL driver)
{
    for (unsigned i = 0; i < handle_count && i < BOOK_HANDLES_REMEMBERED; i++) {
        if (handles[i] == driver) {
            return false;
        }
    }
    handles[handle_count++ % BOOK_HANDLES_REMEMBERED] = driver;
    return true;
}

void book_refuse(struct book_line *line, DWORD call_id)
{
    if (line->refused_count < BOOK_REFUSED_MAX) {
        line->refused[line->refused_count++] = call_id;
    }
}

bool book_is_refused(const struct book_line *line, DWORD call_id)
{
    for (unsigned i = 0; i < line->refused_count; i++) {
        if (line->refused[i] == call_id) {
            return true;
        }
    }
    return false;
}

unsigned book_calls_without_idle(void)
{
    const uint64_t now = host_now_ns();
    unsigned count = 0;
    for (unsigned i = 0; i < BOOK_CALLS_MAX && calls[i].number != 0; i++) {
        const struct book_call *call = &calls[i];
        const bool has_ended = call->told && call->state == LINECALLSTATE_DISCONNECTED;
        count += has_ended && !call->closed && now - call->state_ns > IDLE_DEADLINE_NS ? 1u : 0u;
    }
    return count;
}

void book_forget(void)
{
    for (unsigned i = 0; i < line_count; i++) {
        book_close_calls_of(&lines[i]);
        lines[i] = (struct book_line){.exists = false};
    }
    for (unsigned i = 0; i < BOOK_CALLS_MAX; i++) {
        calls[i].line = NULL;
    }
    for (unsigned i = 0; i < request_count && i < BOOK_REQUESTS_MAX; i++) {
        requests[i].state = REQUEST_DONE;
    }
    line_count = 0;
}

void book_forget_handles(void)
{
    handle_count = 0;
}

#include "book.h"

#include "../port/port.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static port_lock lock = PORT_LOCK_INIT;
static struct book_line lines[BOOK_LINES_MAX];
static unsigned line_count;
static struct book_call calls[BOOK_CALLS_MAX];
static unsigned call_count;
static struct book_request requests[BOOK_REQUESTS_MAX];
static unsigned request_count;
static unsigned found;

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

struct book_call *book_call_create(struct book_line *line)
{
    if (call_count == BOOK_CALLS_MAX) {
        return NULL;
    }
    struct book_call *call = &calls[call_count++];
    *call = (struct book_call){.number = call_count, .line = line};
    /* Above 4 GB where pointers allow: a provider that keeps handles in 32 bits is found out. */
    call->tapi = (HTAPICALL)(uintptr_t)((sizeof(void *) > 4 ? 0x100000000u : 0u) + 0x1000u + call_count);
    return call;
}

struct book_call *book_call_of(HTAPICALL tapi)
{
    for (unsigned i = 0; i < call_count; i++) {
        if (calls[i].tapi == tapi) {
            return &calls[i];
        }
    }
    return NULL;
}

struct book_call *book_call_named(const char *name)
{
    if (strcmp(name, "last") == 0) {
        return call_count > 0 ? &calls[call_count - 1] : NULL;
    }
    const long number = name[0] == 'c' ? strtol(name + 1, NULL, 10) : 0;
    return number > 0 && number <= (long)call_count ? &calls[number - 1] : NULL;
}

bool book_call_id_seen(DWORD id, const struct book_call *except)
{
    for (unsigned i = 0; i < call_count; i++) {
        if (&calls[i] != except && calls[i].id == id) {
            return true;
        }
    }
    return false;
}

void book_close_calls_of(const struct book_line *line)
{
    for (unsigned i = 0; i < call_count; i++) {
        if (calls[i].line == line && !calls[i].closed) {
            calls[i].closed = true;
            calls[i].closed_ns = host_now_ns();
        }
    }
}

struct book_request *book_request_find(DRV_REQUESTID id)
{
    for (unsigned i = 0; i < request_count; i++) {
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
        if (request_count == BOOK_REQUESTS_MAX) {
            return NULL;
        }
        request = &requests[request_count++];
    }
    *request = (struct book_request){.id = id, .state = REQUEST_RUNNING, .call = call};
    return request;
}

unsigned book_requests_running(void)
{
    unsigned running = 0;
    for (unsigned i = 0; i < request_count; i++) {
        running += requests[i].state == REQUEST_RUNNING ? 1u : 0u;
    }
    return running;
}

void violation(const char *rule, const char *detail)
{
    struct output out;
    book_lock();
    found++;
    book_unlock();
    output_begin(&out, "violation");
    output_text(&out, "rule", rule);
    output_text(&out, "detail", detail);
    output_end(&out);
}

unsigned violations(void)
{
    book_lock();
    const unsigned count = found;
    book_unlock();
    return count;
}

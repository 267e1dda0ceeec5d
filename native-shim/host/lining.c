#include "lining.h"

#include "../port/port.h"
#include "callbacks.h"
#include "commands.h"
#include "guard.h"
#include "library.h"
#include "subjects.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define BINDING_THREADS_MAX 64
#define BINDING_DEADLINE 5000u

/* Every bit a program may ask to hear of. */
#define LINE_STATES 0x01FFFFFFu
#define ADDRESS_STATES 0x1FFu

/* Lines created at run time: their ids do not follow those that were counted. */
#define FIRST_CREATED_DEVICE 100u

static atomic_uint created_count;
static atomic_uint bound_count;
static port_thread *binders[BINDING_THREADS_MAX];
static unsigned binder_count;

static LONG open_line(struct book_line *line)
{
    DWORD addresses = 0;
    guard_opening(true);
    LONG result = tspi.TSPI_lineOpen(line->device, line->tapi, &line->driver, host_version, on_line_event);
    if (result == 0) {
        result = tspi.TSPI_lineGetNumAddressIDs(line->driver, &addresses);
    }
    if (result == 0) {
        result = tspi.TSPI_lineSetDefaultMediaDetection(line->driver, LINEMEDIAMODE_INTERACTIVEVOICE);
    }
    guard_opening(false);
    return result != 0 ? result : tspi.TSPI_lineSetStatusMessages(line->driver, LINE_STATES, ADDRESS_STATES);
}

void run_open(struct output *out, char **words)
{
    book_lock();
    struct book_line *line = strcmp(words[1], "first") == 0
                                 ? book_line_first()
                                 : book_line_find((DWORD)strtoul(words[1], NULL, 0));
    if (line != NULL) {
        line->tapi = (HTAPILINE)(uintptr_t)((sizeof(void *) > 4 ? 0x200000000u : 0u) + 0x100u + line->device);
        line->open = true;
        line->closing = false;
        line->refused_count = 0;
        line->opened_ns = host_now_ns();
    }
    book_unlock();
    if (line == NULL) {
        subject_problem(out, "no such line");
        return;
    }
    const LONG result = open_line(line);
    book_lock();
    line->open = result == 0;
    book_unlock();
    subject_result(out, result);
    output_number(out, "device", line->device);
    output_hex(out, "line", (uintptr_t)line->tapi);
}

LONG close_line(struct book_line *line)
{
    book_lock();
    book_closing(line);
    book_unlock();
    const LONG result = tspi.TSPI_lineClose(line->driver);
    book_lock();
    line->open = false;
    line->closed_ns = host_now_ns();
    book_close_calls_of(line);
    book_unlock();
    return result;
}

void run_close(struct output *out, char **words)
{
    (void)words;
    struct book_line *line = subject_open_line(out);
    if (line != NULL) {
        subject_result(out, close_line(line));
    }
}

static void bind_line(void *argument)
{
    struct output out;
    const DWORD_PTR token = (DWORD_PTR)argument;
    const DWORD device = FIRST_CREATED_DEVICE + (DWORD)atomic_fetch_add(&created_count, 1);
    book_lock();
    struct book_line *line = book_line_create(device);
    book_unlock();
    if (line == NULL) {
        violation(RULE_HOST_LIMIT, "there is no room for another line");
        return;
    }
    const LONG result = tspi.TSPI_providerCreateLineDevice(token, device);
    if (result != 0) {
        book_lock();
        line->exists = false;
        book_unlock();
    } else {
        bound_count++;
    }
    output_begin(&out, "lineCreate");
    output_number(&out, "device", device);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
}

static void join_binders(void)
{
    for (unsigned i = 0; i < binder_count; i++) {
        port_thread_join(binders[i], BINDING_DEADLINE);
    }
    binder_count = 0;
}

void line_created(DWORD_PTR token)
{
    if (binder_count == BINDING_THREADS_MAX) {
        join_binders();
    }
    binders[binder_count] = port_thread_start(bind_line, (void *)token);
    if (binders[binder_count] != NULL) {
        binder_count++;
    }
}

void line_removed(DWORD device)
{
    struct output out;
    book_lock();
    struct book_line *line = book_line_find(device);
    if (line != NULL) {
        line->exists = false;
        line->open = false;
        line->closed_ns = host_now_ns();
        book_close_calls_of(line);
    }
    book_unlock();
    output_begin(&out, "lineRemove");
    output_number(&out, "device", device);
    output_end(&out);
    if (line == NULL) {
        violation(RULE_REMOVED_LINE, "the provider has no such device");
    }
}

void lines_settle(void)
{
    join_binders();
    created_count = 0;
    bound_count = 0;
}

bool lines_are_bound(void)
{
    return bound_count > 0;
}

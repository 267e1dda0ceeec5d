#include "digits.h"

#include "../port/port.h"
#include "events.h"
#include "model.h"
#include "requests.h"

#include <stdlib.h>

struct job {
    struct job *next;
    uint32_t call_handle;
    DWORD id;      /* dwEndToEndID */
    uint32_t wire; /* request id on the link while it is under way */
    DWORD reason;  /* LINEGENERATETERM_ value once it is over, else 0 */
    DWORD tick;    /* when it was over */
};

static struct job *first; /* in the order TAPI asked */
static uint32_t count;

static void end(struct job *job, DWORD reason)
{
    job->reason = reason;
    job->tick = port_tick_ms();
    model_changed();
}

static struct job *append(uint32_t call_handle, DWORD id)
{
    struct job *job = count < DIGIT_JOBS_MAX ? calloc(1, sizeof *job) : NULL;
    if (job == NULL) {
        return NULL;
    }
    struct job **at = &first;
    while (*at != NULL) {
        at = &(*at)->next;
    }
    *at = job;
    count++;
    job->call_handle = call_handle;
    job->id = id;
    return job;
}

static void remove_job(struct job *job)
{
    struct job **at = &first;
    while (*at != job) {
        at = &(*at)->next;
    }
    *at = job->next;
    count--;
    free(job);
}

/* The job of the call that is under way; `except` is left out. */
static struct job *running(uint32_t call_handle, const struct job *except)
{
    struct job *job = first;
    while (job != NULL && (job->call_handle != call_handle || job->reason != 0 || job == except)) {
        job = job->next;
    }
    return job;
}

static void cancel(struct job *job)
{
    struct request *request = job == NULL ? NULL : request_find(job->wire);
    if (job == NULL) {
        return;
    }
    end(job, LINEGENERATETERM_CANCEL);
    if (request != NULL) {
        request_cancel(request);
    }
}

LONG digits_start(const struct call *call, DWORD id, const char *digits, uint32_t duration)
{
    const struct request_wish wish = {
        .verb = REQUEST_GENERATE_DIGITS, .call = call, .text = digits, .duration = duration};
    struct job *job = append(call->handle, id);
    if (job == NULL) {
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    const LONG result = digits[0] == '\0' ? 0 : request_start_silently(&wish, &job->wire);
    if (result != 0) {
        remove_job(job);
        return result;
    }
    cancel(running(call->handle, job));
    if (digits[0] == '\0') {
        end(job, LINEGENERATETERM_DONE);
    }
    return 0;
}

void digits_cancel(uint32_t call_handle)
{
    cancel(running(call_handle, NULL));
}

void digits_over(uint32_t wire, bool done)
{
    for (struct job *job = first; job != NULL; job = job->next) {
        if (job->wire == wire && job->reason == 0) {
            end(job, done ? LINEGENERATETERM_DONE : LINEGENERATETERM_CANCEL);
        }
    }
}

static struct job *next_over(void)
{
    struct job *job = first;
    while (job != NULL && job->reason == 0) {
        job = job->next;
    }
    return job;
}

void digits_deliver(void)
{
    struct job *job;
    while ((job = next_over()) != NULL) {
        const struct job over = *job;
        remove_job(job);
        event_call(over.call_handle, LINE_GENERATE, over.reason, over.id, over.tick);
    }
}

void digits_clear(void)
{
    while (first != NULL) {
        remove_job(first);
    }
}

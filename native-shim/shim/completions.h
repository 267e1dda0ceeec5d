/*
 * What TAPI will hear of its requests: completions that are posted and wait for the dispatcher. The caller
 * holds the model lock.
 */
#ifndef TAPLINE_COMPLETIONS_H
#define TAPLINE_COMPLETIONS_H

#include "telephony.h"

#include <stdint.h>

struct completion {
    struct completion *next;
    DRV_REQUESTID id;
    LONG result;
    uint32_t line; /* line and call id, for the report */
    uint32_t call;
};

/* Appends; the queue owns it. */
void completion_post(struct completion *completion);

/* The oldest completion, owned by the caller until completion_delivered frees it. NULL: none. */
struct completion *completion_take(void);
void completion_delivered(struct completion *completion);

/* Forgets what TAPI would not take, for shutdown. */
void completions_clear(void);

/* Counts of all completions ever posted and delivered, to wait for one. */
uint64_t completions_posted(void);
uint64_t completions_delivered(void);

#endif

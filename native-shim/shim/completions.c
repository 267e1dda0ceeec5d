#include "completions.h"

#include "model.h"

#include <stdlib.h>

static struct completion *head;
static struct completion **tail = &head;
static uint64_t posted;
static uint64_t delivered;

void completion_post(struct completion *completion)
{
    *tail = completion;
    tail = &completion->next;
    posted++;
    model_changed();
}

struct completion *completion_take(void)
{
    struct completion *completion = head;
    if (completion != NULL) {
        head = completion->next;
        if (head == NULL) {
            tail = &head;
        }
    }
    return completion;
}

void completion_delivered(struct completion *completion)
{
    delivered++;
    model_changed();
    free(completion);
}

uint64_t completions_posted(void)
{
    return posted;
}

uint64_t completions_delivered(void)
{
    return delivered;
}

void completions_clear(void)
{
    struct completion *completion;
    while ((completion = completion_take()) != NULL) {
        completion_delivered(completion);
    }
}

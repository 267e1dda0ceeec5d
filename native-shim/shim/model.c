#include "model.h"

struct provider provider;

static port_lock lock = PORT_LOCK_INIT;
static port_condition changed = PORT_CONDITION_INIT;
static uint64_t changes;

void model_lock(void)
{
    port_lock_acquire(&lock);
}

void model_unlock(void)
{
    port_lock_release(&lock);
}

void model_changed(void)
{
    changes++;
    port_condition_broadcast(&changed);
}

uint64_t model_changes(void)
{
    return changes;
}

void model_wait(uint32_t milliseconds)
{
    port_condition_wait(&changed, &lock, milliseconds);
}

uint64_t model_now(void)
{
    return port_now_us() / 1000u + 1u;
}

uint32_t model_remaining(uint64_t deadline, uint64_t now)
{
    if (deadline == 0) {
        return PORT_FOREVER;
    }
    return deadline > now ? (uint32_t)(deadline - now) : 0;
}

uint64_t model_earlier(uint64_t one, uint64_t other)
{
    if (one == 0 || other == 0) {
        return one == 0 ? other : one;
    }
    return one < other ? one : other;
}

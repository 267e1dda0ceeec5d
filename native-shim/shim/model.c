#include "model.h"

#include "constants.h"

#include <stdatomic.h>

struct provider provider;

static port_lock lock = PORT_LOCK_INIT;
static port_condition changed = PORT_CONDITION_INIT;
static uint64_t changes;
static atomic_uint waiting; /* threads that want the lock */
static port_condition turned = PORT_CONDITION_INIT;
static bool gives_way; /* a thread has left the lock to those that want it, until one has had it */

void model_lock(void)
{
    waiting++;
    port_lock_acquire(&lock);
    waiting--;
}

void model_unlock(void)
{
    if (gives_way) {
        port_condition_broadcast(&turned);
    }
    port_lock_release(&lock);
}

void model_give_way(void)
{
    if (waiting != 0) {
        gives_way = true;
        port_condition_wait(&turned, &lock, GIVE_WAY_LONGEST);
        gives_way = false;
    }
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

#include "handles.h"

#include "constants.h"

#include <stdbool.h>
#include <stdlib.h>

/* A key is (serial << INDEX_BITS | index). Serials count all handles ever made, so a key returns after 2^18.
 */
#define INDEX_BITS 14u
#define INDEX_MASK ((1u << INDEX_BITS) - 1u)
#define SERIAL_MASK (0xFFFFFFFFu >> INDEX_BITS)
#define FIRST_CAPACITY 64u

_Static_assert(HANDLES_MAX <= INDEX_MASK + 1u, "an index does not fit into a key");

struct slot {
    void *object;
    uint32_t key;
    enum handle_kind kind;
    uint32_t next_free; /* index + 1; 0: none */
};

static struct slot *slots;
static uint32_t slots_used;
static uint32_t slots_capacity;
static uint32_t first_free;  /* index + 1; 0: none */
static uint32_t last_serial; /* outlives handles_clear by intent */

static bool grow(void)
{
    const uint32_t capacity = slots_capacity == 0 ? FIRST_CAPACITY : slots_capacity * 2;
    if (capacity > HANDLES_MAX) {
        return false;
    }
    struct slot *larger = realloc(slots, capacity * sizeof *larger);
    if (larger == NULL) {
        return false;
    }
    slots = larger;
    slots_capacity = capacity;
    return true;
}

static uint32_t next_serial(void)
{
    last_serial = (last_serial + 1u) & SERIAL_MASK;
    if (last_serial == 0) {
        last_serial = 1;
    }
    return last_serial;
}

uint32_t handle_create(enum handle_kind kind, void *object)
{
    uint32_t index;
    if (first_free != 0) {
        index = first_free - 1;
        first_free = slots[index].next_free;
    } else {
        if (slots_used == slots_capacity && !grow()) {
            return 0;
        }
        index = slots_used++;
    }
    slots[index] = (struct slot){.object = object, .key = next_serial() << INDEX_BITS | index, .kind = kind};
    return slots[index].key;
}

static struct slot *find_slot(uintptr_t handle)
{
    const uintptr_t index = handle & INDEX_MASK;
    if (index >= slots_used || slots[index].kind == HANDLE_FREE || slots[index].key != handle) {
        return NULL;
    }
    return &slots[index];
}

void *handle_find(enum handle_kind kind, uintptr_t handle)
{
    const struct slot *slot = find_slot(handle);
    return slot != NULL && slot->kind == kind ? slot->object : NULL;
}

void handle_release(uint32_t handle)
{
    struct slot *slot = find_slot(handle);
    if (slot == NULL) {
        return;
    }
    *slot = (struct slot){.kind = HANDLE_FREE, .next_free = first_free};
    first_free = (uint32_t)(slot - slots) + 1u;
}

void handles_clear(void)
{
    free(slots);
    slots = NULL;
    slots_used = 0;
    slots_capacity = 0;
    first_free = 0;
}

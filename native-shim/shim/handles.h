/*
 * Handles that TAPI holds: keys of a table, never pointers. A key carries the generation of its slot, so that
 * a handle given back does not come to mean something else for a long time. The caller holds the model lock.
 */
#ifndef TAPLINE_HANDLES_H
#define TAPLINE_HANDLES_H

#include <stddef.h>
#include <stdint.h>

enum handle_kind { HANDLE_FREE, HANDLE_LINE, HANDLE_CALL };

/* A new handle for `object`, never 0; 0: HANDLES_MAX are in use, or no memory. */
uint32_t handle_create(enum handle_kind kind, void *object);

/* What a handle stands for; NULL: 0, given back, of another kind, or never made. */
void *handle_find(enum handle_kind kind, uintptr_t handle);

/* Gives a handle back; 0 is allowed. */
void handle_release(uint32_t handle);

/* Gives all handles back and frees the table's memory. Later handles still differ from all earlier ones. */
void handles_clear(void);

#endif

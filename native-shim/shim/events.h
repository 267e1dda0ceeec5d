/*
 * Callbacks into TAPI. The dispatcher alone makes them, one after the other. The caller holds the model lock;
 * it is released while TAPI runs, and TAPI may call any TSPI function meanwhile: what was looked up before
 * has to be looked up again, by id or handle.
 */
#ifndef TAPLINE_EVENTS_H
#define TAPLINE_EVENTS_H

#include "telephony.h"

#include <stdbool.h>
#include <stdint.h>

/* Delivers all posted completions. */
void events_deliver_completions(void);

/* A line event; nothing happens unless TAPI has the line open. `line` is the companion's id. */
void event_line(uint32_t line, DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3);

/* A call event; nothing happens unless TAPI knows the call. `handle` is the shim's. */
void event_call(uint32_t handle, DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3);

/* LINE_NEWCALL. TAPI's handle of the call, NULL when it refuses or the call is gone. */
HTAPICALL event_new_call(uint32_t handle);

/* LINE_CREATE and LINE_REMOVE. */
void event_create(uint32_t line, uint32_t token);
void event_remove(uint32_t line, DWORD device);

#endif

/*
 * Frames that wait to be written to the companion. TSPI functions append, the link thread writes; nobody
 * waits. The caller holds the model lock, except for outgoing_written, which only the link thread calls.
 */
#ifndef TAPLINE_OUTGOING_H
#define TAPLINE_OUTGOING_H

#include "../generated/wire.h"

/* The link thread lives: memory for the queue. False: none. outgoing_destroy gives it back. */
bool outgoing_create(void);
void outgoing_destroy(void);

/*
 * A connection stands: starts with an empty queue, closed to all but the hello. Returns the connection's
 * number.
 */
uint32_t outgoing_begin(const uint8_t *hello, size_t size);

/* The connection is over: what waited is forgotten. */
void outgoing_end(void);

/* The snapshot of connection `number` was taken over: from here on requests are sent, in this protocol. */
void outgoing_open(uint32_t number, uint16_t protocol);
bool outgoing_is_open(void);

/* The protocol both sides speak while it is open. */
uint16_t outgoing_protocol(void);

/* Appends a frame. False: not open, or OUTGOING_BYTES_MAX reached. */
bool outgoing_append(const uint8_t *frame, size_t size);

/* What to write next, all that waits at once. False: nothing. */
bool outgoing_next(const uint8_t **data, size_t *size);

/* So many bytes of it were written. */
void outgoing_written(size_t size);

/* Appends a report, unless there is no link or much waits already. */
void outgoing_report(const wire_report *report);

#endif

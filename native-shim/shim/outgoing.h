/*
 * Frames that wait to be written to each companion. TSPI functions append, the link thread writes; nobody
 * waits, and no companion that does not read keeps another one's frames. The caller holds the model lock,
 * except for outgoing_written, which only the link thread calls. A link that is NULL is one that is not open.
 */
#ifndef TAPLINE_OUTGOING_H
#define TAPLINE_OUTGOING_H

#include "links.h"

/* Memory for the link's queue, closed to all but the hello. False: there is none. */
bool outgoing_begin(struct link *link, const uint8_t *hello, size_t size);

/* The connection is over: what waited is forgotten. */
void outgoing_end(struct link *link);

/* The link's snapshot was taken over: from here on requests are sent, in its protocol. */
void outgoing_open(struct link *link);
bool outgoing_is_open(const struct link *link);

/* Appends a frame. False: not open, or OUTGOING_BYTES_MAX reached. */
bool outgoing_append(struct link *link, const uint8_t *frame, size_t size);

/* What to write next, all that waits at once. False: nothing. */
bool outgoing_next(struct link *link, const uint8_t **data, size_t *size);

/* So many bytes of it were written. */
void outgoing_written(struct link *link, size_t size);

/*
 * Appends a report for the companion that publishes its line, unless there is none or much waits already.
 * What passes on one person's line is nothing for another's companion.
 */
void outgoing_report(const wire_report *report);

/* Tells a companion that another one's word counts for a line. Protocol 2. */
void outgoing_report_ignored(struct link *link, const struct line *line);

#endif

/*
 * Keeps the lines on disk, so that they are there before their companion is. The caller holds the model lock.
 */
#ifndef TAPLINE_LINE_STORE_H
#define TAPLINE_LINE_STORE_H

#include "lines.h"

/* Replaces the lines by those of the table on disk, each with its place in it. A damaged table has none. */
void line_store_load(void);

/* A line is new, gone, or shows other properties: the table is to be written. */
void line_store_changed(void);

/*
 * Writes the table if it is to be. The lock is released meanwhile: only the dispatcher calls this. True: it
 * was written, or tried; what failed is tried again with the next change.
 */
bool line_store_write(void);

/* The same when there is no dispatcher any more: also tries again what has failed. */
void line_store_finish(void);

/* Forgets that something is to be written. */
void line_store_clear(void);

#endif

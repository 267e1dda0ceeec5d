#include "line-store.h"

#include "../port/files.h"
#include "line-table.h"
#include "model.h"
#include "text.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

static bool changed;
static bool failed; /* what is on disk is older than what was to be written */

static void take(void *context, const wire_line *from)
{
    uint32_t *place = context;
    struct line *line = line_find(from->line) == NULL ? line_create(from->line) : NULL;
    if (line == NULL) {
        return;
    }
    line_update(line, from);
    line->in_service = false; /* nobody has said so yet */
    line->place = ++*place;
}

void line_store_load(void)
{
    uint32_t count = 0;
    size_t size = 0;
    uint8_t *bytes = port_state_read(LINE_TABLE_FILE, LINE_TABLE_SIZE(LINES_MAX), &size);
    lines_clear();
    line_store_clear();
    if (bytes != NULL && !line_table_read(bytes, size, take, &count)) {
        trace("lines: the table on disk is damaged or of another release, and is not used");
    }
    free(bytes);
}

void line_store_changed(void)
{
    changed = true;
    model_changed();
}

void line_store_clear(void)
{
    changed = false;
    failed = false;
}

static wire_line entry_of(const struct line *line)
{
    wire_line entry = {
        .line = line->id,
        .name = text_of(line->name),
        .address = text_of(line->address),
        .switch_name = text_of(line->switch_name),
        .in_service = true,
        .line_features = line->line_features,
        .address_features = line->address_features,
        .call_features = line->call_features,
        .max_active_calls = line->max_active_calls,
    };
    memcpy(entry.guid, line->guid, sizeof entry.guid);
    return entry;
}

/* The oldest line comes first: devices keep their order over the years. */
static size_t fill(struct line_table_writer *writer, const struct line *const *order)
{
    for (; *order != NULL; order++) {
        const wire_line entry = entry_of(*order);
        if (!line_table_append(writer, &entry)) {
            trace("line %u: cannot be kept", (unsigned)(*order)->id);
        }
    }
    return line_table_end(writer);
}

/* The table as it is to be; NULL: no memory. */
static uint8_t *encode(size_t *size)
{
    struct line_table_writer writer;
    uint32_t count = 0;
    const struct line **order = lines_in_order(&count);
    uint8_t *bytes = order == NULL ? NULL : malloc(LINE_TABLE_SIZE(count));
    if (bytes != NULL) {
        line_table_begin(&writer, bytes, LINE_TABLE_SIZE(count));
        *size = fill(&writer, order);
    }
    free(order);
    return bytes;
}

bool line_store_write(void)
{
    size_t size = 0;
    if (!changed) {
        return false;
    }
    changed = false;
    uint8_t *bytes = encode(&size);
    if (bytes == NULL) {
        failed = true;
        return true;
    }
    model_unlock();
    const bool written = port_state_write(LINE_TABLE_FILE, bytes, size);
    model_lock();
    failed = !written;
    free(bytes);
    return true;
}

void line_store_finish(void)
{
    changed = changed || failed;
    line_store_write();
}

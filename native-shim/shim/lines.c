#include "lines.h"

#include "handles.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static struct line *first;
static uint32_t count;
static uint32_t last_token; /* outlives lines_clear, so that a stale LINE_CREATE binds nothing */

struct line *lines_first(void)
{
    return first;
}

struct line *line_find(uint32_t id)
{
    struct line *line = first;
    while (line != NULL && line->id != id) {
        line = line->next;
    }
    return line;
}

struct line *line_find_device(DWORD device)
{
    struct line *line = first;
    while (line != NULL && !(line->created && line->device == device)) {
        line = line->next;
    }
    return line;
}

struct line *line_find_token(DWORD_PTR token)
{
    struct line *line = first;
    while (line != NULL && line->token != token) {
        line = line->next;
    }
    return line;
}

struct line *line_find_handle(HDRVLINE handle)
{
    return handle_find(HANDLE_LINE, (uintptr_t)handle);
}

const struct line **lines_in_order(uint32_t *total)
{
    const struct line **order = calloc(count + 1u, sizeof(const struct line *));
    uint32_t at = count;
    for (const struct line *line = first; order != NULL && line != NULL && at > 0; line = line->next) {
        order[--at] = line;
    }
    *total = count;
    return order;
}

struct line *line_create(uint32_t id)
{
    struct line *line = count < LINES_MAX ? calloc(1, sizeof *line) : NULL;
    if (line == NULL) {
        return NULL;
    }
    line->id = id;
    line->token = ++last_token;
    line->next = first;
    first = line;
    count++;
    return line;
}

static bool update_number(uint32_t *value, uint32_t new_value)
{
    const bool differs = *value != new_value;
    *value = new_value;
    return differs;
}

bool line_update(struct line *line, const wire_line *from)
{
    bool changed = memcmp(line->guid, from->guid, sizeof line->guid) != 0;
    memcpy(line->guid, from->guid, sizeof line->guid);
    changed |= text_update(line->name, sizeof line->name, from->name);
    changed |= text_update(line->address, sizeof line->address, from->address);
    changed |= text_update(line->switch_name, sizeof line->switch_name, from->switch_name);
    changed |= update_number(&line->call_features, from->call_features);
    changed |=
        update_number(&line->max_active_calls, from->max_active_calls == 0 ? 1 : from->max_active_calls);
    /* Out of service the features are 0; the caps keep showing what the line can do in service. */
    if (from->in_service) {
        changed |= update_number(&line->line_features, from->line_features);
        changed |= update_number(&line->address_features, from->address_features);
    }
    line->in_service = from->in_service;
    return changed;
}

void line_remove(struct line *line)
{
    struct line **at = &first;
    while (*at != line) {
        at = &(*at)->next;
    }
    *at = line->next;
    count--;
    handle_release(line->handle);
    free(line);
}

void lines_clear(void)
{
    while (first != NULL) {
        line_remove(first);
    }
}

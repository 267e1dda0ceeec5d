/* The table of lines: its bytes, its file, and the order in which lines come back. */
#include "../shim/line-table.h"

#include "../port/files.h"
#include "../shim/line-store.h"
#include "../shim/model.h"
#include "../shim/text.h"
#include "a-line.h"
#include "check.h"
#include "state-folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES 3u

static uint8_t table[LINE_TABLE_SIZE(LINES)];
static size_t table_size;
static uint32_t taken[LINES];
static uint32_t taken_count;

static void take(void *context, const wire_line *line)
{
    (void)context;
    if (taken_count < LINES) {
        taken[taken_count] = line->line;
    }
    taken_count++;
}

static wire_line line_with(uint32_t id, const char *name)
{
    return (wire_line){
        .line = id, .name = text_of(name), .address = text_of("831"), .in_service = true, .line_features = 8};
}

static void write_table(void)
{
    struct line_table_writer writer;
    line_table_begin(&writer, table, sizeof table);
    for (uint32_t i = 0; i < LINES; i++) {
        const wire_line line = line_with(900u - i, "Käthe (370)");
        CHECK(line_table_append(&writer, &line));
    }
    table_size = line_table_end(&writer);
    taken_count = 0;
}

static void a_table_reads_as_it_was_written(void)
{
    write_table();
    CHECK(line_table_read(table, table_size, take, NULL));
    CHECK(taken_count == LINES && taken[0] == 900 && taken[1] == 899 && taken[2] == 898);
}

/* No bit can change, and no byte can be missing, without being noticed; and nothing is taken then. */
static void damage_is_noticed(void)
{
    uint8_t *copy = memory_of(sizeof table);
    write_table();
    for (size_t i = 0; i < table_size; i++) {
        memcpy(copy, table, table_size);
        copy[i] ^= (uint8_t)(1u << (i % 8u));
        CHECK(!line_table_read(copy, table_size, take, NULL));
    }
    free(copy);
    for (size_t size = 0; size < table_size; size++) {
        uint8_t *exact = memory_of(size);
        memcpy(exact, table, size);
        CHECK(!line_table_read(exact, size, take, NULL));
        free(exact);
    }
    CHECK(taken_count == 0);
}

static void the_longest_lines_fit(void)
{
    static uint8_t large[LINE_TABLE_SIZE(1)];
    struct line_table_writer writer;
    char name[NAME_BYTES_MAX + 1];
    char address[NUMBER_BYTES_MAX + 1];
    memset(name, 'x', NAME_BYTES_MAX);
    name[NAME_BYTES_MAX] = '\0';
    memset(address, '1', NUMBER_BYTES_MAX);
    address[NUMBER_BYTES_MAX] = '\0';
    wire_line line = line_with(UINT32_MAX, name);
    line.address = text_of(address);
    line.switch_name = text_of(name);
    line_table_begin(&writer, large, sizeof large);
    CHECK(line_table_append(&writer, &line));
    CHECK(!line_table_append(&writer, &line));
    CHECK(line_table_end(&writer) == sizeof large);
    taken_count = 0;
    CHECK(line_table_read(large, sizeof large, take, NULL) && taken_count == 1);
    line.line = 0;
    line_table_begin(&writer, large, sizeof large);
    CHECK(!line_table_append(&writer, &line));
    CHECK(line_table_read(large, line_table_end(&writer), take, NULL) && taken_count == 1);
}

static void without_a_folder(void)
{
    state_folder_end();
    lines_clear();
    line_store_clear();
}

static void publish(uint32_t id, const char *name)
{
    const wire_line from = line_with(id, name);
    struct line *line = line_find(id) == NULL ? a_line(id) : line_find(id);
    line_update(line, &from);
    line_store_changed();
}

static void store(void)
{
    model_lock();
    CHECK(line_store_write());
    CHECK(!line_store_write());
    model_unlock();
}

static void load(void)
{
    model_lock();
    line_store_load();
    model_unlock();
}

/* Statement 33 of the conformance list: ids stay, whatever else changes. */
static void lines_come_back_in_their_order(void)
{
    state_folder_begin();
    load();
    CHECK(lines_first() == NULL);
    publish(900, "Anna");
    publish(5, "Berta");
    publish(77, "Carl");
    store();
    for (int round = 0; round < 2; round++) {
        load();
        CHECK(line_find(900) != NULL && line_find(900)->place == 1);
        CHECK(line_find(5) != NULL && line_find(5)->place == 2);
        CHECK(line_find(77) != NULL && line_find(77)->place == 3);
        CHECK(strcmp(line_find(5)->name, "Berta") == 0 && line_find(5)->line_features == 8);
        CHECK(!line_find(5)->in_service && line_find(5)->publisher == 0);
        line_store_changed();
        store();
    }
    line_remove(line_find(900));
    publish(5, "Berta Neu");
    publish(3, "Dora");
    store();
    load();
    CHECK(line_find(900) == NULL);
    CHECK(line_find(5)->place == 1 && strcmp(line_find(5)->name, "Berta Neu") == 0);
    CHECK(line_find(3)->place == 3);
    without_a_folder();
}

static void a_damaged_file_is_no_table(void)
{
    static const uint8_t noise[100] = {'T', 'A', 'P', 'L', 'I', 'N', 'E', 'S', 1};
    state_folder_begin();
    CHECK(port_state_write(LINE_TABLE_FILE, noise, sizeof noise));
    publish(1, "Anna");
    load();
    CHECK(lines_first() == NULL);
    without_a_folder();
}

static void a_file_that_cannot_be_written_changes_nothing(void)
{
    state_folder_begin();
    publish(1, "Anna");
    store();
    CHECK(state_folder_block(LINE_TABLE_FILE ".new"));
    CHECK(!port_state_write(LINE_TABLE_FILE, table, 1));
    load();
    CHECK(line_find(1) != NULL);
    CHECK(state_folder_unblock(LINE_TABLE_FILE ".new"));
    size_t size = 0;
    CHECK(port_state_read(LINE_TABLE_FILE, 10, &size) == NULL);
    without_a_folder();
    CHECK(!port_state_write(LINE_TABLE_FILE, table, 1));
}

static void what_could_not_be_written_is_tried_again_at_the_end(void)
{
    state_folder_begin();
    CHECK(state_folder_block(LINE_TABLE_FILE ".new"));
    publish(1, "Anna");
    store();
    CHECK(state_folder_unblock(LINE_TABLE_FILE ".new"));
    model_lock();
    line_store_finish();
    model_unlock();
    load();
    CHECK(line_find(1) != NULL);
    without_a_folder();
}

void test_line_tables(void)
{
    RUN(a_table_reads_as_it_was_written);
    RUN(damage_is_noticed);
    RUN(the_longest_lines_fit);
    RUN(lines_come_back_in_their_order);
    RUN(a_damaged_file_is_no_table);
    RUN(a_file_that_cannot_be_written_changes_nothing);
    RUN(what_could_not_be_written_is_tried_again_at_the_end);
}

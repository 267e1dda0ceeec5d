#include "kept-lines.h"

#include "../port/files.h"
#include "../shim/line-table.h"

#include <stdlib.h>
#include <windows.h>
#include <winsvc.h>

bool kept_lines_each(void (*take)(void *context, const wire_line *line), void *context)
{
    size_t size = 0;
    uint8_t *bytes = port_state_read(LINE_TABLE_FILE, LINE_TABLE_SIZE(LINES_MAX), &size);
    const bool read = bytes != NULL && line_table_read(bytes, size, take, context);
    free(bytes);
    return read;
}

struct rest {
    struct line_table_writer writer;
    uint32_t without;
    bool found;
    bool whole;
};

static void keep_others(void *context, const wire_line *line)
{
    struct rest *rest = context;
    if (line->line == rest->without) {
        rest->found = true;
    } else {
        rest->whole = line_table_append(&rest->writer, line) && rest->whole;
    }
}

/* The service holds the lines in memory and would write this one again. */
static bool service_is_running(void)
{
    SERVICE_STATUS status = {0};
    const SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    const SC_HANDLE service =
        manager == NULL ? NULL : OpenServiceW(manager, L"TapiSrv", SERVICE_QUERY_STATUS);
    const bool running =
        service != NULL && QueryServiceStatus(service, &status) && status.dwCurrentState != SERVICE_STOPPED;
    if (service != NULL) {
        CloseServiceHandle(service);
    }
    if (manager != NULL) {
        CloseServiceHandle(manager);
    }
    return running;
}

enum setup_exit kept_lines_forget(uint32_t id)
{
    struct rest rest = {.without = id, .whole = true};
    const size_t capacity = LINE_TABLE_SIZE(LINES_MAX);
    uint8_t *bytes = malloc(capacity);
    enum setup_exit outcome = SETUP_DONE;
    if (bytes == NULL) {
        return SETUP_TABLE_UNUSABLE;
    }
    line_table_begin(&rest.writer, bytes, capacity);
    /* NOLINTNEXTLINE(bugprone-branch-clone): the first reason that holds is told, so their order counts. */
    if (!kept_lines_each(keep_others, &rest) || !rest.whole) {
        outcome = SETUP_TABLE_UNUSABLE;
    } else if (!rest.found) {
        outcome = SETUP_LINE_UNKNOWN;
    } else if (service_is_running()) {
        outcome = SETUP_SERVICE_RUNNING;
    } else if (!port_state_write(LINE_TABLE_FILE, bytes, line_table_end(&rest.writer))) {
        outcome = SETUP_TABLE_UNUSABLE;
    }
    free(bytes);
    return outcome;
}

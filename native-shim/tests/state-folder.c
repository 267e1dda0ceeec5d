#include "state-folder.h"

#include "../port/port.h"
#include "../shim/line-table.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MAX_BYTES 300

static char folder[PATH_MAX_BYTES / 2];

#ifdef _WIN32
static void use(const char *path)
{
    SetEnvironmentVariableA("TAPLINE_STATE", path);
}

static bool make(const char *path)
{
    return CreateDirectoryA(path, NULL);
}

static void name_folder(void)
{
    static unsigned made;
    char parent[PATH_MAX_BYTES / 3];
    GetTempPathA(sizeof parent, parent);
    snprintf(folder, sizeof folder, "%stapline-test-%lu-%u", parent, GetCurrentProcessId(), ++made);
    CHECK(make(folder));
}
#else
static void use(const char *path)
{
    setenv("TAPLINE_STATE", path, 1); /* NOLINT(concurrency-mt-unsafe): the provider is not running. */
}

static bool make(const char *path)
{
    return mkdir(path, 0700) == 0;
}

static void name_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/tapline-test-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
}
#endif

static const char *path_of(const char *file)
{
    static char path[PATH_MAX_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return path;
}

void state_folder_none(void)
{
    use("");
}

void state_folder_begin(void)
{
    name_folder();
    use(folder);
}

void state_folder_end(void)
{
    unlink(path_of(LINE_TABLE_FILE));
    CHECK(rmdir(folder) == 0);
    use("");
}

bool state_folder_block(const char *file)
{
    return make(path_of(file));
}

bool state_folder_unblock(const char *file)
{
    return rmdir(path_of(file)) == 0;
}

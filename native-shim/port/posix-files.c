#include "files.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path of a file with a suffix; false: nothing is kept, or the path is too long. */
static bool path_of(char *path, const char *name, const char *suffix)
{
    const char *folder = getenv("TAPLINE_STATE");
    if (folder == NULL || folder[0] == '\0') {
        return false;
    }
    const int length = snprintf(path, PATH_MAX, "%s/%s%s", folder, name, suffix);
    return length > 0 && length < PATH_MAX;
}

static bool read_all(int file, uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const ssize_t count = read(file, bytes + at, size - at);
        if (count <= 0) {
            return false;
        }
        at += (size_t)count;
    }
    return true;
}

static bool write_all(int file, const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const ssize_t count = write(file, bytes + at, size - at);
        if (count <= 0) {
            return false;
        }
        at += (size_t)count;
    }
    return fsync(file) == 0;
}

uint8_t *port_state_read(const char *name, size_t limit, size_t *size)
{
    char path[PATH_MAX];
    struct stat status;
    uint8_t *bytes = NULL;
    const int file = path_of(path, name, "") ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) {
        return NULL;
    }
    const bool fits = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && (size_t)status.st_size <= limit;
    if (fits) {
        *size = (size_t)status.st_size;
        bytes = malloc(*size > 0 ? *size : 1u);
    }
    if (bytes != NULL && !read_all(file, bytes, *size)) {
        free(bytes);
        bytes = NULL;
    }
    close(file);
    return bytes;
}

bool port_state_write(const char *name, const uint8_t *bytes, size_t size)
{
    char path[PATH_MAX];
    char unfinished[PATH_MAX];
    if (!path_of(path, name, "") || !path_of(unfinished, name, ".new")) {
        return false;
    }
    const int file = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return false;
    }
    const bool written = write_all(file, bytes, size);
    close(file);
    if (!written || rename(unfinished, path) != 0) {
        unlink(unfinished);
        return false;
    }
    return true;
}

/* Where this image lies. */
#ifndef TAPLINE_MODULE_PATH_H
#define TAPLINE_MODULE_PATH_H

#include "../shim/telephony.h"

#include <stdbool.h>
#include <stddef.h>

/* Characters of a path with its terminator that TAPI has room for: Windows' MAX_PATH. */
#define UI_PATH_MAX 260u

/*
 * The whole path of the image this code is in, terminated. False: it is not known, or longer than `capacity`;
 * what is in `out` is then of no use.
 */
bool module_path(WCHAR *out, size_t capacity);

#endif

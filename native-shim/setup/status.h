/* What status shows: for people, or as one JSON object. */
#ifndef TAPLINE_SETUP_STATUS_H
#define TAPLINE_SETUP_STATUS_H

#include "exit-codes.h"

#include <stdbool.h>

/*
 * Looks and shows. The JSON object has: state (like the exit code's name, in camelCase), exitCode, error
 * (null or a LINEERR_ name), version (of this program), wantedArchitecture, providers (id, file,
 * inSystemFolder), library (path, present, architecture, version) and lines (number and name of each kept
 * line; null where this user may not read them).
 */
enum setup_exit status_show(bool json);

#endif

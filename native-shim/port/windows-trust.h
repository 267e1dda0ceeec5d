/*
 * Whom the shim believes on Windows. Everything is read from handles the shim has already, or asked of
 * Windows: no other process is opened.
 */
#ifndef TAPLINE_WINDOWS_TRUST_H
#define TAPLINE_WINDOWS_TRUST_H

#include "../shim/telephony.h"

#include <stdbool.h>

/*
 * Whether a pipe that the shim has opened is the companion's of that session: its server is in the session,
 * and its owner is the session's user; in session 0 SYSTEM or the service of Tapline. What does not fit is
 * traced.
 */
bool trust_pipe(HANDLE pipe, DWORD session);

/* Whether this process's account made an object of the kernel, or the system did. */
bool trust_own_object(HANDLE object);

#endif

/*
 * The state folder of this machine: small files that outlive the telephony service. On Windows
 * %ProgramData%\Tapline\Tapi, which only SYSTEM, administrators and the service's account may change; on
 * other systems there is none. The variable TAPLINE_STATE names another folder; empty, nothing is kept.
 */
#ifndef TAPLINE_FILES_H
#define TAPLINE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The whole of a file, in memory the caller frees. NULL: there is no such file or folder, it is longer than
 * `limit`, or its owner is nobody who may change it.
 */
uint8_t *port_state_read(const char *name, size_t limit, size_t *size);

/* Replaces a file in one step: whoever reads it sees the old or the new one, whole. False: it stays as it
 * was. */
bool port_state_write(const char *name, const uint8_t *bytes, size_t size);

#endif

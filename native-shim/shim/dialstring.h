/*
 * The pre-scan of a dial string: TAPI's control characters, which a PBX does not understand. What the number
 * means (prefixes, national formats) is the companion's business. Pure. Source: "Dialable number format" in
 * Microsoft's TAPI reference.
 */
#ifndef TAPLINE_DIALSTRING_H
#define TAPLINE_DIALSTRING_H

#include "telephony.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes what is left to dial as terminated UTF-8. Returns 0, or the error a TSPI function reports at once:
 * DIALDIALTONE for W, DIALQUIET for @, DIALBILLING for $, DIALPROMPT for ?, INVALADDRESS when nothing can be
 * dialled, for a flash (!), for a letter that is no digit, and beyond TARGET_BYTES_MAX. A semicolon at the
 * end says that more will follow: `partial` is set then, and the rest may be empty. Where `partial` is NULL,
 * and anywhere but at the end, it is an INVALADDRESS.
 */
LONG dialstring_scan(const WCHAR *text, char *out, size_t capacity, bool *partial);

#endif

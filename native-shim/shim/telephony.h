/* TAPI's types, structures and functions: from the Windows headers, or from posix/ where there are none. */
#ifndef TAPLINE_TELEPHONY_H
#define TAPLINE_TELEPHONY_H

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <tapi.h>
#include <tspi.h>
#else
#include "../posix/tspi.h"
#endif

#include "exports.h"

/* The Windows headers write LINEERR_ values without a sign; TSPI functions return them as LONG. */
#define TSPI_ERROR(name) ((LONG)LINEERR_##name)

#endif

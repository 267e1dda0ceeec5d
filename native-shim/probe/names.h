/* TAPI's numbers by their names; "?" for what has none. */
#ifndef TAPLINE_PROBE_NAMES_H
#define TAPLINE_PROBE_NAMES_H

#include <windows.h>

#include <tapi.h>

const char *name_of_message(DWORD message); /* LINE_CALLSTATE */
const char *name_of_state(DWORD state);     /* CONNECTED */
const char *name_of_error(LONG error);      /* LINEERR_OPERATIONFAILED */

#endif

/* TAPI's structures, asked for and written as fields of a line. Each returns 0 or a LINEERR_ value. */
#ifndef TAPLINE_PROBE_SHOW_H
#define TAPLINE_PROBE_SHOW_H

#include "../host/output.h"
#include "probe.h"

/* Whether numbers of other people are written whole; else their last two digits. */
extern bool show_numbers;

LONG show_device(struct output *out, DWORD device);
LONG show_address(struct output *out, DWORD device);
LONG show_line_status(struct output *out, HLINE line);
LONG show_address_status(struct output *out, HLINE line);
LONG show_call_info(struct output *out, HCALL call);
LONG show_call_status(struct output *out, HCALL call);

#endif

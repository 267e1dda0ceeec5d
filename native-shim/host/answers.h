/* Asks the provider for a TAPI structure and writes its fields. */
#ifndef TAPLINE_HOST_ANSWERS_H
#define TAPLINE_HOST_ANSWERS_H

#include "output.h"

LONG answer_dev_caps(struct output *out, DWORD device, DWORD version);
LONG answer_address_caps(struct output *out, DWORD device, DWORD version);
LONG answer_line_status(struct output *out, HDRVLINE line);
LONG answer_address_status(struct output *out, HDRVLINE line);
LONG answer_call_info(struct output *out, HDRVCALL call);
LONG answer_call_status(struct output *out, HDRVCALL call);

#endif

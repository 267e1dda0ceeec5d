/* The trace on its way to the companion's diagnostics. */
#ifndef TAPLINE_TRACE_FRAMES_H
#define TAPLINE_TRACE_FRAMES_H

#include "../generated/wire.h"

/* Sends the lines that wait, once there is a companion that knows them. The caller holds the model lock. */
void trace_send(void);

/* A report that goes to the companion, for the debugger, too. */
void trace_report(const wire_report *report);

#endif

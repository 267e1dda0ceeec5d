/* How many bytes of arguments each function takes on x86, as the TSPI reference lists them (section 1.2). */
#ifndef TAPLINE_HOST_ARGUMENTS_H
#define TAPLINE_HOST_ARGUMENTS_H

#define ARGUMENTS_UNKNOWN 0xFFFFFFFFu

/* ARGUMENTS_UNKNOWN: the reference has no such function. */
unsigned argument_bytes(const char *function);

#endif

/* What this image was built for, as the link and the dialogs tell it. */
#ifndef TAPLINE_ARCHITECTURE_H
#define TAPLINE_ARCHITECTURE_H

#include "../generated/wire.h"

#if defined(_WIN32) && defined(__x86_64__)
#define SHIM_ARCHITECTURE WIRE_ARCHITECTURE_X64
#elif defined(_WIN32) && defined(__aarch64__)
#define SHIM_ARCHITECTURE WIRE_ARCHITECTURE_ARM64
#elif defined(_WIN32)
#define SHIM_ARCHITECTURE WIRE_ARCHITECTURE_X86
#else
#define SHIM_ARCHITECTURE WIRE_ARCHITECTURE_NATIVE
#endif

#endif

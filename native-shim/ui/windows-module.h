/* This image, as Windows holds it. */
#ifndef TAPLINE_WINDOWS_MODULE_H
#define TAPLINE_WINDOWS_MODULE_H

#include <windows.h>

/* The image this code is in, whatever file it was loaded from; it is not held by asking. NULL: not known. */
HMODULE module_self(void);

#endif

/*
 * The look of controls. A program without a manifest, as telephon.cpl's host may be, gets those of Windows
 * 95; what is created between enter and leave is of the present Common Controls all the same.
 */
#ifndef TAPLINE_WINDOWS_STYLE_H
#define TAPLINE_WINDOWS_STYLE_H

#include <windows.h>

struct style {
    HANDLE context; /* INVALID_HANDLE_VALUE: none, and all looks as the program has it */
    ULONG_PTR cookie;
};

/* For this thread alone, and always undone by it. */
struct style style_enter(void);
void style_leave(const struct style *style);

#endif

/* tapline.tsp as it lies in the system folder: there at all, for which processors, of which version. */
#ifndef TAPLINE_SETUP_LIBRARY_FILE_H
#define TAPLINE_SETUP_LIBRARY_FILE_H

#include <stdbool.h>
#include <windows.h>

struct library_file {
    WCHAR path[MAX_PATH];
    bool present;
    WORD machine;     /* IMAGE_FILE_MACHINE_; 0: no image of Windows */
    char version[24]; /* "1.2.3"; empty: the file says none */
};

/* Looks at the file. Nothing of it is executed. */
void library_look(struct library_file *out);

/* What the telephony service of this Windows can load: IMAGE_FILE_MACHINE_ of the system itself. */
WORD library_wanted_machine(void);

/* x64, x86, arm64; "other" for the rest. */
const char *library_machine_name(WORD machine);

#endif

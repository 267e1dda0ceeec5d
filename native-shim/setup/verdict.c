#include "verdict.h"

#include <string.h>

void situation_look(struct situation *out)
{
    memset(out, 0, sizeof *out);
    library_look(&out->library);
    out->wanted_machine = library_wanted_machine();
    out->error = telephony_load();
    if (out->error == 0) {
        out->error = telephony_read(&out->own);
    }
}

enum setup_exit situation_of_library(const struct situation *situation)
{
    const struct library_file *library = &situation->library;
    if (!library->present) {
        return SETUP_LIBRARY_MISSING;
    }
    if (library->machine != situation->wanted_machine) {
        return SETUP_WRONG_ARCHITECTURE;
    }
    return strcmp(library->version, TAPLINE_VERSION) == 0 ? SETUP_DONE : SETUP_OTHER_VERSION;
}

enum setup_exit situation_of_registration(const struct situation *situation)
{
    if (situation->error != 0) {
        return SETUP_TELEPHONY_REFUSED;
    }
    if (situation->own.count == 0) {
        return SETUP_NOT_REGISTERED;
    }
    return situation->own.count == 1 && situation->own.entries[0].in_system_folder ? SETUP_DONE
                                                                                   : SETUP_NEEDS_REPAIR;
}

enum setup_exit situation_verdict(const struct situation *situation)
{
    const enum setup_exit registration = situation_of_registration(situation);
    if (registration == SETUP_TELEPHONY_REFUSED || registration == SETUP_NOT_REGISTERED) {
        return registration;
    }
    const enum setup_exit library = situation_of_library(situation);
    return library == SETUP_DONE ? registration : library;
}

/* How things are: the registration and the DLL, and what status says of both. */
#ifndef TAPLINE_SETUP_VERDICT_H
#define TAPLINE_SETUP_VERDICT_H

#include "exit-codes.h"
#include "library-file.h"
#include "telephony-list.h"

struct situation {
    LONG error; /* of lineGetProviderList; 0: `own` holds */
    struct own_entries own;
    struct library_file library;
    WORD wanted_machine;
};

/* Looks at the list and at the file. */
void situation_look(struct situation *out);

/* What is wrong with the DLL alone; SETUP_DONE: nothing. */
enum setup_exit situation_of_library(const struct situation *situation);

/* What is wrong with the registration alone. */
enum setup_exit situation_of_registration(const struct situation *situation);

/* What status ends with: the registration comes first. */
enum setup_exit situation_verdict(const struct situation *situation);

#endif

/* install, remove and repair. Each may be repeated; what is in order already is left alone. */
#ifndef TAPLINE_SETUP_CHANGES_H
#define TAPLINE_SETUP_CHANGES_H

#include "exit-codes.h"

/* Each says what it did, or what is wrong and what to do. */
enum setup_exit change_install(void);
enum setup_exit change_remove(void);
enum setup_exit change_repair(void);

#endif

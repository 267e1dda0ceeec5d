/* What the files of call functions share. */
#ifndef TAPLINE_CALL_CONTROL_H
#define TAPLINE_CALL_CONTROL_H

#include "calls.h"

/*
 * Why the companion does not offer what TAPI asks of a call; 0: it does. INVALCALLHANDLE for NULL,
 * OPERATIONUNAVAIL where no call of the line can have the feature, INVALCALLSTATE where this one has it not
 * now.
 */
LONG refusal_of_verb(const struct call *call, DWORD feature);

#endif

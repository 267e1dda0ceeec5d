/* What the parts of a wrong provider share: the fault, and what passed by on its way to the right one. */
#ifndef TAPLINE_TESTS_WRONG_H
#define TAPLINE_TESTS_WRONG_H

#include "faults.h"

#include "../../port/port.h"
#include "../../shim/telephony.h"

#include <stdatomic.h>

/* The one fault of this provider. */
extern const enum fault fault;

struct passed {
    ASYNC_COMPLETION completion; /* of TAPI */
    LINEEVENT event;             /* of the line opened last */
    HTAPILINE line;              /* that line */
    HTAPICALL made;              /* the call made last */
    DRV_REQUESTID request;       /* that made it */
    atomic_bool is_completed;    /* that request is */
    HTAPICALL without_idle;      /* a call whose IDLE was kept back */
};
extern struct passed passed;

/* Held during callbacks by FAULT_LOCKED_CALLBACK, and wanted by a function. */
extern port_lock callback_lock;

/* What the right provider is given in TAPI's place. */
void CALLBACK wrong_completion(DRV_REQUESTID id, LONG result);
void CALLBACK wrong_event(HTAPILINE to, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                          DWORD_PTR param3);

void wait_for(uint32_t milliseconds);

/* Any event of the line: at once, or from a thread of its own when it is too late. */
void tell_line(void);
void tell_line_late(void);

/* The IDLE that was kept back, when it is too late. */
void tell_idle_late(void);

/* Declares what is exported in the place of a right function, when its renaming is taken back. */
#ifdef _WIN32
#define DECLARE(name) extern __typeof__(right_##name) TSPI_##name
#else
#define DECLARE(name) extern __typeof__(right_##name) TSPI_##name __attribute__((visibility("default")))
#endif

#endif

/*
 * Stands in for tapi32 and the telephony service at once, in the program's own process: it loads a real
 * provider and passes on what the program asks and what the provider says. One program, one provider, and no
 * checks of its own but privileges: it shows that lineprobe and the DLL understand each other, not how Windows
 * behaves.
 */
#ifndef TAPLINE_PROBE_TESTS_SERVICE_H
#define TAPLINE_PROBE_TESTS_SERVICE_H

#include "../../../shim/telephony.h"

#include <stdbool.h>
#include <stdint.h>

/* The provider's functions. */
struct tspi {
#define FIELD(name, call, address, line) __typeof__(&name) name;
    TAPLINE_EXPORTS(FIELD)
#undef FIELD
};
extern struct tspi tspi;

/* What TSPI_lineNegotiateTSPIVersion came to. */
extern DWORD service_version;

/* Tells the program. */
void say(DWORD message, DWORD device, DWORD_PTR one, DWORD_PTR two, DWORD_PTR three);

/* The number of a request about to be made. `place` gets `call` when it is completed well; both may be 0. */
DRV_REQUESTID request_start(HCALL *place, HCALL call);
void CALLBACK request_completed(DRV_REQUESTID id, LONG result);

/* The provider's handle of an open line. 0, or a LINEERR_ value. */
LONG line_of(HLINE handle, HDRVLINE *driver);

/* A call with a handle and nothing else; 0: no room. `driver` is where the provider's handle goes. */
HCALL call_new(HLINE line, HDRVCALL **driver);
/* The provider's handle; `owner`: the program has to own it. 0, or a LINEERR_ value. */
LONG call_of(HCALL handle, bool owner, HDRVCALL *driver);
DWORD call_privilege(HCALL handle);
/* The privilege of every call of a line from here on. */
void calls_privilege(HLINE line, DWORD privilege);
void CALLBACK line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR one, DWORD_PTR two,
                         DWORD_PTR three);
void calls_end(void);

/* The handles that the provider knows are the program's. */
#define TAPI_CALL(handle) ((HTAPICALL)(uintptr_t)(handle))
#define TAPI_LINE(handle) ((HTAPILINE)(uintptr_t)(handle))

#endif

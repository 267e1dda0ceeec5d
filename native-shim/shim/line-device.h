/* What the files of TSPI_line functions share. */
#ifndef TAPLINE_LINE_DEVICE_H
#define TAPLINE_LINE_DEVICE_H

#include "calls.h"

/* Each line has one address. */
#define ONLY_ADDRESS 0u

/* Whether structures can be filled as this version has them: TAPI 1.3 to 3.1. */
bool is_tspi_version(DWORD version);

/* 0, or why a call cannot be made with these parameters; NULL is allowed. */
LONG check_call_params(const LINECALLPARAMS *params);

/* What a program says of the call it makes. */
struct call_params {
    DWORD flags;                       /* LINECALLPARAMFLAGS_ bits */
    char target[TARGET_BYTES_MAX + 1]; /* number of a one-step transfer; empty: none */
};

/*
 * The same check, and takes over what the shim uses. Also the errors of dialstring_scan, for the number of a
 * one-step transfer.
 */
LONG read_call_params(const LINECALLPARAMS *params, struct call_params *out);

/* LINECALLFEATURE2_ bits that go with LINECALLFEATURE_ bits. */
DWORD second_features(DWORD features);

/*
 * LINEADDRFEATURE_ and LINEFEATURE_ bits right now: none out of service, no new call at the limit of active
 * calls.
 */
DWORD address_features_now(const struct line *line);
DWORD line_features_now(const struct line *line);

/* Every state that a call of the companion may enter. */
#define CALL_STATES \
    (LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED | LINECALLSTATE_DIALTONE | \
     LINECALLSTATE_DIALING | LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_CONNECTED | \
     LINECALLSTATE_PROCEEDING | LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER | \
     LINECALLSTATE_DISCONNECTED | LINECALLSTATE_UNKNOWN)

#endif

/* The provider under test, loaded and resolved by name as the telephony service does. */
#ifndef TAPLINE_HOST_LIBRARY_H
#define TAPLINE_HOST_LIBRARY_H

#include "../shim/telephony.h"

#include <stdbool.h>

/* Every TSPI function the host calls. */
/* clang-format off */
#define HOST_FUNCTIONS(each) \
    each(TSPI_lineNegotiateTSPIVersion) each(TSPI_providerEnumDevices) each(TSPI_providerInit) \
    each(TSPI_providerShutdown) each(TSPI_providerCreateLineDevice) each(TSPI_lineGetDevCaps) \
    each(TSPI_lineGetAddressCaps) each(TSPI_lineOpen) each(TSPI_lineClose) \
    each(TSPI_lineGetNumAddressIDs) each(TSPI_lineGetLineDevStatus) each(TSPI_lineGetAddressStatus) \
    each(TSPI_lineSetDefaultMediaDetection) each(TSPI_lineSetStatusMessages) each(TSPI_lineMakeCall) \
    each(TSPI_linePickup) each(TSPI_lineAnswer) each(TSPI_lineDrop) each(TSPI_lineCloseCall) \
    each(TSPI_lineGetCallInfo) each(TSPI_lineGetCallStatus) each(TSPI_lineGetCallIDs)
/* clang-format on */

struct tspi {
#define FIELD(name) __typeof__(&name) name;
    HOST_FUNCTIONS(FIELD)
#undef FIELD
};

extern struct tspi tspi;

/* Loads the library and resolves every function. NULL, or what went wrong. */
const char *library_load(const char *path);
void library_unload(void);

#endif

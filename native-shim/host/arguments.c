#include "arguments.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *function;
    unsigned bytes;
} table[] = {
    {"TSPI_lineNegotiateTSPIVersion", 16},
    {"TSPI_providerEnumDevices", 24},
    {"TSPI_providerInit", 32},
    {"TSPI_providerShutdown", 8},
    {"TSPI_providerCreateLineDevice", 8},
    {"TSPI_providerUIIdentify", 4},
    {"TSPI_providerGenericDialogData", 16},
    {"TSPI_providerFreeDialogInstance", 4},
    {"TSPI_providerInstall", 8},
    {"TSPI_providerRemove", 8},
    {"TSPI_providerConfig", 8},
    {"TUISPI_providerInstall", 12},
    {"TUISPI_providerRemove", 12},
    {"TUISPI_providerConfig", 12},
    {"TUISPI_lineConfigDialog", 16},
    {"TSPI_lineOpen", 20},
    {"TSPI_lineClose", 4},
    {"TSPI_lineGetDevCaps", 16},
    {"TSPI_lineGetAddressCaps", 20},
    {"TSPI_lineGetLineDevStatus", 8},
    {"TSPI_lineGetAddressStatus", 12},
    {"TSPI_lineGetNumAddressIDs", 8},
    {"TSPI_lineSetDefaultMediaDetection", 8},
    {"TSPI_lineConditionalMediaDetection", 12},
    {"TSPI_lineMakeCall", 28},
    {"TSPI_lineDrop", 16},
    {"TSPI_lineCloseCall", 4},
    {"TSPI_lineGetCallInfo", 8},
    {"TSPI_lineGetCallStatus", 8},
    {"TSPI_lineGetCallAddressID", 8},
    {"TSPI_lineGetID", 28},
    {"TSPI_lineSetStatusMessages", 12},
    {"TSPI_lineAnswer", 16},
    {"TSPI_lineAccept", 16},
    {"TSPI_lineHold", 8},
    {"TSPI_lineUnhold", 8},
    {"TSPI_lineSwapHold", 12},
    {"TSPI_lineBlindTransfer", 16},
    {"TSPI_lineSetupTransfer", 20},
    {"TSPI_lineCompleteTransfer", 24},
    {"TSPI_lineRedirect", 16},
    {"TSPI_linePickup", 28},
    {"TSPI_lineDial", 16},
    {"TSPI_lineGenerateDigits", 20},
    {"TSPI_lineSetAppSpecific", 8},
    {"TSPI_lineGetAddressID", 20},
    {"TSPI_lineNegotiateExtVersion", 20},
    {"TSPI_lineSelectExtVersion", 8},
    {"TSPI_lineGetExtensionID", 12},
    {"TSPI_lineGetCallIDs", 16},
    {"TSPI_lineGetIcon", 12},
    {"TSPI_lineSetMediaMode", 8},
    {"TSPI_lineMonitorMedia", 8},
    {"TSPI_lineSetCurrentLocation", 4},
};

unsigned argument_bytes(const char *function)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].function, function) == 0) {
            return table[i].bytes;
        }
    }
    return ARGUMENTS_UNKNOWN;
}

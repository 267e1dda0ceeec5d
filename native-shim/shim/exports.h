/*
 * What the DLL exports, and which capability bits stand on each function. tapline.def is generated from this
 * table, the shared object's symbols are made visible by it, tsphost resolves it, and no capability is shown
 * whose function is not in it.
 *
 * EXPORT(function, LINECALLFEATURE_ bits, LINEADDRFEATURE_ bits, LINEFEATURE_ bits)
 */
#ifndef TAPLINE_EXPORTS_H
#define TAPLINE_EXPORTS_H

/* The forms of TSPI_linePickup that exist: what rings at an extension, or in a pickup group. */
#define PICKUP_FEATURES (LINEADDRFEATURE_PICKUP | LINEADDRFEATURE_PICKUPDIRECT | LINEADDRFEATURE_PICKUPGROUP)

/* clang-format off */
#define TAPLINE_EXPORTS(EXPORT) \
    EXPORT(TSPI_lineNegotiateTSPIVersion, 0, 0, 0) \
    EXPORT(TSPI_providerEnumDevices, 0, 0, 0) \
    EXPORT(TSPI_providerInit, 0, 0, 0) \
    EXPORT(TSPI_providerShutdown, 0, 0, 0) \
    EXPORT(TSPI_providerCreateLineDevice, 0, 0, 0) \
    EXPORT(TSPI_providerInstall, 0, 0, 0) \
    EXPORT(TSPI_providerRemove, 0, 0, 0) \
    EXPORT(TSPI_providerConfig, 0, 0, 0) \
    EXPORT(TSPI_providerUIIdentify, 0, 0, 0) \
    EXPORT(TSPI_providerGenericDialogData, 0, 0, 0) \
    EXPORT(TSPI_providerFreeDialogInstance, 0, 0, 0) \
    EXPORT(TSPI_lineGetDevCaps, 0, 0, 0) \
    EXPORT(TSPI_lineGetAddressCaps, 0, 0, 0) \
    EXPORT(TSPI_lineGetExtensionID, 0, 0, 0) \
    EXPORT(TSPI_lineNegotiateExtVersion, 0, 0, 0) \
    EXPORT(TSPI_lineGetIcon, 0, 0, 0) \
    EXPORT(TSPI_lineSetCurrentLocation, 0, 0, 0) \
    EXPORT(TSPI_lineOpen, 0, 0, 0) \
    EXPORT(TSPI_lineClose, 0, 0, 0) \
    EXPORT(TSPI_lineSelectExtVersion, 0, 0, 0) \
    EXPORT(TSPI_lineGetNumAddressIDs, 0, 0, 0) \
    EXPORT(TSPI_lineGetAddressID, 0, 0, 0) \
    EXPORT(TSPI_lineGetLineDevStatus, 0, 0, 0) \
    EXPORT(TSPI_lineGetAddressStatus, 0, 0, 0) \
    EXPORT(TSPI_lineSetDefaultMediaDetection, 0, 0, 0) \
    EXPORT(TSPI_lineConditionalMediaDetection, 0, 0, 0) \
    EXPORT(TSPI_lineSetStatusMessages, 0, 0, 0) \
    EXPORT(TSPI_lineGetID, 0, 0, 0) \
    EXPORT(TSPI_lineMakeCall, 0, LINEADDRFEATURE_MAKECALL, LINEFEATURE_MAKECALL) \
    EXPORT(TSPI_linePickup, 0, PICKUP_FEATURES, 0) \
    EXPORT(TSPI_lineDial, LINECALLFEATURE_DIAL, 0, 0) \
    EXPORT(TSPI_lineAccept, LINECALLFEATURE_ACCEPT, 0, 0) \
    EXPORT(TSPI_lineAnswer, LINECALLFEATURE_ANSWER, 0, 0) \
    EXPORT(TSPI_lineDrop, LINECALLFEATURE_DROP, 0, 0) \
    EXPORT(TSPI_lineCloseCall, 0, 0, 0) \
    EXPORT(TSPI_lineHold, LINECALLFEATURE_HOLD, 0, 0) \
    EXPORT(TSPI_lineUnhold, LINECALLFEATURE_UNHOLD, 0, 0) \
    EXPORT(TSPI_lineSwapHold, LINECALLFEATURE_SWAPHOLD, 0, 0) \
    EXPORT(TSPI_lineRedirect, LINECALLFEATURE_REDIRECT, 0, 0) \
    EXPORT(TSPI_lineBlindTransfer, LINECALLFEATURE_BLINDTRANSFER, 0, 0) \
    EXPORT(TSPI_lineSetupTransfer, LINECALLFEATURE_SETUPTRANSFER, 0, 0) \
    EXPORT(TSPI_lineCompleteTransfer, LINECALLFEATURE_COMPLETETRANSF, 0, 0) \
    EXPORT(TSPI_lineGenerateDigits, LINECALLFEATURE_GENERATEDIGITS, 0, 0) \
    EXPORT(TSPI_lineMonitorMedia, LINECALLFEATURE_MONITORMEDIA, 0, 0) \
    EXPORT(TSPI_lineSetMediaMode, 0, 0, 0) \
    EXPORT(TSPI_lineSetAppSpecific, 0, 0, 0) \
    EXPORT(TSPI_lineGetCallInfo, 0, 0, 0) \
    EXPORT(TSPI_lineGetCallStatus, 0, 0, 0) \
    EXPORT(TSPI_lineGetCallAddressID, 0, 0, 0) \
    EXPORT(TSPI_lineGetCallIDs, 0, 0, 0)

/* The dialogs, which Windows alone has: tapi32 loads the DLL into the program that asks for one. */
#define TAPLINE_UI_EXPORTS(EXPORT) \
    EXPORT(TUISPI_providerInstall, 0, 0, 0) \
    EXPORT(TUISPI_providerRemove, 0, 0, 0) \
    EXPORT(TUISPI_providerConfig, 0, 0, 0) \
    EXPORT(TUISPI_lineConfigDialog, 0, 0, 0)
/* clang-format on */

/* Every capability that has its function. */
#define EXPORT_CALL_BITS(name, call, address, line) | (DWORD)(call)
#define EXPORT_ADDRESS_BITS(name, call, address, line) | (DWORD)(address)
#define EXPORT_LINE_BITS(name, call, address, line) | (DWORD)(line)
#define EXPORTED_CALL_FEATURES (0u TAPLINE_EXPORTS(EXPORT_CALL_BITS))
#define EXPORTED_ADDRESS_FEATURES (0u TAPLINE_EXPORTS(EXPORT_ADDRESS_BITS))
#define EXPORTED_LINE_FEATURES (0u TAPLINE_EXPORTS(EXPORT_LINE_BITS))

/* Everything else of the shared object stays hidden; a Windows build takes its list from tapline.def. */
#ifndef _WIN32
#define EXPORT_VISIBLE(name, call, address, line) \
    extern __typeof__(name) name __attribute__((visibility("default")));
TAPLINE_EXPORTS(EXPORT_VISIBLE)
#undef EXPORT_VISIBLE
#endif

#endif

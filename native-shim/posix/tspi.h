/* The part of tspi.h that the shim uses, for builds without Windows headers. */
#ifndef TAPLINE_POSIX_TSPI_H
#define TAPLINE_POSIX_TSPI_H

#include "tapi.h"

/* Exported for the host; everything else of the shared object stays hidden. */
#define TSPI_EXPORT __attribute__((visibility("default")))

#define DECLARE_OPAQUE(name) \
    struct name##__ { \
        int unused; \
    }; \
    typedef const struct name##__ *name, **LP##name

DECLARE_OPAQUE(HDRVCALL);
DECLARE_OPAQUE(HDRVLINE);
DECLARE_OPAQUE(HTAPICALL);
DECLARE_OPAQUE(HTAPILINE);
DECLARE_OPAQUE(HTAPIPHONE);
DECLARE_OPAQUE(HPROVIDER);

typedef DWORD DRV_REQUESTID;

typedef void(CALLBACK *ASYNC_COMPLETION)(DRV_REQUESTID dwRequestID, LONG lResult);
typedef void(CALLBACK *LINEEVENT)(HTAPILINE htLine, HTAPICALL htCall, DWORD dwMsg, DWORD_PTR dwParam1,
                                  DWORD_PTR dwParam2, DWORD_PTR dwParam3);
typedef void(CALLBACK *PHONEEVENT)(HTAPIPHONE htPhone, DWORD dwMsg, DWORD_PTR dwParam1, DWORD_PTR dwParam2,
                                   DWORD_PTR dwParam3);

#define LINE_NEWCALL 500

TSPI_EXPORT LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
                                                      DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);
TSPI_EXPORT LONG WINAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
                                                 LPDWORD lpdwNumPhones, HPROVIDER hProvider,
                                                 LINEEVENT lpfnLineCreateProc,
                                                 PHONEEVENT lpfnPhoneCreateProc);
TSPI_EXPORT LONG WINAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
                                          DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase,
                                          DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                                          ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions);
TSPI_EXPORT LONG WINAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID);
TSPI_EXPORT LONG WINAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);
TSPI_EXPORT LONG WINAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID);
TSPI_EXPORT LONG WINAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID);
TSPI_EXPORT LONG WINAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID);

TSPI_EXPORT LONG WINAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                            LPLINEDEVCAPS lpLineDevCaps);
TSPI_EXPORT LONG WINAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
                                                DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps);
TSPI_EXPORT LONG WINAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                                LPLINEEXTENSIONID lpExtensionID);
TSPI_EXPORT LONG WINAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                                     DWORD dwLowVersion, DWORD dwHighVersion,
                                                     LPDWORD lpdwExtVersion);
TSPI_EXPORT LONG WINAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);
TSPI_EXPORT LONG WINAPI TSPI_lineSetCurrentLocation(DWORD dwLocation);

TSPI_EXPORT LONG WINAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
                                      DWORD dwTSPIVersion, LINEEVENT lpfnEventProc);
TSPI_EXPORT LONG WINAPI TSPI_lineClose(HDRVLINE hdLine);
TSPI_EXPORT LONG WINAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion);
TSPI_EXPORT LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs);
TSPI_EXPORT LONG WINAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                              LPCWSTR lpsAddress, DWORD dwSize);
TSPI_EXPORT LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus);
TSPI_EXPORT LONG WINAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                                  LPLINEADDRESSSTATUS lpAddressStatus);
TSPI_EXPORT LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes);
TSPI_EXPORT LONG WINAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                                           LPLINECALLPARAMS const lpCallParams);
TSPI_EXPORT LONG WINAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates,
                                                   DWORD dwAddressStates);
TSPI_EXPORT LONG WINAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                                       LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass,
                                       HANDLE hTargetProcess);

TSPI_EXPORT LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                                          LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                                          LPLINECALLPARAMS const lpCallParams);
TSPI_EXPORT LONG WINAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                        HTAPICALL htCall, LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress,
                                        LPCWSTR lpszGroupID);
TSPI_EXPORT LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                        DWORD dwSize);
TSPI_EXPORT LONG WINAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                      DWORD dwSize);
TSPI_EXPORT LONG WINAPI TSPI_lineCloseCall(HDRVCALL hdCall);
TSPI_EXPORT LONG WINAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo);
TSPI_EXPORT LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus);
TSPI_EXPORT LONG WINAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID);
TSPI_EXPORT LONG WINAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID, LPDWORD lpdwCallID,
                                            LPDWORD lpdwRelatedCallID);
TSPI_EXPORT LONG WINAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific);

#endif

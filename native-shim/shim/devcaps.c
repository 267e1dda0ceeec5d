/* What a line is, whatever its state: asked by device id, answered without the companion. */
#include "constants.h"
#include "line-device.h"
#include "model.h"
#include "structures.h"

#include <string.h>

#define PROVIDER_INFO "Tapline; Tapline TSP; " TAPLINE_VERSION

/* TAPIPROTOCOL_PSTN of tspi.h. */
static const GUID protocol_pstn = {
    0x831CE2D6, 0x83B5, 0x11D1, {0xBB, 0x5C, 0x00, 0xC0, 0x4F, 0xB6, 0x80, 0x9F}};

/* A list of one device class, "tapi/line"; the list ends with an empty text. */
static const WCHAR device_classes[] = {'t', 'a', 'p', 'i', '/', 'l', 'i', 'n', 'e', 0, 0};

#define LINE_STATES \
    (LINEDEVSTATE_RINGING | LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED | LINEDEVSTATE_INSERVICE | \
     LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_REMOVED)

#define ADDRESS_STATES \
    (LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE | LINEADDRESSSTATE_INUSEMANY | \
     LINEADDRESSSTATE_NUMCALLS | LINEADDRESSSTATE_CAPSCHANGE)

#define CALL_INFO_STATES \
    (LINECALLINFOSTATE_MEDIAMODE | LINECALLINFOSTATE_APPSPECIFIC | LINECALLINFOSTATE_CALLID | \
     LINECALLINFOSTATE_RELATEDCALLID | LINECALLINFOSTATE_ORIGIN | LINECALLINFOSTATE_REASON | \
     LINECALLINFOSTATE_CALLERID | LINECALLINFOSTATE_CALLEDID | LINECALLINFOSTATE_CONNECTEDID | \
     LINECALLINFOSTATE_REDIRECTIONID | LINECALLINFOSTATE_REDIRECTINGID)

#define PARTY_FLAGS \
    (LINECALLPARTYID_NAME | LINECALLPARTYID_ADDRESS | LINECALLPARTYID_BLOCKED | LINECALLPARTYID_UNKNOWN | \
     LINECALLPARTYID_UNAVAIL)

/* NORMAL to CANCELLED are the twenty lowest bits; before TAPI 2.0 only those up to NODIALTONE exist. */
#define DISCONNECT_MODES 0x000FFFFFu
#define DISCONNECT_MODES_BEFORE_2_0 0x00001FFFu

bool is_tspi_version(DWORD version)
{
    return version >= STRUCTURE_VERSION_OLDEST && version <= TSPI_VERSION_NEWEST;
}

static bool offers(const struct line *line, DWORD feature)
{
    return (call_features_of(line) & feature) != 0;
}

static void fill_line_dev_caps(LINEDEVCAPS *caps, const struct line *line)
{
    caps->dwPermanentLineID = line->id;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    caps->dwGenerateDigitModes = offers(line, LINECALLFEATURE_GENERATEDIGITS) ? LINEDIGITMODE_DTMF : 0;
    caps->dwDevCapFlags = 0;
    caps->dwMaxNumActiveCalls = line->max_active_calls;
    caps->dwAnswerMode = LINEANSWERMODE_NONE;
    caps->dwRingModes = 1;
    caps->dwLineStates = LINE_STATES;
    if (offers(line, LINECALLFEATURE_GENERATEDIGITS)) {
        caps->MinDialParams.dwDigitDuration = DIGIT_DURATION_MIN;
        caps->MaxDialParams.dwDigitDuration = DIGIT_DURATION_MAX;
        caps->DefaultDialParams.dwDigitDuration = DIGIT_DURATION_DEFAULT;
    }
    caps->dwLineFeatures = line->line_features & EXPORTED_LINE_FEATURES;
    caps->dwSettableDevStatus = 0;
    memcpy(&caps->PermanentLineGuid, line->guid, sizeof caps->PermanentLineGuid);
    caps->dwAddressTypes = LINEADDRESSTYPE_PHONENUMBER;
    caps->ProtocolGuid = protocol_pstn;
    caps->dwAvailableTracking = 0;
}

static LONG answer_line_dev_caps(const struct line *line, DWORD version, LPLINEDEVCAPS target)
{
    LINEDEVCAPS caps;
    struct structure structure;
    const DWORD fixed = size_of_line_dev_caps(version);
    if (!structure_begin(&structure, target, &caps, sizeof caps, fixed)) {
        return TSPI_ERROR(STRUCTURETOOSMALL);
    }
    fill_line_dev_caps(&caps, line);
    structure_text(&structure, &caps.dwLineNameSize, &caps.dwLineNameOffset, line->name);
    structure_text(&structure, &caps.dwProviderInfoSize, &caps.dwProviderInfoOffset, PROVIDER_INFO);
    structure_text(&structure, &caps.dwSwitchInfoSize, &caps.dwSwitchInfoOffset, line->switch_name);
    if (fixed > offsetof(LINEDEVCAPS, dwDeviceClassesOffset)) {
        structure_units(&structure, &caps.dwDeviceClassesSize, &caps.dwDeviceClassesOffset, device_classes,
                        sizeof device_classes / sizeof *device_classes);
    }
    structure_end(&structure);
    return 0;
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                LPLINEDEVCAPS lpLineDevCaps)
{
    (void)dwExtVersion;
    if (!is_tspi_version(dwTSPIVersion)) {
        return TSPI_ERROR(INCOMPATIBLEAPIVERSION);
    }
    model_lock();
    const struct line *line = line_find_device(dwDeviceID);
    const LONG result =
        line == NULL ? TSPI_ERROR(BADDEVICEID) : answer_line_dev_caps(line, dwTSPIVersion, lpLineDevCaps);
    model_unlock();
    return result;
}

static void fill_address_caps(LINEADDRESSCAPS *caps, const struct line *line, DWORD version)
{
    caps->dwLineDeviceID = line->device;
    caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
    caps->dwAddressStates = ADDRESS_STATES;
    caps->dwCallInfoStates = CALL_INFO_STATES;
    caps->dwCallerIDFlags = PARTY_FLAGS;
    caps->dwCalledIDFlags = PARTY_FLAGS;
    caps->dwConnectedIDFlags = PARTY_FLAGS;
    caps->dwRedirectionIDFlags = PARTY_FLAGS;
    caps->dwRedirectingIDFlags = PARTY_FLAGS;
    caps->dwCallStates = CALL_STATES;
    caps->dwDialToneModes = LINEDIALTONEMODE_INTERNAL | LINEDIALTONEMODE_EXTERNAL | LINEDIALTONEMODE_UNKNOWN;
    caps->dwBusyModes = LINEBUSYMODE_STATION | LINEBUSYMODE_TRUNK | LINEBUSYMODE_UNKNOWN;
    caps->dwDisconnectModes = version < 0x00020000 ? DISCONNECT_MODES_BEFORE_2_0 : DISCONNECT_MODES;
    caps->dwMaxNumActiveCalls = line->max_active_calls;
    caps->dwMaxNumOnHoldCalls = offers(line, LINECALLFEATURE_HOLD) ? HELD_CALLS_MAX : 0;
    caps->dwMaxNumOnHoldPendingCalls =
        offers(line, LINECALLFEATURE_SETUPTRANSFER) ? PENDING_TRANSFERS_MAX : 0;
    caps->dwAddrCapFlags =
        offers(line, LINECALLFEATURE_DIAL) ? LINEADDRCAPFLAGS_DIALED | LINEADDRCAPFLAGS_PARTIALDIAL : 0;
    caps->dwCallFeatures = call_features_of(line);
    caps->dwTransferModes = offers(line, LINECALLFEATURE_COMPLETETRANSF) ? LINETRANSFERMODE_TRANSFER : 0;
    caps->dwAddressFeatures = line->address_features & EXPORTED_ADDRESS_FEATURES;
    caps->dwCallFeatures2 = second_features(call_features_of(line));
    caps->dwConnectedModes = LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_INACTIVE;
    caps->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
    caps->dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
}

static LONG answer_address_caps(const struct line *line, DWORD version, LPLINEADDRESSCAPS target)
{
    LINEADDRESSCAPS caps;
    struct structure structure;
    const DWORD fixed = size_of_line_address_caps(version);
    if (!structure_begin(&structure, target, &caps, sizeof caps, fixed)) {
        return TSPI_ERROR(STRUCTURETOOSMALL);
    }
    fill_address_caps(&caps, line, version);
    structure_text(&structure, &caps.dwAddressSize, &caps.dwAddressOffset, line->address);
    structure_end(&structure);
    return 0;
}

LONG WINAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
                                    DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps)
{
    (void)dwExtVersion;
    if (!is_tspi_version(dwTSPIVersion)) {
        return TSPI_ERROR(INCOMPATIBLEAPIVERSION);
    }
    model_lock();
    const struct line *line = line_find_device(dwDeviceID);
    const LONG result = line == NULL ? TSPI_ERROR(BADDEVICEID)
                        : dwAddressID != ONLY_ADDRESS
                            ? TSPI_ERROR(INVALADDRESSID)
                            : answer_address_caps(line, dwTSPIVersion, lpAddressCaps);
    model_unlock();
    return result;
}

static LONG known_device(DWORD device)
{
    model_lock();
    const bool known = line_find_device(device) != NULL;
    model_unlock();
    return known ? 0 : TSPI_ERROR(BADDEVICEID);
}

/* There are no vendor extensions: the id is zero. */
LONG WINAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion, LPLINEEXTENSIONID lpExtensionID)
{
    (void)dwTSPIVersion;
    const LONG result = known_device(dwDeviceID);
    if (result == 0) {
        memset(lpExtensionID, 0, sizeof *lpExtensionID);
    }
    return result;
}

LONG WINAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion,
                                         DWORD dwHighVersion, LPDWORD lpdwExtVersion)
{
    (void)dwTSPIVersion;
    (void)dwLowVersion;
    (void)dwHighVersion;
    (void)lpdwExtVersion;
    const LONG result = known_device(dwDeviceID);
    return result == 0 ? TSPI_ERROR(OPERATIONUNAVAIL) : result;
}

/* No icon of our own: Windows shows the generic one. */
LONG WINAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon)
{
    (void)lpszDeviceClass;
    const LONG result = known_device(dwDeviceID);
    if (result == 0) {
        *lphIcon = NULL;
    }
    return result;
}

/* Dialling rules are the companion's; the location changes nothing here. */
LONG WINAPI TSPI_lineSetCurrentLocation(DWORD dwLocation)
{
    (void)dwLocation;
    return 0;
}

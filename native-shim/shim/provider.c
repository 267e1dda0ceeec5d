/* The provider's life: negotiation, start, lines created at run time, end. TSPI 1.4 to 1.6 of the contract.
 */
#include "constants.h"
#include "digits.h"
#include "dispatcher.h"
#include "handles.h"
#include "inbox.h"
#include "line-device.h"
#include "line-store.h"
#include "link.h"
#include "links.h"
#include "model.h"
#include "presence.h"
#include "requests.h"
#include "trace.h"

/* The newest TSPI version that is not above `high`; 0: there is none. */
static DWORD newest_version_up_to(DWORD high)
{
    static const DWORD versions[] = {TSPI_VERSION_NEWEST, 0x00030000, 0x00020002, 0x00020001,
                                     TSPI_VERSION_OLDEST};
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        if (versions[i] <= high) {
            return versions[i];
        }
    }
    return 0;
}

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                          LPDWORD lpdwTSPIVersion)
{
    if (dwDeviceID != INITIALIZE_NEGOTIATION) {
        model_lock();
        const bool known = line_find_device(dwDeviceID) != NULL;
        model_unlock();
        if (!known) {
            return TSPI_ERROR(BADDEVICEID);
        }
    }
    const DWORD version = newest_version_up_to(dwHighVersion);
    if (version == 0 || version < dwLowVersion) {
        return TSPI_ERROR(INCOMPATIBLEAPIVERSION);
    }
    *lpdwTSPIVersion = version;
    return 0;
}

/* Whether this is a second entry of the provider in Windows' list: the lines are the first one's. */
static bool is_another(DWORD permanent_id)
{
    return provider.running && provider.permanent_id != permanent_id;
}

/*
 * The lines of the table on disk get ids in a row; each line that a companion publishes later is announced by
 * LINE_CREATE. TSPI_providerInit need not follow.
 */
LONG WINAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones,
                                     HPROVIDER hProvider, LINEEVENT lpfnLineCreateProc,
                                     PHONEEVENT lpfnPhoneCreateProc)
{
    DWORD count = 0;
    (void)lpfnPhoneCreateProc;
    model_lock();
    if (!provider.running) {
        line_store_load();
    }
    if (!is_another(dwPermanentProviderID)) {
        for (const struct line *line = lines_first(); line != NULL; line = line->next) {
            count += line->place != 0 ? 1u : 0u;
        }
        provider.handle = hProvider;
        provider.line_create = lpfnLineCreateProc;
    }
    model_unlock();
    *lpdwNumLines = count;
    *lpdwNumPhones = 0;
    return 0;
}

/*
 * Gives the lines of the table their devices, as many as TAPI counts; it is told of the others one by one.
 * All are in service for a while.
 */
static void bind_known_lines(DWORD base, DWORD count)
{
    for (struct line *line = lines_first(); line != NULL; line = line->next) {
        line->told_in_service = true;
        if (line->place != 0 && line->place <= count) {
            line->created = true;
            line->announced = true;
            line->device = base + line->place - 1u;
        }
        provider.lines_due |= !line->announced;
    }
    if (lines_first() != NULL) {
        presence_started();
    }
}

static void forget_everything(void)
{
    model_lock();
    inbox_clear();
    line_store_clear();
    digits_clear();
    calls_clear();
    lines_clear();
    handles_clear();
    presence_clear();
    links_clear();
    completions_clear();
    provider = (struct provider){0};
    model_unlock();
}

LONG WINAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                              DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                              ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
    (void)dwPhoneDeviceIDBase;
    (void)dwNumPhones;
    (void)lpdwTSPIOptions;
    if (dwTSPIVersion < TSPI_VERSION_OLDEST || dwTSPIVersion > TSPI_VERSION_NEWEST) {
        return TSPI_ERROR(INCOMPATIBLEAPIVERSION);
    }
    model_lock();
    const bool was_running = provider.running;
    const bool is_second = is_another(dwPermanentProviderID);
    if (!is_second) {
        provider.running = true;
        provider.permanent_id = dwPermanentProviderID;
        provider.completion = lpfnCompletionProc;
    }
    if (!was_running) {
        bind_known_lines(dwLineDeviceIDBase, (DWORD)dwNumLines);
    }
    model_unlock();
    if (was_running) {
        return is_second ? TSPI_ERROR(NOMULTIPLEINSTANCE) : 0;
    }
    if (!dispatcher_start()) {
        forget_everything();
        return TSPI_ERROR(NOMEM);
    }
    if (!link_start()) {
        dispatcher_stop();
        forget_everything();
        return TSPI_ERROR(NOMEM);
    }
    trace("provider: started, version %s", TAPLINE_VERSION);
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
    (void)dwTSPIVersion;
    model_lock();
    const bool was_running = provider.running;
    const bool is_second = is_another(dwPermanentProviderID);
    provider.running = was_running && is_second;
    model_unlock();
    if (is_second) {
        return 0; /* it was never started */
    }
    if (was_running) {
        link_stop();
        dispatcher_stop();
        model_lock();
        line_store_finish();
        model_unlock();
    }
    forget_everything();
    trace("provider: stopped");
    trace_switch(false);
    return 0;
}

LONG WINAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID)
{
    model_lock();
    struct line *line = line_find_token(dwTempID);
    const bool usable = line != NULL && !line->created && line_find_device(dwDeviceID) == NULL;
    if (usable) {
        line->created = true;
        line->device = dwDeviceID;
    }
    model_unlock();
    return usable ? 0 : TSPI_ERROR(BADDEVICEID);
}

/*
 * Never called by the telephony service; Windows enables the buttons of "Phone and Modem" when the names
 * exist.
 */
LONG WINAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID)
{
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return 0;
}

LONG WINAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID)
{
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return 0;
}

LONG WINAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID)
{
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return 0;
}

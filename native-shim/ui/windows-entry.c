/*
 * What tapi32 calls in a program that wants a dialog of the provider: TSPI 1.8 of the contract. Runs with the
 * program's rights and word size, on any of its threads, perhaps several at once: nothing is kept between two
 * calls, and neither the link nor the provider's state is touched.
 */
#include "../shim/utf16.h"
#include "windows-dialog.h"
#include "windows-providers.h"

/* Two entries would be two sets of the same lines. */
LONG WINAPI TUISPI_providerInstall(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                   DWORD dwPermanentProviderID)
{
    (void)lpfnUIDLLCallback;
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return providers_have_this() ? TSPI_ERROR(NOMULTIPLEINSTANCE) : 0;
}

/* Nothing to do: the lines on disk stay, so that a provider that is installed again has the same ones. */
LONG WINAPI TUISPI_providerRemove(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                  DWORD dwPermanentProviderID)
{
    (void)lpfnUIDLLCallback;
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return 0;
}

LONG WINAPI TUISPI_providerConfig(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                  DWORD dwPermanentProviderID)
{
    return dialog_show(lpfnUIDLLCallback, dwPermanentProviderID, TUISPIDLL_OBJECT_PROVIDERID, hwndOwner);
}

/* There are settings of the line itself and of no device behind it. */
LONG WINAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID, HWND hwndOwner,
                                    LPCWSTR lpszDeviceClass)
{
    if (lpszDeviceClass != NULL && lpszDeviceClass[0] != 0 &&
        !utf16_equals_ascii(lpszDeviceClass, "tapi/line")) {
        return TSPI_ERROR(INVALDEVICECLASS);
    }
    return dialog_show(lpfnUIDLLCallback, dwDeviceID, TUISPIDLL_OBJECT_LINEID, hwndOwner);
}

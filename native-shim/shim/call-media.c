/* What a program does with a call's sound and its own notes of it: answered at once, without the companion.
 */
#include "call-control.h"
#include "constants.h"
#include "digits.h"
#include "line-device.h"
#include "model.h"

/* The digits of `text` that DTMF has; a comma is a pause. False: there are more than fit. */
static bool read_digits(LPCWSTR text, char *out, size_t capacity)
{
    size_t length = 0;
    for (; *text != 0; text++) {
        const WCHAR letter = *text >= 'a' && *text <= 'd' ? (WCHAR)(*text - 'a' + 'A') : *text;
        const bool is_digit = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'D') ||
                              letter == '*' || letter == '#' || letter == ',';
        if (!is_digit) {
            continue; /* TAPI wants others ignored */
        }
        if (length + 1 >= capacity) {
            return false;
        }
        out[length++] = (char)letter;
    }
    out[length] = '\0';
    return true;
}

static uint32_t digit_duration(DWORD asked)
{
    if (asked == 0) {
        return DIGIT_DURATION_DEFAULT;
    }
    return asked < DIGIT_DURATION_MIN   ? DIGIT_DURATION_MIN
           : asked > DIGIT_DURATION_MAX ? DIGIT_DURATION_MAX
                                        : asked;
}

/* LINE_GENERATE says when the digits are through. NULL stops those under way. */
LONG WINAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
                                    LPCWSTR lpszDigits, DWORD dwDuration)
{
    char digits[TARGET_BYTES_MAX + 1] = "";
    if (lpszDigits != NULL && dwDigitMode != LINEDIGITMODE_DTMF) {
        return TSPI_ERROR(INVALDIGITMODE);
    }
    if (lpszDigits != NULL && !read_digits(lpszDigits, digits, sizeof digits)) {
        return TSPI_ERROR(RESOURCEUNAVAIL);
    }
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    LONG result = call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : 0;
    if (result == 0 && lpszDigits == NULL) {
        digits_cancel(call->handle);
    } else if (result == 0) {
        result = refusal_of_verb(call, LINECALLFEATURE_GENERATEDIGITS);
        result = result != 0 ? result : digits_start(call, dwEndToEndID, digits, digit_duration(dwDuration));
    }
    model_unlock();
    return result;
}

static bool is_media_mode(DWORD modes)
{
    return (modes & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE) == 0;
}

/* A note of the program: the call's sound stays what it is. */
LONG WINAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode)
{
    if (dwMediaMode == 0 || !is_media_mode(dwMediaMode)) {
        return TSPI_ERROR(INVALMEDIAMODE);
    }
    model_lock();
    struct call *call = call_find_handle(hdCall);
    if (call != NULL) {
        call->media_mode = dwMediaMode;
        call->infos_due |= LINECALLINFOSTATE_MEDIAMODE;
        model_changed();
    }
    model_unlock();
    return call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : 0;
}

/* Calls are speech from beginning to end, so that there is never news; TAPI keeps the modes asked for. */
LONG WINAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes)
{
    if (!is_media_mode(dwMediaModes)) {
        return TSPI_ERROR(INVALMEDIAMODE);
    }
    model_lock();
    const struct call *call = call_find_handle(hdCall);
    const LONG result = call == NULL                              ? TSPI_ERROR(INVALCALLHANDLE)
                        : dwMediaModes != 0 && call_is_over(call) ? TSPI_ERROR(INVALCALLSTATE)
                                                                  : 0;
    model_unlock();
    return result;
}

/* Programs share this value; all are told of the new one. */
LONG WINAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific)
{
    model_lock();
    struct call *call = call_find_handle(hdCall);
    if (call != NULL) {
        call->app_specific = dwAppSpecific;
        call->infos_due |= LINECALLINFOSTATE_APPSPECIFIC;
        model_changed();
    }
    model_unlock();
    return call == NULL ? TSPI_ERROR(INVALCALLHANDLE) : 0;
}

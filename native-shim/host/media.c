#include "media.h"

#include "calling.h"
#include "library.h"
#include "subjects.h"

#include <stdlib.h>
#include <string.h>

static DWORD number(const char *word)
{
    return (DWORD)strtoul(word, NULL, 0);
}

void run_digits(struct output *out, char **words)
{
    WCHAR units[DESTINATION_MAX];
    const struct book_call *call = subject_call(out, words[1]);
    if (call == NULL || !calling_destination(out, words[4], units)) {
        return;
    }
    subject_result(out,
                   tspi.TSPI_lineGenerateDigits(call->driver, number(words[2]), number(words[3]), units, 0));
    memset(units, 0, sizeof units);
}

void run_stopdigits(struct output *out, char **words)
{
    const struct book_call *call = subject_call(out, words[1]);
    if (call != NULL) {
        subject_result(out, tspi.TSPI_lineGenerateDigits(call->driver, 0, LINEDIGITMODE_DTMF, NULL, 0));
    }
}

void run_setmediamode(struct output *out, char **words)
{
    const struct book_call *call = subject_call(out, words[1]);
    if (call != NULL) {
        subject_result(out, tspi.TSPI_lineSetMediaMode(call->driver, number(words[2])));
    }
}

void run_monitormedia(struct output *out, char **words)
{
    const struct book_call *call = subject_call(out, words[1]);
    if (call != NULL) {
        subject_result(out, tspi.TSPI_lineMonitorMedia(call->driver, number(words[2])));
    }
}

void run_appspecific(struct output *out, char **words)
{
    const struct book_call *call = subject_call(out, words[1]);
    if (call != NULL) {
        subject_result(out, tspi.TSPI_lineSetAppSpecific(call->driver, number(words[2])));
    }
}

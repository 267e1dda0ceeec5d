#include "call-commands.h"

#include "show.h"

#include <string.h>

/* TAPI writes the call's handle into its place when the request is completed. */
static struct probe_call *new_call(struct answer *answer)
{
    struct probe_call *call = probe_call_new();
    if (call == NULL) {
        answer_problem(answer, "too many calls were seen");
    } else {
        output_number(answer->out, "call", (int64_t)(call - probe.calls) + 1);
    }
    return call;
}

static LONG make_call(struct answer *answer, const WCHAR *destination)
{
    const struct probe_line *line = answer_line(answer);
    struct probe_call *call = line == NULL ? NULL : new_call(answer);
    return call == NULL
               ? 0
               : answer_request(answer, lineMakeCallW(line->handle, &call->handle, destination, 0, NULL));
}

LONG run_makecall(struct answer *answer, char **words)
{
    WCHAR destination[DESTINATION_UNITS];
    return answer_units(answer, words[1], destination) ? make_call(answer, destination) : 0;
}

LONG run_maketone(struct answer *answer, char **words)
{
    (void)words;
    return make_call(answer, NULL);
}

/* A destination or a group; the other one is NULL, as TAPI wants it. */
static LONG pick_up(struct answer *answer, const WCHAR *destination, const WCHAR *group)
{
    const struct probe_line *line = answer_line(answer);
    struct probe_call *call = line == NULL ? NULL : new_call(answer);
    return call == NULL
               ? 0
               : answer_request(answer, linePickupW(line->handle, 0, &call->handle, destination, group));
}

LONG run_pickup(struct answer *answer, char **words)
{
    WCHAR destination[DESTINATION_UNITS];
    return answer_units(answer, words[1], destination) ? pick_up(answer, destination, NULL) : 0;
}

LONG run_pickupgroup(struct answer *answer, char **words)
{
    WCHAR group[DESTINATION_UNITS];
    /* TAPI's word for the own group is an empty one, which no command line can say. */
    const char *name = strcmp(words[1], "own") == 0 ? "" : words[1];
    return answer_units(answer, name, group) ? pick_up(answer, NULL, group) : 0;
}

/* Verbs that take a call and nothing else. */
#define VERB(command, function) \
    LONG run_##command(struct answer *answer, char **words) \
    { \
        const struct probe_call *call = answer_call(answer, words[1]); \
        return call == NULL ? 0 : answer_request(answer, function); \
    }
VERB(accept, lineAccept(call->handle, NULL, 0))
VERB(answer, lineAnswer(call->handle, NULL, 0))
VERB(drop, lineDrop(call->handle, NULL, 0))
VERB(hold, lineHold(call->handle))
VERB(unhold, lineUnhold(call->handle))
#undef VERB

/* Verbs that take a call and a destination. */
#define VERB_TO(command, function) \
    LONG run_##command(struct answer *answer, char **words) \
    { \
        WCHAR text[DESTINATION_UNITS]; \
        const struct probe_call *call = answer_call(answer, words[1]); \
        return call == NULL || !answer_units(answer, words[2], text) ? 0 : answer_request(answer, function); \
    }
VERB_TO(dial, lineDialW(call->handle, text, 0))
VERB_TO(redirect, lineRedirectW(call->handle, text, 0))
VERB_TO(blindtransfer, lineBlindTransferW(call->handle, text, 0))
#undef VERB_TO

LONG run_swaphold(struct answer *answer, char **words)
{
    const struct probe_call *active = answer_call(answer, words[1]);
    const struct probe_call *held = answer_call(answer, words[2]);
    return active == NULL || held == NULL
               ? 0
               : answer_request(answer, lineSwapHold(active->handle, held->handle));
}

static LONG set_up(struct answer *answer, const char *word, LINECALLPARAMS *parameters)
{
    const struct probe_call *call = answer_call(answer, word);
    struct probe_call *consultation = call == NULL ? NULL : new_call(answer);
    return consultation == NULL
               ? 0
               : answer_request(answer, lineSetupTransferW(call->handle, &consultation->handle, parameters));
}

LONG run_setuptransfer(struct answer *answer, char **words)
{
    return set_up(answer, words[1], NULL);
}

LONG run_onesteptransfer(struct answer *answer, char **words)
{
    struct {
        LINECALLPARAMS parameters;
        WCHAR target[DESTINATION_UNITS];
    } with = {{0}, {0}};
    if (!answer_units(answer, words[2], with.target)) {
        return 0;
    }
    with.parameters.dwTotalSize = sizeof with;
    with.parameters.dwBearerMode = LINEBEARERMODE_VOICE;
    with.parameters.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    with.parameters.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    with.parameters.dwCallParamFlags = LINECALLPARAMFLAGS_ONESTEPTRANSFER;
    with.parameters.dwTargetAddressSize = (DWORD)((wcslen(with.target) + 1) * sizeof *with.target);
    with.parameters.dwTargetAddressOffset = sizeof with.parameters;
    return set_up(answer, words[1], &with.parameters);
}

LONG run_completetransfer(struct answer *answer, char **words)
{
    const struct probe_call *call = answer_call(answer, words[1]);
    const struct probe_call *consultation = answer_call(answer, words[2]);
    return call == NULL || consultation == NULL
               ? 0
               : answer_request(answer, lineCompleteTransfer(call->handle, consultation->handle, NULL,
                                                             LINETRANSFERMODE_TRANSFER));
}

LONG run_digits(struct answer *answer, char **words)
{
    WCHAR digits[DESTINATION_UNITS];
    const struct probe_call *call = answer_call(answer, words[1]);
    return call == NULL || !answer_units(answer, words[2], digits)
               ? 0
               : lineGenerateDigitsW(call->handle, LINEDIGITMODE_DTMF, digits, 0);
}

LONG run_stopdigits(struct answer *answer, char **words)
{
    const struct probe_call *call = answer_call(answer, words[1]);
    return call == NULL ? 0 : lineGenerateDigitsW(call->handle, LINEDIGITMODE_DTMF, NULL, 0);
}

LONG run_callinfo(struct answer *answer, char **words)
{
    const struct probe_call *call = answer_call(answer, words[1]);
    return call == NULL ? 0 : show_call_info(answer->out, call->handle);
}

LONG run_callstatus(struct answer *answer, char **words)
{
    const struct probe_call *call = answer_call(answer, words[1]);
    return call == NULL ? 0 : show_call_status(answer->out, call->handle);
}

/* lineDeallocateCall: the number is not used again. */
LONG run_release(struct answer *answer, char **words)
{
    struct probe_call *call = answer_call(answer, words[1]);
    const LONG result = call == NULL ? 0 : lineDeallocateCall(call->handle);
    if (call != NULL && result == 0) {
        call->released = true;
    }
    return result;
}

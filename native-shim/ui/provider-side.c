/*
 * The half of the dialogs that runs in the telephony service: where the dialogs are found, and what they are
 * told. TSPI 1.8 of the contract. Everything here is asked for by whatever program loads the UI DLL: it is
 * told no more than TAPI tells every program, and can change nothing but the trace.
 */
#include "../shim/architecture.h"
#include "../shim/lines.h"
#include "../shim/links.h"
#include "../shim/model.h"
#include "../shim/text.h"
#include "../shim/trace.h"
#include "dialog-data.h"
#include "module-path.h"

#include <stdlib.h>

/* The UI DLL is this file; Windows takes the 32-bit one of the same name for a 32-bit program. */
LONG WINAPI TSPI_providerUIIdentify(LPWSTR lpszUIDLLName)
{
    return module_path(lpszUIDLLName, UI_PATH_MAX) ? 0 : TSPI_ERROR(OPERATIONFAILED);
}

static bool append(struct dialog_writer *writer, const struct line *line)
{
    const struct dialog_line shown = {
        .number = text_of(line->address),
        .name = text_of(line->name),
        .in_service = line->told_in_service,
        .open = line->handle != 0,
    };
    return dialog_append_line(writer, &shown);
}

static struct dialog_state state_now(uint32_t line_count)
{
    return (struct dialog_state){
        .release = text_of(TAPLINE_VERSION),
        .architecture = SHIM_ARCHITECTURE,
        .link = links_any_open() ? DIALOG_LINK_UP : DIALOG_LINK_NONE,
        .tracing = trace_is_on(),
        .line_count = line_count,
    };
}

static LONG answer_all(uint8_t *buffer, uint32_t first)
{
    struct dialog_writer writer;
    uint32_t count = 0;
    const struct line **order = lines_in_order(&count);
    if (order == NULL) {
        return TSPI_ERROR(NOMEM);
    }
    const struct dialog_state state = state_now(count);
    uint32_t at = first < count ? first : count;
    dialog_begin_answer(&writer, buffer, &state, at);
    while (order[at] != NULL && append(&writer, order[at])) {
        at++;
    }
    free(order);
    return 0;
}

static LONG answer_one(uint8_t *buffer, uint32_t first, DWORD device)
{
    struct dialog_writer writer;
    const struct line *line = line_find_device(device);
    if (line == NULL) {
        return TSPI_ERROR(BADDEVICEID);
    }
    const struct dialog_state state = state_now(1);
    dialog_begin_answer(&writer, buffer, &state, first > 0 ? 1 : 0);
    if (first == 0) {
        append(&writer, line);
    }
    return 0;
}

/*
 * Statement 120: whatever a program sends that is no question of our dialog is OPERATIONUNAVAIL, and stays as
 * it is.
 */
LONG WINAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType, LPVOID lpParams,
                                           DWORD dwSize)
{
    struct dialog_question question;
    const bool is_line = dwObjectType == TUISPIDLL_OBJECT_LINEID;
    if (lpParams == NULL || (!is_line && dwObjectType != TUISPIDLL_OBJECT_PROVIDERID)) {
        return TSPI_ERROR(OPERATIONUNAVAIL);
    }
    switch (dialog_read_question(lpParams, dwSize, &question)) {
    case DIALOG_NOT_ASKED:
        return TSPI_ERROR(OPERATIONUNAVAIL);
    case DIALOG_ASKED_BY_OTHER_RELEASE:
        dialog_answer_other_release(lpParams, text_of(TAPLINE_VERSION));
        return 0;
    case DIALOG_ASKED:
        break;
    }
    if (question.wish != DIALOG_SHOW) {
        trace_switch(question.wish == DIALOG_START_TRACE);
    }
    model_lock();
    const LONG result = is_line ? answer_one(lpParams, question.first, (DWORD)dwObjectID)
                                : answer_all(lpParams, question.first);
    /* The trace may have begun: its first line is to be sent. */
    model_changed();
    model_unlock();
    return result;
}

/* The provider starts no dialog of its own, so there is none to free. */
LONG WINAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE hdDlgInst)
{
    (void)hdDlgInst;
    return TSPI_ERROR(INVALPARAM);
}

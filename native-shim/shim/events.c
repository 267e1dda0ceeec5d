#include "events.h"

#include "calls.h"
#include "handles.h"
#include "model.h"
#include "outgoing.h"
#include "requests.h"

static void report_event(uint32_t line, uint32_t call, DWORD message, uint64_t param1, uint64_t param2,
                         uint64_t param3)
{
    const wire_report report = {
        .what = WIRE_REPORT_KIND_EVENT,
        .line = line,
        .call = call,
        .message = message,
        .param1 = param1,
        .param2 = param2,
        .param3 = param3,
    };
    outgoing_report(&report);
}

static void deliver(const struct completion *completion)
{
    const ASYNC_COMPLETION procedure = provider.completion;
    const wire_report report = {
        .what = WIRE_REPORT_KIND_COMPLETION,
        .line = completion->line,
        .call = completion->call,
        .message = (uint32_t)completion->result,
        .param1 = completion->id,
    };
    if (procedure == NULL) {
        return;
    }
    model_unlock();
    procedure(completion->id, completion->result);
    model_lock();
    outgoing_report(&report);
}

void events_deliver_completions(void)
{
    struct completion *completion;
    while ((completion = completion_take()) != NULL) {
        deliver(completion);
        completion_delivered(completion);
    }
}

void event_line(uint32_t id, DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3)
{
    const struct line *line = line_find(id);
    if (line == NULL || line->handle == 0) {
        return;
    }
    const LINEEVENT procedure = line->event;
    const HTAPILINE tapi = line->tapi;
    model_unlock();
    procedure(tapi, NULL, message, param1, param2, param3);
    model_lock();
    report_event(id, 0, message, param1, param2, param3);
}

void event_call(uint32_t handle, DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3)
{
    const struct call *call = handle_find(HANDLE_CALL, handle);
    if (call == NULL || call->tapi == NULL || call->line->handle == 0) {
        return;
    }
    const LINEEVENT procedure = call->line->event;
    const HTAPILINE tapi_line = call->line->tapi;
    const HTAPICALL tapi_call = call->tapi;
    const uint32_t line_id = call->line->id;
    const uint32_t call_id = call->id;
    model_unlock();
    procedure(tapi_line, tapi_call, message, param1, param2, param3);
    model_lock();
    report_event(line_id, call_id, message, param1, param2, param3);
}

HTAPICALL event_new_call(uint32_t handle)
{
    const struct call *call = handle_find(HANDLE_CALL, handle);
    if (call == NULL || call->line->handle == 0) {
        return NULL;
    }
    const LINEEVENT procedure = call->line->event;
    const HTAPILINE tapi_line = call->line->tapi;
    const uint32_t line_id = call->line->id;
    const uint32_t call_id = call->id;
    HTAPICALL cell = NULL; /* TAPI writes it only when it accepts */
    model_unlock();
    procedure(tapi_line, NULL, LINE_NEWCALL, handle, (DWORD_PTR)&cell, 0);
    model_lock();
    report_event(line_id, call_id, LINE_NEWCALL, handle, (DWORD_PTR)cell, 0);
    return cell;
}

static void event_provider(uint32_t line, DWORD message, DWORD_PTR param1, DWORD_PTR param2)
{
    const LINEEVENT procedure = provider.line_create;
    if (procedure == NULL) {
        return;
    }
    model_unlock();
    procedure(NULL, NULL, message, param1, param2, 0);
    model_lock();
    report_event(line, 0, message, param1, param2, 0);
}

void event_create(uint32_t line, uint32_t token)
{
    event_provider(line, LINE_CREATE, (DWORD_PTR)provider.handle, token);
}

void event_remove(uint32_t line, DWORD device)
{
    event_provider(line, LINE_REMOVE, device, 0);
}

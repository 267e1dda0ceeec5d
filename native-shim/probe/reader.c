/* Reads TAPI's messages as they come and writes each, raw and with the names of what it says. */
#include "../host/output.h"
#include "../port/port.h"
#include "names.h"
#include "probe.h"

#include <stdio.h>

static HANDLE stopping;
static port_thread *thread;

static bool is_about_call(DWORD message)
{
    return message == LINE_CALLSTATE || message == LINE_CALLINFO || message == LINE_GENERATE ||
           message == LINE_MONITORMEDIA || message == LINE_MONITORDIGITS;
}

static void write_message(const LINEMESSAGE *message)
{
    struct output out;
    char text[48];
    const char *name = name_of_message(message->dwMessageID);
    snprintf(text, sizeof text, "%s", name);
    output_begin(&out, "message");
    output_text(&out, "message", name);
    output_number(&out, "messageID", message->dwMessageID);
    output_hex(&out, "device", message->hDevice);
    output_hex(&out, "instance", message->dwCallbackInstance);
    output_hex(&out, "param1", message->dwParam1);
    output_hex(&out, "param2", message->dwParam2);
    output_hex(&out, "param3", message->dwParam3);
    if (is_about_call(message->dwMessageID)) {
        output_number(&out, "call", probe_call_number((HCALL)message->hDevice));
    }
    if (message->dwMessageID == LINE_CREATE) {
        probe_device_created((DWORD)message->dwParam1);
    }
    if (message->dwMessageID == LINE_APPNEWCALL) {
        output_number(&out, "call", probe_call_number((HCALL)message->dwParam2));
    }
    if (message->dwMessageID == LINE_CALLSTATE) {
        const char *state = name_of_state((DWORD)message->dwParam1);
        output_text(&out, "state", state);
        snprintf(text, sizeof text, "%s %s", name, state);
    }
    if (message->dwMessageID == LINE_REPLY) {
        output_number(&out, "request", (int64_t)message->dwParam1);
        const LONG result = (LONG)message->dwParam2;
        if (result != 0) {
            output_text(&out, "error", name_of_error(result));
        }
        snprintf(text, sizeof text, "%s %s", name, result == 0 ? "0" : name_of_error(result));
    }
    output_end(&out);
    messages_add(text);
}

static void read_messages(void *unused)
{
    const HANDLE wait[] = {stopping, probe.event};
    LINEMESSAGE message;
    (void)unused;
    while (WaitForMultipleObjects(2, wait, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) {
        while (lineGetMessage(probe.application, &message, 0) == 0) {
            write_message(&message);
        }
    }
}

bool reader_start(void)
{
    stopping = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread = stopping == NULL ? NULL : port_thread_start(read_messages, NULL);
    return thread != NULL;
}

void reader_stop(void)
{
    SetEvent(stopping);
    port_thread_join(thread, READER_DEADLINE);
    CloseHandle(stopping);
}

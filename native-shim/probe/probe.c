#include "probe.h"

#include "../port/port.h"

#include <stdlib.h>
#include <string.h>

struct probe probe;

static port_lock lock = PORT_LOCK_INIT;
static port_condition arrived = PORT_CONDITION_INIT;
static char messages[MESSAGES_MAX][48];
static unsigned message_count; /* of all; a ring */
static unsigned message_taken;

LONG probe_start(void)
{
    LINEINITIALIZEEXPARAMS parameters = {.dwTotalSize = sizeof parameters,
                                         .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    probe.version = API_NEWEST;
    const LONG result = lineInitializeExW(&probe.application, GetModuleHandleW(NULL), NULL, L"lineprobe",
                                          &probe.devices, &probe.version, &parameters);
    if (result != 0) {
        return result;
    }
    probe.event = parameters.Handles.hEvent;
    return probe.application != 0 && probe.event != NULL ? 0 : (LONG)LINEERR_UNINITIALIZED;
}

void probe_end(void)
{
    lineShutdown(probe.application);
}

LONG probe_negotiate(DWORD device, DWORD *version)
{
    LINEEXTENSIONID extension;
    return lineNegotiateAPIVersion(probe.application, device, API_OLDEST, API_NEWEST, version, &extension);
}

struct probe_line *probe_line(void)
{
    for (unsigned i = LINES_MAX_OPEN; i-- > 0;) {
        if (probe.lines[i].handle != 0) {
            return &probe.lines[i];
        }
    }
    return NULL;
}

void probe_device_created(DWORD device)
{
    port_lock_acquire(&lock);
    if (device >= probe.devices && device < MAXDWORD) {
        probe.devices = device + 1;
    }
    port_lock_release(&lock);
}

DWORD probe_devices(void)
{
    port_lock_acquire(&lock);
    const DWORD devices = probe.devices;
    port_lock_release(&lock);
    return devices;
}

struct probe_call *probe_call_new(void)
{
    port_lock_acquire(&lock);
    struct probe_call *call = probe.calls_seen < CALLS_MAX_SEEN ? &probe.calls[probe.calls_seen++] : NULL;
    port_lock_release(&lock);
    return call;
}

struct probe_call *probe_call_find(const char *word)
{
    struct probe_call *found = NULL;
    const unsigned long number = strtoul(word, NULL, 10);
    const bool last = strcmp(word, "last") == 0;
    port_lock_acquire(&lock);
    for (unsigned i = probe.calls_seen; i-- > 0 && found == NULL;) {
        struct probe_call *call = &probe.calls[i];
        if (call->handle != 0 && !call->released && (last || number == i + 1)) {
            found = call;
        }
    }
    port_lock_release(&lock);
    return found;
}

unsigned probe_call_number(HCALL handle)
{
    port_lock_acquire(&lock);
    unsigned number = 0;
    for (unsigned i = probe.calls_seen; i-- > 0 && number == 0;) {
        if (probe.calls[i].handle == handle && !probe.calls[i].released) {
            number = i + 1;
        }
    }
    port_lock_release(&lock);
    if (number == 0) {
        struct probe_call *call = probe_call_new();
        if (call != NULL) {
            call->handle = handle;
            number = (unsigned)(call - probe.calls) + 1;
        }
    }
    return number;
}

void messages_add(const char *text)
{
    port_lock_acquire(&lock);
    char *place = messages[message_count++ % MESSAGES_MAX];
    strncpy(place, text, sizeof messages[0] - 1);
    port_condition_broadcast(&arrived);
    port_lock_release(&lock);
}

bool messages_wait(const char *text, DWORD milliseconds)
{
    const uint64_t deadline = port_now_us() + (uint64_t)milliseconds * 1000u;
    bool found = false;
    port_lock_acquire(&lock);
    for (;;) {
        if (message_count - message_taken > MESSAGES_MAX) {
            message_taken = message_count - MESSAGES_MAX;
        }
        while (message_taken < message_count && !found) {
            found = strcmp(messages[message_taken++ % MESSAGES_MAX], text) == 0;
        }
        const uint64_t now = port_now_us();
        if (found || now >= deadline) {
            break;
        }
        port_condition_wait(&arrived, &lock, (uint32_t)((deadline - now) / 1000u) + 1);
    }
    port_lock_release(&lock);
    return found;
}

/*
 * The connection to the companion over a named pipe. The name carries the Windows session of the companion;
 * session 0 is the service. The shim creates the event a companion sets after it listens.
 */
#include "../shim/trace.h"
#include "port.h"

#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>

#define PIPE_NAME L"\\\\.\\pipe\\Tapline.Companion.%lu"
#define PIPE_NAME_LENGTH 48

#define READY_EVENT_NAME L"Global\\Tapline.Companion.Ready"

/*
 * SYSTEM and NETWORK SERVICE (the telephony service) in full; interactive users, whose companion sets the
 * event, may only do that and wait for it: EVENT_MODIFY_STATE | SYNCHRONIZE.
 */
#define READY_EVENT_SDDL L"D:P(A;;GA;;;SY)(A;;GA;;;NS)(A;;0x100002;;;IU)"

/*
 * What the pipe's access rights give the telephony service: generic read and write without
 * FILE_CREATE_PIPE_INSTANCE. GENERIC_WRITE would ask for that as well, and be denied.
 */
#define PIPE_ACCESS (FILE_GENERIC_READ | (FILE_GENERIC_WRITE & ~(DWORD)FILE_CREATE_PIPE_INSTANCE))

#define NO_SESSION 0xFFFFFFFFu

struct port_link {
    HANDLE wake;
    HANDLE ready;
    HANDLE pipe; /* INVALID_HANDLE_VALUE without a connection */
    OVERLAPPED reading;
    OVERLAPPED writing;
    bool read_under_way;
    bool write_under_way;
};

static HANDLE create_ready_event(void)
{
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, NULL, FALSE};
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(READY_EVENT_SDDL, SDDL_REVISION_1,
                                                              &attributes.lpSecurityDescriptor, NULL)) {
        return NULL;
    }
    const HANDLE event = CreateEventW(&attributes, FALSE, FALSE, READY_EVENT_NAME);
    LocalFree(attributes.lpSecurityDescriptor);
    return event;
}

port_link *port_link_create(void)
{
    port_link *link = calloc(1, sizeof *link);
    if (link == NULL) {
        return NULL;
    }
    link->pipe = INVALID_HANDLE_VALUE;
    link->wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    link->ready = create_ready_event();
    link->reading.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    link->writing.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (link->wake == NULL || link->ready == NULL || link->reading.hEvent == NULL ||
        link->writing.hEvent == NULL) {
        trace("link: no event, error %u", (unsigned)GetLastError());
        port_link_destroy(link);
        return NULL;
    }
    return link;
}

static void close_handle(HANDLE handle)
{
    if (handle != NULL) {
        CloseHandle(handle);
    }
}

void port_link_destroy(port_link *link)
{
    port_link_disconnect(link);
    close_handle(link->wake);
    close_handle(link->ready);
    close_handle(link->reading.hEvent);
    close_handle(link->writing.hEvent);
    free(link);
}

void port_link_wake(port_link *link)
{
    SetEvent(link->wake);
}

/*
 * A pipe of another session could imitate the companion of this one; its server must live where its name
 * says.
 */
static bool served_by_session(HANDLE pipe, DWORD session)
{
    ULONG server = 0;
    if (!GetNamedPipeServerSessionId(pipe, &server)) {
        trace("link: the pipe's session is unknown, error %u", (unsigned)GetLastError());
        return false;
    }
    if (server != session) {
        trace("link: the pipe of session %u is served by session %u", (unsigned)session, (unsigned)server);
        return false;
    }
    return true;
}

static bool connect_to_session(port_link *link, DWORD session)
{
    WCHAR name[PIPE_NAME_LENGTH];
    _snwprintf(name, PIPE_NAME_LENGTH - 1, PIPE_NAME, (unsigned long)session);
    name[PIPE_NAME_LENGTH - 1] = 0;
    /* Identification: the companion may see who connects, and cannot act as the telephony service. */
    const HANDLE pipe =
        CreateFileW(name, PIPE_ACCESS, 0, NULL, OPEN_EXISTING,
                    FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
    if (pipe == INVALID_HANDLE_VALUE) {
        return false;
    }
    if (!served_by_session(pipe, session)) {
        CloseHandle(pipe);
        return false;
    }
    link->pipe = pipe;
    return true;
}

bool port_link_connect(port_link *link)
{
    DWORD own = NO_SESSION;
    ProcessIdToSessionId(GetCurrentProcessId(), &own);
    const DWORD sessions[] = {0, WTSGetActiveConsoleSessionId(), own};
    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++) {
        bool known = sessions[i] == NO_SESSION;
        for (size_t earlier = 0; earlier < i; earlier++) {
            known = known || sessions[earlier] == sessions[i];
        }
        if (!known && connect_to_session(link, sessions[i])) {
            return true;
        }
    }
    return false;
}

static void cancel(HANDLE pipe, OVERLAPPED *operation, bool *under_way)
{
    DWORD moved = 0;
    if (*under_way) {
        CancelIoEx(pipe, operation);
        GetOverlappedResult(pipe, operation, &moved, TRUE);
    }
    *under_way = false;
}

void port_link_disconnect(port_link *link)
{
    if (link->pipe == INVALID_HANDLE_VALUE) {
        return;
    }
    cancel(link->pipe, &link->reading, &link->read_under_way);
    cancel(link->pipe, &link->writing, &link->write_under_way);
    CloseHandle(link->pipe);
    link->pipe = INVALID_HANDLE_VALUE;
}

bool port_link_read(port_link *link, uint8_t *buffer, size_t capacity)
{
    ResetEvent(link->reading.hEvent);
    link->read_under_way = ReadFile(link->pipe, buffer, (DWORD)capacity, NULL, &link->reading) ||
                           GetLastError() == ERROR_IO_PENDING;
    return link->read_under_way;
}

bool port_link_write(port_link *link, const uint8_t *data, size_t size)
{
    ResetEvent(link->writing.hEvent);
    link->write_under_way =
        WriteFile(link->pipe, data, (DWORD)size, NULL, &link->writing) || GetLastError() == ERROR_IO_PENDING;
    return link->write_under_way;
}

/* The outcome of an operation under way: over, not yet, or the connection is lost. */
static unsigned moved(HANDLE pipe, OVERLAPPED *operation, bool *under_way, unsigned done, size_t *size)
{
    DWORD count = 0;
    if (!*under_way) {
        return 0;
    }
    if (GetOverlappedResult(pipe, operation, &count, FALSE)) {
        *under_way = false;
        *size = count;
        return count > 0 ? done : (unsigned)PORT_LINK_LOST;
    }
    if (GetLastError() == ERROR_IO_INCOMPLETE) {
        return 0;
    }
    *under_way = false;
    return PORT_LINK_LOST;
}

unsigned port_link_wait(port_link *link, uint32_t milliseconds, size_t *read, size_t *written)
{
    HANDLE wait[3] = {link->wake};
    DWORD count = 1;
    unsigned events = 0;
    if (link->read_under_way) {
        wait[count++] = link->reading.hEvent;
    }
    if (link->write_under_way) {
        wait[count++] = link->writing.hEvent;
    }
    const DWORD woke =
        WaitForMultipleObjects(count, wait, FALSE, milliseconds == PORT_FOREVER ? INFINITE : milliseconds);
    if (woke == WAIT_TIMEOUT) {
        return PORT_LINK_TIMEOUT;
    }
    if (woke == WAIT_FAILED) {
        return PORT_LINK_LOST;
    }
    if (woke == WAIT_OBJECT_0) {
        events |= PORT_LINK_WOKEN;
    }
    events |= moved(link->pipe, &link->reading, &link->read_under_way, PORT_LINK_READ, read);
    events |= moved(link->pipe, &link->writing, &link->write_under_way, PORT_LINK_WRITTEN, written);
    return events;
}

bool port_link_has_ready_event(void)
{
    return true;
}

bool port_link_wait_ready(port_link *link, uint32_t milliseconds)
{
    const HANDLE wait[2] = {link->wake, link->ready};
    const DWORD woke =
        WaitForMultipleObjects(2, wait, FALSE, milliseconds == PORT_FOREVER ? INFINITE : milliseconds);
    return woke == WAIT_OBJECT_0 + 1;
}

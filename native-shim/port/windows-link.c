/*
 * The connections to companions over named pipes. The name carries the Windows session of the companion;
 * session 0 is the service. The shim creates the event a companion sets after it listens. windows-trust.c
 * says whom to believe.
 */
#include "../shim/trace.h"
#include "port.h"
#include "windows-names.h"
#include "windows-trust.h"

#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>

#define PIPE_NAME_LENGTH 48u

#define READY_EVENT_NAME L"Global\\Tapline.Companion.Ready"

/*
 * SYSTEM and NETWORK SERVICE (the telephony service) in full; interactive users and services, whose companion
 * sets the event, may only do that (EVENT_MODIFY_STATE): whoever may wait for it could have the announcement
 * himself.
 */
#define READY_EVENT_SDDL L"D:P(A;;GA;;;SY)(A;;GA;;;NS)(A;;0x2;;;IU)(A;;0x2;;;SU)"

/*
 * What the pipe's access rights give the telephony service: generic read and write without
 * FILE_CREATE_PIPE_INSTANCE. GENERIC_WRITE would ask for that as well, and be denied.
 */
#define PIPE_ACCESS (FILE_GENERIC_READ | (FILE_GENERIC_WRITE & ~(DWORD)FILE_CREATE_PIPE_INSTANCE))

#define WAIT_FAILED_PAUSE 100u

struct port_links {
    HANDLE wake;
    HANDLE ready; /* NULL: there is none that can be trusted */
};

struct port_link {
    HANDLE pipe;
    OVERLAPPED reading;
    OVERLAPPED writing;
    bool read_under_way;
    bool write_under_way;
};

/*
 * The event, made with its rights. One that is there already is this service's of a moment ago, or somebody's
 * who wants to be asked: everybody may make a name. Without an event of its own the shim looks for companions
 * by time.
 */
static HANDLE create_ready_event(void)
{
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, NULL, FALSE};
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(READY_EVENT_SDDL, SDDL_REVISION_1,
                                                              &attributes.lpSecurityDescriptor, NULL)) {
        return NULL;
    }
    HANDLE event = CreateEventW(&attributes, FALSE, FALSE, READY_EVENT_NAME);
    const bool is_new = event != NULL && GetLastError() != ERROR_ALREADY_EXISTS;
    LocalFree(attributes.lpSecurityDescriptor);
    if (event == NULL || (!is_new && !trust_own_object(event))) {
        trace("link: the event of companions belongs to somebody else");
        if (event != NULL) {
            CloseHandle(event);
        }
        event = NULL;
    }
    return event;
}

port_links *port_links_create(void)
{
    port_links *links = calloc(1, sizeof *links);
    if (links == NULL) {
        return NULL;
    }
    links->wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (links->wake == NULL) {
        free(links);
        return NULL;
    }
    links->ready = create_ready_event();
    return links;
}

static void close_handle(HANDLE handle)
{
    if (handle != NULL) {
        CloseHandle(handle);
    }
}

void port_links_destroy(port_links *links)
{
    close_handle(links->wake);
    close_handle(links->ready);
    free(links);
}

void port_links_wake(port_links *links)
{
    SetEvent(links->wake);
}

bool port_links_announce(const port_links *links)
{
    return links->ready != NULL;
}

/* INVALID_HANDLE_VALUE: nobody serves the session, or one who may not be trusted. */
static HANDLE open_pipe(uint32_t session)
{
    WCHAR name[PIPE_NAME_LENGTH];
    _snwprintf(name, PIPE_NAME_LENGTH - 1, PIPE_NAMES PIPE_NAME L"%lu", (unsigned long)session);
    name[PIPE_NAME_LENGTH - 1] = 0;
    /* Identification: the companion may see who connects, and cannot act as the telephony service. */
    const HANDLE pipe =
        CreateFileW(name, PIPE_ACCESS, 0, NULL, OPEN_EXISTING,
                    FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
    if (pipe != INVALID_HANDLE_VALUE && !trust_pipe(pipe, session)) {
        CloseHandle(pipe);
        return INVALID_HANDLE_VALUE;
    }
    return pipe;
}

port_link *port_link_open(uint32_t session)
{
    const HANDLE pipe = open_pipe(session);
    if (pipe == INVALID_HANDLE_VALUE) {
        return NULL;
    }
    port_link *link = calloc(1, sizeof *link);
    if (link == NULL) {
        CloseHandle(pipe);
        return NULL;
    }
    link->pipe = pipe;
    link->reading.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    link->writing.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (link->reading.hEvent == NULL || link->writing.hEvent == NULL) {
        port_link_close(link);
        return NULL;
    }
    return link;
}

static void cancel(HANDLE pipe, OVERLAPPED *operation, bool *under_way)
{
    DWORD count = 0;
    if (*under_way) {
        CancelIoEx(pipe, operation);
        GetOverlappedResult(pipe, operation, &count, TRUE);
    }
    *under_way = false;
}

void port_link_close(port_link *link)
{
    cancel(link->pipe, &link->reading, &link->read_under_way);
    cancel(link->pipe, &link->writing, &link->write_under_way);
    CloseHandle(link->pipe);
    close_handle(link->reading.hEvent);
    close_handle(link->writing.hEvent);
    free(link);
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

unsigned port_links_wait(port_links *links, port_link *const *each, size_t count, uint32_t milliseconds,
                         bool listens)
{
    HANDLE wait[2 + 2 * PORT_LINKS_MAX] = {links->wake};
    DWORD handles = 1;
    const bool hears = listens && links->ready != NULL;
    if (hears) {
        wait[handles++] = links->ready;
    }
    for (size_t i = 0; i < count; i++) {
        if (each[i]->read_under_way) {
            wait[handles++] = each[i]->reading.hEvent;
        }
        if (each[i]->write_under_way) {
            wait[handles++] = each[i]->writing.hEvent;
        }
    }
    const DWORD woke =
        WaitForMultipleObjects(handles, wait, FALSE, milliseconds == PORT_FOREVER ? INFINITE : milliseconds);
    if (woke == WAIT_OBJECT_0) {
        return PORT_LINKS_WOKEN;
    }
    if (hears && woke == WAIT_OBJECT_0 + 1) {
        return PORT_LINKS_ANNOUNCED;
    }
    if (woke == WAIT_FAILED) {
        Sleep(WAIT_FAILED_PAUSE); /* for want of resources; a service must not spin meanwhile */
    }
    return woke == WAIT_TIMEOUT ? PORT_LINKS_TIMEOUT : 0;
}

unsigned port_link_events(port_link *link, size_t *read, size_t *written)
{
    return moved(link->pipe, &link->reading, &link->read_under_way, PORT_LINK_READ, read) |
           moved(link->pipe, &link->writing, &link->write_under_way, PORT_LINK_WRITTEN, written);
}

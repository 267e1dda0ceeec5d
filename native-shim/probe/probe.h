/* What one run of lineprobe knows: its use of TAPI, the lines it opened, the calls it saw, the messages. */
#ifndef TAPLINE_PROBE_PROBE_H
#define TAPLINE_PROBE_PROBE_H

#include "limits.h"

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

#include <tapi.h>

struct probe_line {
    HLINE handle; /* 0: closed */
    DWORD device;
    DWORD version; /* as negotiated */
};

/* A call keeps its place for the whole run: TAPI writes the handle after a function has returned. */
struct probe_call {
    HCALL handle;
    bool released;
};

struct probe {
    HLINEAPP application;
    HANDLE event; /* set by TAPI when a message waits */
    DWORD devices;
    DWORD version; /* the newest TAPI has */
    struct probe_line lines[LINES_MAX_OPEN];
    struct probe_call calls[CALLS_MAX_SEEN];
    unsigned calls_seen;
};

extern struct probe probe;

/* lineInitializeEx; 0, a LINEERR_ value, or LINEERR_UNINITIALIZED when tapi32 said yes and gave nothing. */
LONG probe_start(void);

/* lineShutdown, after the reading of messages has ended. */
void probe_end(void);

/* lineNegotiateAPIVersion of a device; 0 or a LINEERR_ value. */
LONG probe_negotiate(DWORD device, DWORD *version);

/* The line opened last; NULL: none is open. */
struct probe_line *probe_line(void);

/* A line was created while the program runs: LINE_CREATE. */
void probe_device_created(DWORD device);

/* Line devices, those created meanwhile included. */
DWORD probe_devices(void);

/* A place for a call's handle; NULL: CALLS_MAX_SEEN calls were seen. */
struct probe_call *probe_call_new(void);

/* A call by its number, counted from 1, or by `last`; NULL: there is none, or it was released. */
struct probe_call *probe_call_find(const char *word);

/* The number of a handle; a handle seen for the first time gets one. 0: no room. */
unsigned probe_call_number(HCALL handle);

/*
 * Messages, in the order they came. A text is `LINE_CALLSTATE CONNECTED`, or a message's name alone. Waiting
 * begins after the message the last wait took.
 */
void messages_add(const char *text);
bool messages_wait(const char *text, DWORD milliseconds);

/* The thread that reads messages and writes each as a line. */
bool reader_start(void);
void reader_stop(void);

#endif

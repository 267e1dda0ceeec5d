/* Every limit, grace, deadline and back-off of the shim. Times are milliseconds. */
#ifndef TAPLINE_CONSTANTS_H
#define TAPLINE_CONSTANTS_H

/* The build passes the release from package.json. */
#ifndef TAPLINE_VERSION
#error "TAPLINE_VERSION is not defined"
#endif

/* TSPI versions the shim negotiates: TAPI 1.3 to 3.1. */
#define TSPI_VERSION_OLDEST 0x00010003u
#define TSPI_VERSION_NEWEST 0x00030001u

/* After the link is lost, a call lives on towards TAPI this long; a link back by then loses no call. */
#define LINK_LOSS_CALL_GRACE 1500u

/* After the link is lost, lines stay in service this long, so that a restart of the companion is not seen. */
#define LINK_LOSS_SERVICE_GRACE 5000u

/* A request made without a link waits this long for one, then completes RESOURCEUNAVAIL. */
#define LINK_WAIT_DEADLINE 5000u

/* A request that was sent completes OPERATIONFAILED when it has no result by then. */
#define REQUEST_DEADLINE 15000u

/* From the connection to the end of the first snapshot. */
#define HANDSHAKE_DEADLINE 5000u

/* Reconnecting: the pause doubles from the first to the longest, each with up to a quarter of jitter. */
#define RECONNECT_PAUSE_FIRST 20u
#define RECONNECT_PAUSE_LONGEST 1000u

/* So many attempts after a lost link; then the shim waits for the ready event, without a timer. */
#define RECONNECT_ATTEMPTS 10u

/* A conversation this long was no failure: the next loss starts the pauses anew. */
#define SETTLED_AFTER 5000u

/*
 * lineClose and lineCloseCall wait this long for their completions; TAPI may hold the dispatcher in a
 * callback.
 */
#define COMPLETION_WAIT 500u

/* TSPI_providerShutdown waits this long for each of the two threads. */
#define THREAD_JOIN_DEADLINE 1400u

/* Frames from the companion that wait for the dispatcher; when full, the link stops reading. */
#define INBOX_FRAMES_MAX 1024u

/* Bytes that wait to be written to the companion; when full, a request is refused. */
#define OUTGOING_BYTES_MAX 262144u

/* Reports are for diagnostics: dropped when so much waits already. */
#define OUTGOING_BYTES_REPORTS 131072u

/* Lines, calls, pending requests and handles at a time. */
#define LINES_MAX 4096u
#define CALLS_MAX 8192u
#define REQUESTS_MAX 1024u
#define HANDLES_MAX 16384u

/* Failed or ended calls whose handle TAPI never gave back; the oldest are forgotten beyond this. */
#define ENDED_CALLS_MAX 256u

/* Ids of ended calls remembered, so that a late frame does not bring a call back. */
#define ENDED_IDS_MAX 256u

/* Bytes of UTF-8 without terminator, as contract/shim.schema.json bounds them. */
#define NUMBER_BYTES_MAX 128u
#define NAME_BYTES_MAX 256u
#define TARGET_BYTES_MAX 512u

#endif

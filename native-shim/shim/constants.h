/* Every limit, grace, deadline and back-off of the shim. Times are milliseconds. */
#ifndef TAPLINE_CONSTANTS_H
#define TAPLINE_CONSTANTS_H

/* The build passes the release from package.json. */
#ifndef TAPLINE_VERSION
#error "TAPLINE_VERSION is not defined"
#endif

/* TSPI versions the shim negotiates: TAPI 2.0 to 3.1. Structures can be filled as TAPI 1.3 had them, too. */
#define TSPI_VERSION_OLDEST 0x00020000u
#define TSPI_VERSION_NEWEST 0x00030001u
#define STRUCTURE_VERSION_OLDEST 0x00010003u

/* The oldest protocol of the link the shim still speaks; the newest is WIRE_PROTOCOL. */
#define PROTOCOL_OLDEST 1u

/* Calls a line can hold, and consultations it can have under way, where its PBX can do either. */
#define HELD_CALLS_MAX 8u
#define PENDING_TRANSFERS_MAX 1u

/* Duration of one DTMF digit: what TAPI asks for is brought into these bounds, 0 is the default. */
#define DIGIT_DURATION_MIN 40u
#define DIGIT_DURATION_MAX 5000u
#define DIGIT_DURATION_DEFAULT 100u

/* A pause between or instead of two digits takes no longer than this. */
#define DIGIT_PAUSE_MAX 2000u

/* Digits under way, and LINE_GENERATE events that wait for the dispatcher. */
#define DIGIT_JOBS_MAX 256u

/* After the link is lost, a call lives on towards TAPI this long; a link back by then loses no call. */
#define LINK_LOSS_CALL_GRACE 1500u

/* After the link is lost, lines stay in service this long, so that a restart of the companion is not seen. */
#define LINK_LOSS_SERVICE_GRACE 5000u

/*
 * After the provider's start, lines of the table on disk are in service this long without a companion:
 * programs may start before it.
 */
#define START_SERVICE_GRACE 10000u

/* A request made without a link waits this long for one, then completes RESOURCEUNAVAIL. */
#define LINK_WAIT_DEADLINE 5000u

/* A request that was sent completes OPERATIONFAILED when it has no result by then; digits take their own time
 * more. */
#define REQUEST_DEADLINE 15000u

/* From the connection to the end of the first snapshot, without the time in which the inbox was full. */
#define HANDSHAKE_DEADLINE 5000u

/* A companion that takes nothing for so long is lost; requests that waited for it complete. */
#define WRITE_DEADLINE 10000u

/* Companions followed at once; each costs two buffers of OUTGOING_BYTES_MAX and one of a frame. */
#define LINKS_MAX 24u

/* Sessions looked at in one search for companions. */
#define SESSIONS_LOOKED_AT_MAX 256u

/* Any user may say that a companion is ready: the shim looks again no sooner than this. */
#define ANNOUNCEMENT_PAUSE 50u

/* Looking for companions: the pause doubles from the first to the longest, each with up to a quarter of
 * jitter. */
#define LOOK_PAUSE_FIRST 20u
#define LOOK_PAUSE_LONGEST 1000u

/* So many attempts after a lost link or an announcement; then the shim waits for the next one, without a
 * timer. */
#define LOOK_ATTEMPTS 10u

/* A conversation this long was no failure: the next loss starts the pauses anew. */
#define SETTLED_AFTER 5000u

/*
 * lineClose and lineCloseCall wait this long for their completions; TAPI may hold the dispatcher in a
 * callback.
 */
#define COMPLETION_WAIT 500u

/*
 * TSPI_providerShutdown waits this long for each of the two threads. With COMPLETION_WAIT before, it must
 * return within SHUTDOWN_DEADLINE (statement 19), whoever holds them.
 */
#define THREAD_JOIN_DEADLINE 1200u
#define SHUTDOWN_DEADLINE 3000u

/* Frames from one companion that wait for the dispatcher; when full, its link stops reading. */
#define INBOX_FRAMES_MAX 1024u

/* Bytes that wait to be written to one companion; when full, a request is refused. */
#define OUTGOING_BYTES_MAX 262144u

/* Reports are for diagnostics: dropped when so much waits already. */
#define OUTGOING_BYTES_REPORTS 131072u

/*
 * With much to do the dispatcher leaves the model's lock to other threads so often; and goes on after so long
 * when none has had it.
 */
#define GIVE_WAY_INTERVAL 2u
#define GIVE_WAY_LONGEST 1u

/* Lines, calls, pending requests and handles at a time. */
#define LINES_MAX 8192u
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

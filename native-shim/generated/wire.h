/* Generated from contract/shim.schema.json by `npm run generate`. Do not edit. */

#ifndef TAPLINE_WIRE_H
#define TAPLINE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_PROTOCOL 2u
#define WIRE_HEADER_SIZE 9u
#define WIRE_MAX_BODY 65536u

/* UTF-8 that points into the body it was read from; not terminated. */
typedef struct wire_text {
    const char *data;
    uint16_t size;
} wire_text;

typedef struct wire_frame {
    uint32_t length;
    uint8_t type;
    uint32_t request;
    const uint8_t *body;
} wire_frame;

enum wire_type {
    WIRE_HELLO = 1,
    WIRE_LINE_OPENED = 2,
    WIRE_LINE_CLOSED = 3,
    WIRE_MAKE_CALL = 4,
    WIRE_PICKUP = 5,
    WIRE_COMMAND = 6,
    WIRE_CANCEL = 7,
    WIRE_REPORT = 8,
    WIRE_COMMAND_NUMBER = 9,
    WIRE_COMMAND_PAIR = 10,
    WIRE_MAKE_CALL_PART = 11,
    WIRE_PICKUP_GROUP = 12,
    WIRE_SETUP_TRANSFER = 13,
    WIRE_GENERATE_DIGITS = 14,
    WIRE_TRACE = 15,
    WIRE_WELCOME = 64,
    WIRE_LINE = 65,
    WIRE_LINE_GONE = 66,
    WIRE_CALL = 67,
    WIRE_RESULT = 68,
    WIRE_SYNCED = 69
};

/* what the shim was built for */
enum wire_architecture {
    WIRE_ARCHITECTURE_X86 = 1,
    WIRE_ARCHITECTURE_X64 = 2,
    WIRE_ARCHITECTURE_ARM64 = 3,
    WIRE_ARCHITECTURE_NATIVE = 4
};

/* what a TAPI program wants done with a call; from accept on, protocol 2 */
enum wire_verb {
    WIRE_VERB_ANSWER = 1,
    WIRE_VERB_DROP = 2,
    WIRE_VERB_ACCEPT = 3,
    WIRE_VERB_HOLD = 4,
    WIRE_VERB_UNHOLD = 5
};

/* what a TAPI program wants done with a call and a number */
enum wire_number_verb {
    WIRE_NUMBER_VERB_DIAL = 1,
    WIRE_NUMBER_VERB_DIAL_PART = 2,
    WIRE_NUMBER_VERB_REDIRECT = 3,
    WIRE_NUMBER_VERB_BLIND_TRANSFER = 4
};

/* what a TAPI program wants done with two calls */
enum wire_pair_verb {
    WIRE_PAIR_VERB_SWAP_HOLD = 1,
    WIRE_PAIR_VERB_COMPLETE_TRANSFER = 2
};

/* what the shim exchanged with the telephony service; ignored, protocol 2: another companion publishes the line, too, and its word counts */
enum wire_report_kind {
    WIRE_REPORT_KIND_EVENT = 1,
    WIRE_REPORT_KIND_COMPLETION = 2,
    WIRE_REPORT_KIND_REQUEST = 3,
    WIRE_REPORT_KIND_IGNORED = 4
};

/* one end of a call, as LINECALLINFO tells it */
typedef struct wire_party {
    uint32_t flags; /* LINECALLPARTYID_ bits */
    wire_text number; /* empty when unknown or withheld */
    wire_text name; /* empty when unknown or withheld */
} wire_party;

/* The first frame on every link: who connects, and the protocol versions it can speak. */
typedef struct wire_hello {
    uint16_t protocol_min; /* oldest version the shim speaks */
    uint16_t protocol_max; /* newest version the shim speaks */
    uint8_t architecture; /* build of the shim */
    uint32_t process_id; /* process the shim runs in */
    uint32_t provider_id; /* permanent provider id of TSPI_providerInit */
    wire_text version; /* release of the shim */
} wire_hello;

/* TSPI_lineOpen was called: a TAPI program watches or uses the line. */
typedef struct wire_line_opened {
    uint32_t line; /* line id */
    uint32_t tspi_version; /* version negotiated for the line */
} wire_line_opened;

/* TSPI_lineClose was called. Calls at the PBX go on. */
typedef struct wire_line_closed {
    uint32_t line; /* line id */
} wire_line_closed;

/* TSPI_lineMakeCall. The result carries the id of the new call. */
typedef struct wire_make_call {
    uint32_t line; /* line id */
    wire_text target; /* dial string after the shim's pre-scan */
} wire_make_call;

/* TSPI_linePickup. The result carries the id of the call taken over. */
typedef struct wire_pickup {
    uint32_t line; /* line id */
    wire_text target; /* extension that rings */
} wire_pickup;

/* Something to be done with a call that exists. */
typedef struct wire_command {
    uint32_t call; /* call id */
    uint8_t verb; /* what to do */
} wire_command;

/* The TAPI program gave up a request that has no result yet: a new call, which is hung up where the PBX started it, or digits. */
typedef struct wire_cancel {
    uint32_t pending; /* request id of the one given up */
} wire_cancel;

/* What passed between the shim and the telephony service, for diagnostics. No number or name is in it. */
typedef struct wire_report {
    uint8_t what; /* what kind of report */
    uint32_t line; /* line id, or 0 */
    uint32_t call; /* call id, or 0 */
    uint32_t message; /* event: the LINE_ message; completion: the result; request: the type of its frame; ignored: the Windows session of the companion whose word counts */
    uint64_t param1; /* event: its first parameter; completion and request: the id TAPI gave it */
    uint64_t param2; /* event: its second parameter; request: the verb, where its frame has one */
    uint64_t param3; /* event: its third parameter */
} wire_report;

/* Protocol 2. TSPI_lineDial, TSPI_lineRedirect or TSPI_lineBlindTransfer. */
typedef struct wire_command_number {
    uint32_t call; /* call id */
    uint8_t verb; /* what to do */
    wire_text target; /* dial string after the shim's pre-scan; dial: empty when the parts before were all */
} wire_command_number;

/* Protocol 2. TSPI_lineSwapHold or TSPI_lineCompleteTransfer (mode TRANSFER). */
typedef struct wire_command_pair {
    uint32_t call; /* call id: the active call, or the one to be transferred */
    uint8_t verb; /* what to do */
    uint32_t other; /* call id: the held call, or the consultation call */
} wire_command_pair;

/* Protocol 2. TSPI_lineMakeCall without a number or with the first part of one: the new call waits for dial. The result carries its id. */
typedef struct wire_make_call_part {
    uint32_t line; /* line id */
    wire_text target; /* the first digits, or empty: a dial tone alone */
} wire_make_call_part;

/* Protocol 2. TSPI_linePickup without an address. The result carries the id of the call taken over. */
typedef struct wire_pickup_group {
    uint32_t line; /* line id */
    wire_text group; /* pickup group, or empty: the line's own */
} wire_pickup_group;

/* Protocol 2. TSPI_lineSetupTransfer. The result carries the id of the consultation call. */
typedef struct wire_setup_transfer {
    uint32_t call; /* id of the call to be transferred */
    wire_text target; /* number of the consultation call, or empty: it waits for dial */
} wire_setup_transfer;

/* Protocol 2. TSPI_lineGenerateDigits with DTMF. The result comes when all digits were sent. */
typedef struct wire_generate_digits {
    uint32_t call; /* call id */
    wire_text digits; /* 0 to 9, A to D, *, #, and a comma for a pause */
    uint32_t duration; /* of one digit, milliseconds */
} wire_generate_digits;

/* Protocol 2. A line of the shim's own trace, while it is switched on in the shim's dialog. No number or name is in it. */
typedef struct wire_trace {
    wire_text line; /* what happened, in English */
} wire_trace;

/* The answer to hello. The lines, the calls and synced follow. */
typedef struct wire_welcome {
    uint16_t protocol; /* version both sides speak from here on */
    wire_text version; /* release of the companion */
} wire_welcome;

/* A line as it is now. Replaces what the shim knew of it. */
typedef struct wire_line {
    uint32_t line; /* line id: dwPermanentLineID, never 0 */
    uint8_t guid[16]; /* PermanentLineGuid in its memory order */
    wire_text name; /* LineName, like Jan Lorenz (831) */
    wire_text address; /* the line's own extension */
    wire_text switch_name; /* SwitchInfo: the PBX */
    bool in_service; /* whether the PBX serves the line now */
    uint32_t line_features; /* LINEFEATURE_ bits, 0 out of service */
    uint32_t address_features; /* LINEADDRFEATURE_ bits, 0 out of service */
    uint32_t call_features; /* every LINECALLFEATURE_ bit a call of the line may have */
    uint32_t max_active_calls; /* dwMaxNumActiveCalls */
} wire_line;

/* The companion no longer has the line: LINE_REMOVE. */
typedef struct wire_line_gone {
    uint32_t line; /* line id */
} wire_line_gone;

/* A call as it is now. One frame for every state the call enters. */
typedef struct wire_call {
    uint32_t call; /* call id: dwCallID, never 0, never used again */
    uint32_t line; /* line id */
    uint32_t state; /* LINECALLSTATE_ value */
    uint32_t mode; /* the state's mode, as in LINE_CALLSTATE param 2 */
    uint32_t features; /* LINECALLFEATURE_ bits the call has now */
    uint32_t origin; /* LINECALLORIGIN_ value */
    uint32_t reason; /* LINECALLREASON_ value */
    uint32_t related_call; /* dwRelatedCallID, or 0 */
    wire_party caller; /* who calls */
    wire_party called; /* who was called */
    wire_party connected; /* who answered */
    wire_party redirecting; /* who forwarded the call here */
    wire_party redirection; /* where it was forwarded to */
} wire_call;

/* The one answer to a request. */
typedef struct wire_result {
    uint32_t status; /* 0, or a LINEERR_ value */
    uint32_t call; /* of a request for a new call: its id; otherwise 0 */
} wire_result;

/* The first snapshot is complete. A call that the shim knew and is not in it is gone. A line that is not in it stays: the companion may still sign in; after its grace it is out of service until it is published. */
typedef struct wire_synced {
    char nothing;
} wire_synced;

/* Reads a header. The caller has WIRE_HEADER_SIZE bytes. False: the length is over the limit. */
bool wire_decode_header(const uint8_t *bytes, wire_frame *out);

/* Read a body. False: malformed. Texts point into the body. */
bool wire_decode_hello(const uint8_t *body, size_t size, wire_hello *out);
bool wire_decode_line_opened(const uint8_t *body, size_t size, wire_line_opened *out);
bool wire_decode_line_closed(const uint8_t *body, size_t size, wire_line_closed *out);
bool wire_decode_make_call(const uint8_t *body, size_t size, wire_make_call *out);
bool wire_decode_pickup(const uint8_t *body, size_t size, wire_pickup *out);
bool wire_decode_command(const uint8_t *body, size_t size, wire_command *out);
bool wire_decode_cancel(const uint8_t *body, size_t size, wire_cancel *out);
bool wire_decode_report(const uint8_t *body, size_t size, wire_report *out);
bool wire_decode_command_number(const uint8_t *body, size_t size, wire_command_number *out);
bool wire_decode_command_pair(const uint8_t *body, size_t size, wire_command_pair *out);
bool wire_decode_make_call_part(const uint8_t *body, size_t size, wire_make_call_part *out);
bool wire_decode_pickup_group(const uint8_t *body, size_t size, wire_pickup_group *out);
bool wire_decode_setup_transfer(const uint8_t *body, size_t size, wire_setup_transfer *out);
bool wire_decode_generate_digits(const uint8_t *body, size_t size, wire_generate_digits *out);
bool wire_decode_trace(const uint8_t *body, size_t size, wire_trace *out);
bool wire_decode_welcome(const uint8_t *body, size_t size, wire_welcome *out);
bool wire_decode_line(const uint8_t *body, size_t size, wire_line *out);
bool wire_decode_line_gone(const uint8_t *body, size_t size, wire_line_gone *out);
bool wire_decode_call(const uint8_t *body, size_t size, wire_call *out);
bool wire_decode_result(const uint8_t *body, size_t size, wire_result *out);
bool wire_decode_synced(const uint8_t *body, size_t size, wire_synced *out);

/* Write a whole frame. Returns its size; 0: no room, or a field breaks its limit. */
size_t wire_encode_hello(uint8_t *out, size_t capacity, uint32_t request, const wire_hello *value);
size_t wire_encode_line_opened(uint8_t *out, size_t capacity, uint32_t request, const wire_line_opened *value);
size_t wire_encode_line_closed(uint8_t *out, size_t capacity, uint32_t request, const wire_line_closed *value);
size_t wire_encode_make_call(uint8_t *out, size_t capacity, uint32_t request, const wire_make_call *value);
size_t wire_encode_pickup(uint8_t *out, size_t capacity, uint32_t request, const wire_pickup *value);
size_t wire_encode_command(uint8_t *out, size_t capacity, uint32_t request, const wire_command *value);
size_t wire_encode_cancel(uint8_t *out, size_t capacity, uint32_t request, const wire_cancel *value);
size_t wire_encode_report(uint8_t *out, size_t capacity, uint32_t request, const wire_report *value);
size_t wire_encode_command_number(uint8_t *out, size_t capacity, uint32_t request, const wire_command_number *value);
size_t wire_encode_command_pair(uint8_t *out, size_t capacity, uint32_t request, const wire_command_pair *value);
size_t wire_encode_make_call_part(uint8_t *out, size_t capacity, uint32_t request, const wire_make_call_part *value);
size_t wire_encode_pickup_group(uint8_t *out, size_t capacity, uint32_t request, const wire_pickup_group *value);
size_t wire_encode_setup_transfer(uint8_t *out, size_t capacity, uint32_t request, const wire_setup_transfer *value);
size_t wire_encode_generate_digits(uint8_t *out, size_t capacity, uint32_t request, const wire_generate_digits *value);
size_t wire_encode_trace(uint8_t *out, size_t capacity, uint32_t request, const wire_trace *value);
size_t wire_encode_welcome(uint8_t *out, size_t capacity, uint32_t request, const wire_welcome *value);
size_t wire_encode_line(uint8_t *out, size_t capacity, uint32_t request, const wire_line *value);
size_t wire_encode_line_gone(uint8_t *out, size_t capacity, uint32_t request, const wire_line_gone *value);
size_t wire_encode_call(uint8_t *out, size_t capacity, uint32_t request, const wire_call *value);
size_t wire_encode_result(uint8_t *out, size_t capacity, uint32_t request, const wire_result *value);
size_t wire_encode_synced(uint8_t *out, size_t capacity, uint32_t request, const wire_synced *value);

#endif

/* Every limit and time of lineprobe. Times are milliseconds. */
#ifndef TAPLINE_PROBE_LIMITS_H
#define TAPLINE_PROBE_LIMITS_H

/* The build passes the release from package.json. */
#ifndef TAPLINE_VERSION
#error "TAPLINE_VERSION is not defined"
#endif

/* Versions of TAPI it speaks. */
#define API_OLDEST 0x00020000u
#define API_NEWEST 0x00020002u

/* Room for a structure of TAPI with its strings. */
#define STRUCTURE_BYTES 16384u

#define COMMAND_BYTES 1024
#define DESTINATION_UNITS 256

/* Devices `lines` shows. Ids of lines that were created at run time need not follow the others'. */
#define DEVICES_MAX_SHOWN 8192u

/* Lines open at once, and calls seen by one run. */
#define LINES_MAX_OPEN 32u
#define CALLS_MAX_SEEN 1024u

/* Messages remembered for `wait`. */
#define MESSAGES_MAX 4096u

/* The longest `wait` and `sleep`. */
#define PAUSE_LONGEST 600000u

/* Every state of lines and addresses TAPI can tell of. */
#define LINE_STATES_ALL 0x01FFFFFFu
#define ADDRESS_STATES_ALL 0x1FFu

/* The thread that reads messages is waited for so long at the end. */
#define READER_DEADLINE 5000u

#endif

/*
 * The calls of all lines. A call shows TAPI the state that was reported last or is just being reported:
 * frames of the companion wait in the inbox until the dispatcher comes to them. The caller holds the model
 * lock.
 */
#ifndef TAPLINE_CALLS_H
#define TAPLINE_CALLS_H

#include "lines.h"

enum call_stage {
    CALL_PENDING,   /* made by TAPI, the companion has not answered yet; no id */
    CALL_BOUND,     /* made by TAPI and accepted; its first state is still to come */
    CALL_FOLLOWED,  /* TAPI is told each state */
    CALL_UNOFFERED, /* TAPI does not know it: the line is not open, or nobody was asked yet */
    CALL_OFFERED,   /* LINE_NEWCALL is under way */
    CALL_REFUSED,   /* TAPI refused LINE_NEWCALL for now */
    CALL_CLOSED,    /* TAPI gave its handle back; the call goes on at the PBX */
    CALL_ENDED      /* over towards TAPI; only its handle is left */
};

enum call_party {
    PARTY_CALLER,
    PARTY_CALLED,
    PARTY_CONNECTED,
    PARTY_REDIRECTING,
    PARTY_REDIRECTION,
    PARTIES
};

struct party {
    uint32_t flags; /* LINECALLPARTYID_ bits */
    char number[NUMBER_BYTES_MAX + 1];
    char name[NAME_BYTES_MAX + 1];
};

struct call_snapshot {
    uint32_t state;
    uint32_t mode;
    uint32_t features;
    uint32_t origin;
    uint32_t reason;
    uint32_t related;
    struct party parties[PARTIES];
};

struct call {
    struct call *next;
    uint32_t id; /* of the companion; 0 while pending */
    struct line *line;
    enum call_stage stage;
    bool seen;       /* in the snapshot of the link that publishes its line */
    uint32_t handle; /* HDRVCALL, or 0 */
    HTAPICALL tapi;  /* NULL: TAPI gets no event */
    DWORD app_specific;
    DWORD media_mode;
    DWORD param_flags;  /* LINECALLPARAMFLAGS_ of the program that made the call */
    DWORD country_code; /* as that program gave it, 0: none */
    DWORD infos_due;    /* LINECALLINFOSTATE_ bits TAPI is still to be told of */
    struct call_snapshot shown;
    SYSTEMTIME entered; /* when the shown state was stored */
};

/* The first call; the others follow by `next`. */
struct call *calls_first(void);

/*
 * A call at the PBX by the ids of its line and its own, not CALL_ENDED; two companions may use the same
 * number. NULL: there is none.
 */
struct call *call_find(uint32_t line, uint32_t id);
struct call *call_find_handle(HDRVCALL handle);

/* A new call in CALL_UNOFFERED. NULL: CALLS_MAX reached, or no memory. */
struct call *call_create(struct line *line, uint32_t id);

/* Takes the call out, with its handle. */
void call_remove(struct call *call);
void calls_remove_of_line(const struct line *line);
void calls_clear(void);

/* Gives the call a handle if it has none. False: no handle is left. */
bool call_need_handle(struct call *call);

/* Takes TAPI's handles away; a live call is offered again when the line is opened again. */
void call_detach(struct call *call);

/* Stores what the companion says of the call, and the time when state or mode are new. */
void call_show(struct call *call, const wire_call *from);

/* Stores a state the shim decides itself. */
void call_show_state(struct call *call, uint32_t state, uint32_t mode);

/* Marks the call as over towards TAPI. Handles that TAPI never gives back are bounded by ENDED_CALLS_MAX. */
void call_mark_ended(struct call *call);

/* Remembers ids of calls that reached IDLE at the companion: a late frame must not bring them back. */
void call_remember_ended(const struct call *call);
bool call_has_ended(uint32_t line, uint32_t id);

/* Whether nothing more can happen to the call. */
bool call_is_over(const struct call *call);

/* LINECALLFEATURE_ bits right now: what the companion offers, and what the shim does by itself. */
DWORD call_features_now(const struct call *call);

/* Every LINECALLFEATURE_ bit a call of the line may have. */
DWORD call_features_of(const struct line *line);

/* Calls of a line by what they occupy: LINEADDRESSSTATUS' three counts, and all that are not IDLE. */
struct call_counts {
    DWORD active;
    DWORD held;
    DWORD pending;
    DWORD all;
};
struct call_counts calls_count(const struct line *line);

#endif

/*
 * Companions at the dispatcher's side: what each says of one line, and what TAPI is told of it. TAPI opens
 * the line when it is announced and takes every call that it is offered. Between companions_begin and
 * companions_end the test holds the model lock.
 */
#ifndef TAPLINE_TESTS_COMPANIONS_H
#define TAPLINE_TESTS_COMPANIONS_H

#include "../shim/links.h"
#include "../shim/message.h"

/* The one line they all speak of. */
#define LINE 831u
#define STATES_MAX 16u

/* What TAPI was told since companions_begin: LINE_CREATE, LINE_REMOVE, and the first states of calls. */
struct told {
    unsigned created;
    unsigned removed;
    DWORD states[STATES_MAX];
    unsigned state_count;
};
extern struct told told;

void companions_begin(void);
void companions_end(void);

/* A companion of this session says hello. */
struct link *companion_from(uint32_t session);

/* The same, and its snapshot: the line under this name; NULL: no line. */
struct link *companion_with(uint32_t session, const char *name);

/* One message of it arrives. */
void companion_says(const struct link *link, uint8_t type, struct message message);

void companion_publishes(const struct link *link, const char *name);
void companion_is_synced(const struct link *link);
void companion_gives_up_line(const struct link *link);
void companion_tells_call(const struct link *link, uint32_t id, uint32_t state);

/* Its connection is lost, and the dispatcher hears of it. */
void companion_is_lost(struct link *link);

/* The reports of an ignored line that wait for this companion. */
unsigned ignored_reports(const struct link *link);

/* The line; a test that asks for it needs it. */
const struct line *the_line(void);

#endif

/*
 * Links without a companion, for tests of what is behind them. With the model lock, or without other threads.
 */
#ifndef TAPLINE_A_LINK_H
#define TAPLINE_A_LINK_H

#include "../shim/outgoing.h"

/* The bytes that stand for the hello, the first of what a link has to send. */
#define A_HELLO_SIZE 1u

/* A link of this session that has said hello and taken nothing over yet. */
struct link *a_new_link(uint32_t session, uint16_t protocol);

/* A link of this session whose snapshot was taken over, and which publishes the line unless that is NULL. */
struct link *a_link(uint32_t session, uint16_t protocol, struct line *line);

/* Its connection ends, as the link thread says it; the dispatcher has not heard of it. */
void a_link_ends(struct link *link);

/* Takes all links back. */
void no_links(void);

#endif

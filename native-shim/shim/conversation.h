/*
 * One connection with a companion, from the hello to its loss: moves frames between the port and the model.
 * The link thread alone uses it, without the model lock.
 */
#ifndef TAPLINE_CONVERSATION_H
#define TAPLINE_CONVERSATION_H

#include "../port/port.h"
#include "frame.h"
#include "links.h"
#include "message.h"

struct conversation {
    port_link *port;
    struct link *link;
    enum link_phase phase;
    uint64_t since;
    uint64_t deadline; /* of the handshake, then of the write under way; 0: nothing is awaited */
    bool reading;
    bool writing;
    struct frame_reader reader;
    uint8_t buffer[FRAME_BUFFER_SIZE];
};

/* Starts to wait for the companion's answer to the hello. */
void conversation_start(struct conversation *talk, port_link *port, struct link *link);

/* Begins to read and to write what there is. False: the connection is over. */
bool conversation_move(struct conversation *talk);

/* Takes what has happened at the connection. False: it is over. */
bool conversation_take_events(struct conversation *talk);

#endif

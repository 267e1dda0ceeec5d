/* What the host does from inside a callback, as programs do: closes the call or the line that is reported. */
#ifndef TAPLINE_HOST_INSIDE_H
#define TAPLINE_HOST_INSIDE_H

#include "book.h"
#include "output.h"

/* Where something is to be done once: at a completion, at LINE_NEWCALL, or at a call state. */
#define INSIDE_COMPLETION 0x80000001u
#define INSIDE_NEW_CALL 0x80000002u

/* The command inside <completion|newcall|STATE> <closecall|closecallelsewhere|close>. */
void run_inside(struct output *out, char **words);

/* The command autoclose <on|off>: every call is closed inside the event of its IDLE. */
void run_autoclose(struct output *out, char **words);

/* Does what was asked for this place; `call` may be NULL. */
void inside_act(DWORD place, struct book_call *call);

#endif

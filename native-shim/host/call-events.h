/* Events of calls that the host has: what of them is legal. */
#ifndef TAPLINE_HOST_CALL_EVENTS_H
#define TAPLINE_HOST_CALL_EVENTS_H

#include "book.h"

void call_event(struct book_call *call, DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3);

#endif

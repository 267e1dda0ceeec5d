/* The procedures the provider calls, and the rules each call of them has to keep. */
#ifndef TAPLINE_HOST_CALLBACKS_H
#define TAPLINE_HOST_CALLBACKS_H

#include "../shim/telephony.h"

void CALLBACK on_completion(DRV_REQUESTID id, LONG result);
void CALLBACK on_line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                            DWORD_PTR param3);

/* Events of the provider itself: LINE_CREATE and LINE_REMOVE. */
void CALLBACK on_provider_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                                DWORD_PTR param2, DWORD_PTR param3);

#endif

/* The callbacks of a wrong provider: each goes on to TAPI, but for the fault. */
#include "wrong.h"

/* Milliseconds, later than any event that left before the handle was closed. */
#define LATE 300u

struct passed passed;
port_lock callback_lock = PORT_LOCK_INIT;

void wait_for(uint32_t milliseconds)
{
    port_lock own = PORT_LOCK_INIT;
    port_condition never = PORT_CONDITION_INIT;
    const uint64_t end = port_now_us() + milliseconds * 1000ull;
    port_lock_acquire(&own);
    while (port_now_us() < end) {
        port_condition_wait(&never, &own, milliseconds);
    }
    port_lock_release(&own);
}

void tell_line(void)
{
    passed.event(passed.line, NULL, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0);
}

static void tell_line_at_once(void *unused)
{
    (void)unused;
    tell_line();
}

static void wait_and_tell_line(void *unused)
{
    wait_for(LATE);
    tell_line_at_once(unused);
}

void tell_line_late(void)
{
    port_thread_start(wait_and_tell_line, NULL);
}

static void wait_and_tell_idle(void *unused)
{
    (void)unused;
    wait_for(LATE);
    passed.event(passed.line, passed.without_idle, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0,
                 LINEMEDIAMODE_INTERACTIVEVOICE);
}

void tell_idle_late(void)
{
    port_thread_start(wait_and_tell_idle, NULL);
}

static void tell_state_of_made_call(DWORD state)
{
    passed.event(passed.line, passed.made, LINE_CALLSTATE, state, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
}

void CALLBACK wrong_completion(DRV_REQUESTID id, LONG result)
{
    if (fault == FAULT_NEVER_COMPLETED) {
        return;
    }
    if (fault == FAULT_EARLY_EVENT && id == passed.request) {
        tell_state_of_made_call(LINECALLSTATE_DIALTONE);
    }
    passed.completion(id, result);
    passed.is_completed = true;
    if (fault == FAULT_COMPLETED_TWICE) {
        passed.completion(id, result);
    }
    if (fault == FAULT_FAILED_CALL_EVENT && id == passed.request && result != 0) {
        tell_state_of_made_call(LINECALLSTATE_DISCONNECTED);
    }
}

static void offer(HTAPILINE to, DWORD_PTR handle, DWORD_PTR cell, DWORD_PTR param3)
{
    if (fault == FAULT_CELL) {
        *(HTAPICALL *)cell = (HTAPICALL)(uintptr_t)0x1234;
    }
    passed.event(to, NULL, LINE_NEWCALL, handle, cell, param3);
    if (fault == FAULT_REFUSED_AGAIN && *(HTAPICALL *)cell == NULL) {
        passed.event(to, NULL, LINE_NEWCALL, handle, cell, param3);
    }
}

static void tell_idle(HTAPILINE to, HTAPICALL call, DWORD_PTR mode, DWORD_PTR media)
{
    if (fault == FAULT_NO_IDLE || fault == FAULT_IDLE_LATE) {
        passed.without_idle = call;
        return;
    }
    passed.event(to, call, LINE_CALLSTATE, LINECALLSTATE_IDLE, mode, media);
    if (fault == FAULT_IDLE_TWICE) {
        passed.event(to, call, LINE_CALLSTATE, LINECALLSTATE_IDLE, mode, media);
    }
}

static void tell_state(HTAPILINE to, HTAPICALL call, DWORD_PTR state, DWORD_PTR mode, DWORD_PTR media)
{
    port_thread *other = fault == FAULT_OVERLAP ? port_thread_start(tell_line_at_once, NULL) : NULL;
    const bool is_illegal = fault == FAULT_TRANSITION && state == LINECALLSTATE_CONNECTED;
    if (state == LINECALLSTATE_IDLE) {
        tell_idle(to, call, mode, media);
    } else {
        passed.event(to, call, LINE_CALLSTATE, is_illegal ? LINECALLSTATE_RINGBACK : state, mode,
                     fault == FAULT_NO_MEDIA_MODE ? 0 : media);
    }
    if (other != NULL) {
        port_thread_join(other, PORT_FOREVER);
    }
}

void CALLBACK wrong_event(HTAPILINE to, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                          DWORD_PTR param3)
{
    if (fault == FAULT_LOCKED_CALLBACK) {
        port_lock_acquire(&callback_lock);
    }
    if (fault == FAULT_TRUNCATED_HANDLE) {
        call = (HTAPICALL)(uintptr_t)(uint32_t)(uintptr_t)call;
    }
    if (message == LINE_NEWCALL) {
        offer(to, param1, param2, param3);
    } else if (message == LINE_CALLSTATE) {
        tell_state(to, call, param1, param2, param3);
    } else {
        passed.event(to, call, message, param1, param2, param3);
    }
    if (fault == FAULT_LOCKED_CALLBACK) {
        port_lock_release(&callback_lock);
    }
}

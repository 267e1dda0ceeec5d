/* Locks, threads and clocks of Windows, and the entry point of the DLL. */
#include "port.h"

#include <stdlib.h>

struct port_thread {
    HANDLE handle;
    HMODULE module;
    void (*body)(void *);
    void *argument;
};

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved);

/* Inert by intent: the same image is also loaded into programs, and the loader lock is held here. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        DisableThreadLibraryCalls(instance);
    }
    return TRUE;
}

void port_lock_acquire(port_lock *lock)
{
    AcquireSRWLockExclusive(lock);
}

void port_lock_release(port_lock *lock)
{
    ReleaseSRWLockExclusive(lock);
}

void port_condition_wait(port_condition *condition, port_lock *lock, uint32_t milliseconds)
{
    SleepConditionVariableSRW(condition, lock, milliseconds == PORT_FOREVER ? INFINITE : milliseconds, 0);
}

void port_condition_broadcast(port_condition *condition)
{
    WakeAllConditionVariable(condition);
}

static DWORD WINAPI run_thread(LPVOID argument)
{
    port_thread *thread = argument;
    const HMODULE module = thread->module;
    thread->body(thread->argument);
    /* Gives the module back and ends in one step; returning would execute code that may be unmapped. */
    FreeLibraryAndExitThread(module, 0);
}

port_thread *port_thread_start(void (*body)(void *), void *argument)
{
    port_thread *thread = calloc(1, sizeof *thread);
    if (thread == NULL) {
        return NULL;
    }
    thread->body = body;
    thread->argument = argument;
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)(uintptr_t)&run_thread,
                            &thread->module)) {
        free(thread);
        return NULL;
    }
    thread->handle = CreateThread(NULL, 0, run_thread, thread, 0, NULL);
    if (thread->handle == NULL) {
        FreeLibrary(thread->module);
        free(thread);
        return NULL;
    }
    return thread;
}

bool port_thread_join(port_thread *thread, uint32_t milliseconds)
{
    const bool ended = WaitForSingleObject(thread->handle, milliseconds) == WAIT_OBJECT_0;
    CloseHandle(thread->handle);
    if (ended) {
        free(thread);
    }
    return ended;
}

uint64_t port_thread_self(void)
{
    return GetCurrentThreadId();
}

uint64_t port_now_us(void)
{
    LARGE_INTEGER frequency;
    LARGE_INTEGER count;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&count);
    const uint64_t ticks = (uint64_t)count.QuadPart;
    const uint64_t second = (uint64_t)frequency.QuadPart;
    return ticks / second * 1000000u + ticks % second * 1000000u / second;
}

uint32_t port_tick_ms(void)
{
    return GetTickCount();
}

void port_utc(SYSTEMTIME *out)
{
    GetSystemTime(out);
}

uint32_t port_process_id(void)
{
    return GetCurrentProcessId();
}

void port_trace(const char *text, bool wanted)
{
    if (wanted) {
        OutputDebugStringA(text);
    }
}

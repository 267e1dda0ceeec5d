#include "resources.h"

#ifdef _WIN32
#include <tlhelp32.h>

static unsigned count_threads(void)
{
    THREADENTRY32 entry = {.dwSize = sizeof entry};
    const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    unsigned count = 0;
    if (snapshot == INVALID_HANDLE_VALUE) {
        return 0;
    }
    for (BOOL any = Thread32First(snapshot, &entry); any; any = Thread32Next(snapshot, &entry)) {
        count += entry.th32OwnerProcessID == GetCurrentProcessId() ? 1u : 0u;
    }
    CloseHandle(snapshot);
    return count;
}

/* Handles are multiples of 4; those beyond are not counted. */
#define HANDLE_VALUES_MAX 0x10000u

/* Wine's GetProcessHandleCount says 0: there every value is asked for. */
static unsigned count_handles(void)
{
    DWORD count = 0;
    DWORD flags;
    if (GetProcessHandleCount(GetCurrentProcess(), &count) && count != 0) {
        return count;
    }
    for (uintptr_t value = 4; value < HANDLE_VALUES_MAX; value += 4) {
        count += GetHandleInformation((HANDLE)value, &flags) ? 1u : 0u;
    }
    return count;
}

static uint64_t count_heap(void)
{
    HANDLE heaps[32];
    uint64_t bytes = 0;
    const DWORD count = GetProcessHeaps(sizeof heaps / sizeof *heaps, heaps);
    for (DWORD i = 0; i < count && i < sizeof heaps / sizeof *heaps; i++) {
        PROCESS_HEAP_ENTRY entry = {.lpData = NULL};
        HeapLock(heaps[i]);
        while (HeapWalk(heaps[i], &entry)) {
            bytes += (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0 ? entry.cbData : 0u;
        }
        HeapUnlock(heaps[i]);
    }
    return bytes;
}
#else
#include <dirent.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static unsigned entries_of(const char *folder)
{
    unsigned count = 0;
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        return 0;
    }
    /* cppcheck-suppress readdirCalled ; glibc keeps the entry in the stream, which is ours alone */
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        count += entry->d_name[0] != '.' ? 1u : 0u;
    }
    closedir(entries);
    return count;
}

static unsigned count_threads(void)
{
    return entries_of("/proc/self/task");
}

static unsigned count_handles(void)
{
    return entries_of("/proc/self/fd");
}

static uint64_t count_heap(void)
{
#ifdef __GLIBC__
    return mallinfo2().uordblks;
#else
    return 0; /* other systems have no such count */
#endif
}
#endif

struct resources resources_now(void)
{
    return (struct resources){.threads = count_threads(), .handles = count_handles(), .heap = count_heap()};
}

void resources_write(struct output *out, const struct resources *resources)
{
    output_number(out, "threads", resources->threads);
    output_number(out, "handles", resources->handles);
    output_number(out, "heap", (int64_t)resources->heap);
}

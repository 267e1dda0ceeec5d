/*
 * The shim's place in the floor: sends a frame through a pipe that sends it back, again and again, with nothing but the
 * system's calls. Writes the round trips to standard output, in ns, one a line.
 *
 *   pipe-client <pipe> <bytes> <rounds> <pause in ms>
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_MAX 65536
#define ROUNDS_MAX 100000

#ifdef _WIN32
#include <windows.h>

typedef HANDLE channel;

static bool open_channel(const char *path, channel *out)
{
    *out = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    return *out != INVALID_HANDLE_VALUE;
}

static long take(channel from, uint8_t *buffer, size_t size)
{
    DWORD count = 0;
    return ReadFile(from, buffer, (DWORD)size, &count, NULL) ? (long)count : -1;
}

static bool give(channel to, const uint8_t *data, size_t size)
{
    DWORD count = 0;
    return WriteFile(to, data, (DWORD)size, &count, NULL) && count == size;
}

static uint64_t now_ns(void)
{
    LARGE_INTEGER frequency;
    LARGE_INTEGER count;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&count);
    const uint64_t second = (uint64_t)frequency.QuadPart;
    const uint64_t ticks = (uint64_t)count.QuadPart;
    return ticks / second * 1000000000u + ticks % second * 1000000000u / second;
}

static void rest(unsigned milliseconds)
{
    Sleep(milliseconds);
}
#else
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

typedef int channel;

static bool open_channel(const char *path, channel *out)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        return false;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    *out = socket(AF_UNIX, SOCK_STREAM, 0);
    return *out >= 0 && connect(*out, (const struct sockaddr *)&address, sizeof address) == 0;
}

static long take(channel from, uint8_t *buffer, size_t size)
{
    return (long)read(from, buffer, size);
}

static bool give(channel to, const uint8_t *data, size_t size)
{
    return write(to, data, size) == (ssize_t)size;
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void rest(unsigned milliseconds)
{
    const struct timespec pause = {(time_t)(milliseconds / 1000u), (long)(milliseconds % 1000u) * 1000000L};
    nanosleep(&pause, NULL);
}
#endif

static bool echoed(channel pipe, uint8_t *frame, size_t size)
{
    size_t received = 0;
    if (!give(pipe, frame, size)) {
        return false;
    }
    while (received < size) {
        const long count = take(pipe, frame + received, size - received);
        if (count <= 0) {
            return false;
        }
        received += (size_t)count;
    }
    return true;
}

int main(int argc, char **argv)
{
    static uint8_t frame[BYTES_MAX];
    static uint64_t times[ROUNDS_MAX];
    channel pipe;
    if (argc != 5) {
        fprintf(stderr, "usage: pipe-client <pipe> <bytes> <rounds> <pause in ms>\n");
        return 2;
    }
    const size_t size = strtoul(argv[2], NULL, 10);
    const size_t rounds = strtoul(argv[3], NULL, 10);
    const unsigned pause = (unsigned)strtoul(argv[4], NULL, 10);
    if (size < 1 || size > BYTES_MAX || rounds < 1 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "pipe-client: 1 to %d bytes, 1 to %d rounds\n", BYTES_MAX, ROUNDS_MAX);
        return 2;
    }
    if (!open_channel(argv[1], &pipe)) {
        fprintf(stderr, "pipe-client: %s cannot be opened\n", argv[1]);
        return 1;
    }
    for (size_t i = 0; i < rounds; i++) {
        if (pause > 0) {
            rest(pause);
        }
        const uint64_t start = now_ns();
        if (!echoed(pipe, frame, size)) {
            fprintf(stderr, "pipe-client: the pipe was closed\n");
            return 1;
        }
        times[i] = now_ns() - start;
    }
    for (size_t i = 0; i < rounds; i++) {
        printf("%llu\n", (unsigned long long)times[i]);
    }
    return 0;
}

/*
 * Stands between the shim under Wine and a companion played by a test outside of it: serves the pipe of this
 * Windows session, and passes each connection on to a TCP port of this machine.
 *
 *   relay <port>
 *
 * Writes "listening" when the pipe is there, announces it as companions do, and runs until it is killed.
 */
#include <winsock2.h>

#include <windows.h>

#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>

#define PIPE_BYTES 65536u
#define CHUNK_BYTES 16384

/* Little is kept on the way: a test that reads nothing is to be felt by the shim. */
#define SEND_BYTES 4096
#define TEXT_UNITS 256
#define TOKEN_BYTES 256

struct connection {
    HANDLE pipe;
    SOCKET socket;
    LONG pumps; /* that run */
};

static int port;

__attribute__((noreturn)) static void fail(const char *what)
{
    fprintf(stderr, "relay: %s failed, error %lu\n", what, GetLastError());
    ExitProcess(1);
}

/* The shim believes a pipe that belongs to the user of its session. */
static void own(SECURITY_ATTRIBUTES *attributes)
{
    union {
        TOKEN_USER user;
        BYTE bytes[TOKEN_BYTES];
    } held;
    DWORD size = 0;
    HANDLE token = NULL;
    WCHAR *sid = NULL;
    WCHAR text[TEXT_UNITS];
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token) ||
        !GetTokenInformation(token, TokenUser, &held, sizeof held, &size) ||
        !ConvertSidToStringSidW(held.user.User.Sid, &sid)) {
        fail("asking for the user");
    }
    _snwprintf(text, TEXT_UNITS, L"O:%sD:(A;;GA;;;WD)", sid);
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(text, SDDL_REVISION_1,
                                                              &attributes->lpSecurityDescriptor, NULL)) {
        fail("making a security descriptor");
    }
    LocalFree(sid);
    CloseHandle(token);
}

/* Moves bytes of an overlapped operation that was begun with `begun`. 0: the pipe is over. */
static DWORD moved(HANDLE pipe, OVERLAPPED *operation, BOOL begun)
{
    DWORD size = 0;
    if (!begun && GetLastError() != ERROR_IO_PENDING) {
        return 0;
    }
    return GetOverlappedResult(pipe, operation, &size, TRUE) ? size : 0;
}

/* One end of a connection: takes bytes, gives some of them on. Both say how many; 0 or less: it is over. */
struct end {
    int (*take)(const struct connection *of, OVERLAPPED *operation, char *bytes);
    int (*give)(const struct connection *of, OVERLAPPED *operation, const char *bytes, int size);
};

static int take_from_shim(const struct connection *of, OVERLAPPED *operation, char *bytes)
{
    return (int)moved(of->pipe, operation, ReadFile(of->pipe, bytes, CHUNK_BYTES, NULL, operation));
}

static int give_to_shim(const struct connection *of, OVERLAPPED *operation, const char *bytes, int size)
{
    return (int)moved(of->pipe, operation, WriteFile(of->pipe, bytes, (DWORD)size, NULL, operation));
}

static int take_from_test(const struct connection *of, OVERLAPPED *operation, char *bytes)
{
    (void)operation;
    return recv(of->socket, bytes, CHUNK_BYTES, 0);
}

static int give_to_test(const struct connection *of, OVERLAPPED *operation, const char *bytes, int size)
{
    (void)operation;
    return send(of->socket, bytes, size, 0);
}

static const struct end shim = {take_from_shim, give_to_shim};
static const struct end test = {take_from_test, give_to_test};

static BOOL give_all(const struct end *to, const struct connection *of, OVERLAPPED *operation,
                     const char *bytes, int size)
{
    int done = 0;
    while (done < size) {
        const int more = to->give(of, operation, bytes + done, size - done);
        if (more <= 0) {
            return FALSE;
        }
        done += more;
    }
    return TRUE;
}

/* The first pump that ends ends the other one; the second closes both ends. */
static void leave(struct connection *connection)
{
    shutdown(connection->socket, SD_BOTH);
    CancelIoEx(connection->pipe, NULL);
    if (InterlockedDecrement(&connection->pumps) == 0) {
        closesocket(connection->socket);
        CloseHandle(connection->pipe);
        free(connection);
    }
}

static void pump(struct connection *connection, const struct end *from, const struct end *to)
{
    OVERLAPPED operation = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    char bytes[CHUNK_BYTES];
    int size;
    do {
        size = from->take(connection, &operation, bytes);
    } while (size > 0 && give_all(to, connection, &operation, bytes, size));
    CloseHandle(operation.hEvent);
    leave(connection);
}

static DWORD WINAPI pump_from_shim(void *connection)
{
    pump(connection, &shim, &test);
    return 0;
}

static DWORD WINAPI pump_to_shim(void *connection)
{
    pump(connection, &test, &shim);
    return 0;
}

static void pass_on(HANDLE pipe)
{
    const BOOL at_once = TRUE;
    const int little = SEND_BYTES;
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((u_short)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    const SOCKET to = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct connection *connection = malloc(sizeof *connection);
    setsockopt(to, SOL_SOCKET, SO_SNDBUF, (const char *)&little, sizeof little);
    if (connection == NULL || connect(to, (const struct sockaddr *)&address, sizeof address) != 0) {
        closesocket(to);
        CloseHandle(pipe);
        free(connection);
        return;
    }
    setsockopt(to, IPPROTO_TCP, TCP_NODELAY, (const char *)&at_once, sizeof at_once);
    *connection = (struct connection){.pipe = pipe, .socket = to, .pumps = 2};
    CloseHandle(CreateThread(NULL, 0, pump_from_shim, connection, 0, NULL));
    CloseHandle(CreateThread(NULL, 0, pump_to_shim, connection, 0, NULL));
}

static void announce(void)
{
    const HANDLE ready = OpenEventW(EVENT_MODIFY_STATE, FALSE, L"Global\\Tapline.Companion.Ready");
    if (ready != NULL) {
        SetEvent(ready);
        CloseHandle(ready);
    }
    printf("listening\n");
    fflush(stdout);
}

/* Another end of the pipe, for the next who connects. */
static HANDLE serve(SECURITY_ATTRIBUTES *attributes)
{
    WCHAR name[TEXT_UNITS];
    DWORD session = 0;
    ProcessIdToSessionId(GetCurrentProcessId(), &session);
    _snwprintf(name, TEXT_UNITS, L"\\\\.\\pipe\\Tapline.Companion.%lu", session);
    const HANDLE pipe = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE,
                                         PIPE_UNLIMITED_INSTANCES, PIPE_BYTES, PIPE_BYTES, 0, attributes);
    if (pipe == INVALID_HANDLE_VALUE) {
        fail("making the pipe");
    }
    return pipe;
}

static void wait_for_shim(HANDLE pipe, HANDLE event)
{
    DWORD ignored;
    OVERLAPPED connecting = {.hEvent = event};
    if (!ConnectNamedPipe(pipe, &connecting) && GetLastError() == ERROR_IO_PENDING) {
        GetOverlappedResult(pipe, &connecting, &ignored, TRUE);
    }
}

/* 0: this is no port. */
static int port_of(const char *text)
{
    char *end = NULL;
    const long number = strtol(text, &end, 10);
    return *end == '\0' && number > 0 && number <= 65535 ? (int)number : 0;
}

int main(int argc, char **argv)
{
    WSADATA sockets;
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof attributes};
    port = argc == 2 ? port_of(argv[1]) : 0;
    if (port == 0 || WSAStartup(MAKEWORD(2, 2), &sockets) != 0) {
        fprintf(stderr, "usage: relay <port>\n");
        return 2;
    }
    const HANDLE connected = CreateEventW(NULL, TRUE, FALSE, NULL);
    own(&attributes);
    HANDLE pipe = serve(&attributes);
    announce();
    for (;;) {
        wait_for_shim(pipe, connected);
        const HANDLE next = serve(&attributes);
        pass_on(pipe);
        pipe = next;
    }
}

/*
 * The connections to companions over Unix sockets. The variable TAPLINE_SOCKET has their paths, separated by
 * colons. A path that ends with a dot and a number belongs to the session of that number, as a pipe's name
 * does on Windows; another one to session 1. A socket is trusted when this process's user serves it.
 */
#include "../shim/trace.h"
#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SESSION_OF_PLAIN_PATH 1u

struct port_links {
    int wake[2]; /* a byte in this pipe is a wake-up */
};

struct port_link {
    int socket;
    short happened;       /* what poll saw */
    uint8_t *read_buffer; /* NULL: no read under way */
    size_t read_capacity;
    const uint8_t *write_data; /* NULL: no write under way */
    size_t write_size;
};

enum port_following port_following(void)
{
    return PORT_FOLLOW_ALL; /* whoever sets the variable decides */
}

/* The session of the path from `path` on, whose length it writes. */
static uint32_t session_of(const char *path, size_t *length)
{
    *length = strcspn(path, ":");
    size_t digits = *length;
    while (digits > 0 && path[digits - 1] >= '0' && path[digits - 1] <= '9') {
        digits--;
    }
    const bool has_number = digits < *length && digits > 0 && path[digits - 1] == '.';
    return has_number ? (uint32_t)strtoul(path + digits, NULL, 10) : SESSION_OF_PLAIN_PATH;
}

/* The path after this one; NULL: it was the last. */
static const char *next_path(const char *path, size_t length)
{
    return path[length] == ':' ? path + length + 1 : NULL;
}

size_t port_sessions(uint32_t *sessions, size_t capacity)
{
    size_t count = 0;
    size_t length = 0;
    for (const char *path = getenv("TAPLINE_SOCKET"); path != NULL && count < capacity;
         path = next_path(path, length)) {
        sessions[count++] = session_of(path, &length);
    }
    return count;
}

port_links *port_links_create(void)
{
    port_links *links = calloc(1, sizeof *links);
    if (links == NULL) {
        return NULL;
    }
    if (pipe(links->wake) != 0) {
        free(links);
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(links->wake[i], F_SETFL, O_NONBLOCK);
        fcntl(links->wake[i], F_SETFD, FD_CLOEXEC);
    }
    return links;
}

void port_links_destroy(port_links *links)
{
    close(links->wake[0]);
    close(links->wake[1]);
    free(links);
}

void port_links_wake(port_links *links)
{
    /* A full pipe already holds a wake-up. */
    const ssize_t written = write(links->wake[1], "", 1);
    (void)written;
}

bool port_links_announce(const port_links *links)
{
    (void)links;
    return false;
}

/* Who may write to the socket's path is one question, who listens there another: this answers the second. */
static bool is_served_by_own_user(int handle)
{
#ifdef SO_PEERCRED
    struct ucred peer;
    socklen_t size = sizeof peer;
    const bool known = getsockopt(handle, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
    const uid_t user = known ? peer.uid : (uid_t)-1;
#else
    uid_t user = (uid_t)-1;
    gid_t group = (gid_t)-1;
    const bool known = getpeereid(handle, &user, &group) == 0;
#endif
    if (!known || user != geteuid()) {
        trace("link: the socket is served by another user");
        return false;
    }
    return true;
}

static int connect_to(const char *path, size_t length)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (length == 0 || length >= sizeof address.sun_path) {
        return -1;
    }
    memcpy(address.sun_path, path, length);
    const int handle = socket(AF_UNIX, SOCK_STREAM, 0);
    if (handle < 0) {
        return -1;
    }
    fcntl(handle, F_SETFD, FD_CLOEXEC);
    /* A companion that is stopped takes nobody: with a full queue a blocking connect would wait for it. */
    fcntl(handle, F_SETFL, O_NONBLOCK);
    if (connect(handle, (const struct sockaddr *)&address, sizeof address) != 0 ||
        !is_served_by_own_user(handle)) {
        close(handle);
        return -1;
    }
    return handle;
}

port_link *port_link_open(uint32_t session)
{
    size_t length = 0;
    const char *path = getenv("TAPLINE_SOCKET");
    while (path != NULL && session_of(path, &length) != session) {
        path = next_path(path, length);
    }
    const int handle = path == NULL ? -1 : connect_to(path, length);
    if (handle < 0) {
        return NULL;
    }
    port_link *link = calloc(1, sizeof *link);
    if (link == NULL) {
        close(handle);
        return NULL;
    }
    link->socket = handle;
    return link;
}

void port_link_close(port_link *link)
{
    close(link->socket);
    free(link);
}

bool port_link_read(port_link *link, uint8_t *buffer, size_t capacity)
{
    link->read_buffer = buffer;
    link->read_capacity = capacity;
    return true;
}

bool port_link_write(port_link *link, const uint8_t *data, size_t size)
{
    link->write_data = data;
    link->write_size = size;
    return true;
}

static bool drain_wake(port_links *links)
{
    char bytes[64];
    bool any = false;
    while (read(links->wake[0], bytes, sizeof bytes) > 0) {
        any = true;
    }
    return any;
}

unsigned port_links_wait(port_links *links, port_link *const *each, size_t count, uint32_t milliseconds,
                         bool listens)
{
    struct pollfd wait[1 + PORT_LINKS_MAX] = {{.fd = links->wake[0], .events = POLLIN}};
    (void)listens;
    for (size_t i = 0; i < count; i++) {
        wait[1 + i].fd = each[i]->socket;
        wait[1 + i].events = (short)((each[i]->read_buffer != NULL ? POLLIN : 0) |
                                     (each[i]->write_data != NULL ? POLLOUT : 0));
        each[i]->happened = 0;
    }
    const int ready = poll(wait, 1 + count, milliseconds == PORT_FOREVER ? -1 : (int)milliseconds);
    if (ready <= 0) {
        return ready == 0 ? PORT_LINKS_TIMEOUT : PORT_LINKS_WOKEN;
    }
    for (size_t i = 0; i < count; i++) {
        each[i]->happened = wait[1 + i].revents;
    }
    return drain_wake(links) ? PORT_LINKS_WOKEN : 0;
}

/* The outcome of one read or write of the socket: done, nothing yet, or the connection is lost. */
static unsigned moved(ssize_t count, unsigned done, size_t *size)
{
    if (count > 0) {
        *size = (size_t)count;
        return done;
    }
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
        return 0;
    }
    return PORT_LINK_LOST;
}

unsigned port_link_events(port_link *link, size_t *read_size, size_t *written)
{
    unsigned events = 0;
    if (link->read_buffer != NULL && (link->happened & (POLLIN | POLLHUP | POLLERR)) != 0) {
        const ssize_t count = recv(link->socket, link->read_buffer, link->read_capacity, 0);
        events |= moved(count, PORT_LINK_READ, read_size);
    } else if ((link->happened & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        events |= PORT_LINK_LOST;
    }
    if (link->write_data != NULL && (link->happened & POLLOUT) != 0) {
        const ssize_t count = send(link->socket, link->write_data, link->write_size, MSG_NOSIGNAL);
        events |= moved(count, PORT_LINK_WRITTEN, written);
    }
    if ((events & PORT_LINK_READ) != 0) {
        link->read_buffer = NULL;
    }
    if ((events & PORT_LINK_WRITTEN) != 0) {
        link->write_data = NULL;
    }
    link->happened = 0;
    return events;
}

/* The connection to the companion over a Unix socket, whose path is in the variable TAPLINE_SOCKET. */
#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct port_link {
    int socket;           /* -1 without a connection */
    int wake[2];          /* a byte in this pipe is a wake-up */
    uint8_t *read_buffer; /* NULL: no read under way */
    size_t read_capacity;
    const uint8_t *write_data; /* NULL: no write under way */
    size_t write_size;
};

port_link *port_link_create(void)
{
    port_link *link = calloc(1, sizeof *link);
    if (link == NULL) {
        return NULL;
    }
    link->socket = -1;
    if (pipe(link->wake) != 0) {
        free(link);
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(link->wake[i], F_SETFL, O_NONBLOCK);
        fcntl(link->wake[i], F_SETFD, FD_CLOEXEC);
    }
    return link;
}

void port_link_destroy(port_link *link)
{
    port_link_disconnect(link);
    close(link->wake[0]);
    close(link->wake[1]);
    free(link);
}

void port_link_wake(port_link *link)
{
    /* A full pipe already holds a wake-up. */
    const ssize_t written = write(link->wake[1], "", 1);
    (void)written;
}

bool port_link_connect(port_link *link)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = getenv("TAPLINE_SOCKET");
    if (path == NULL || strlen(path) >= sizeof address.sun_path) {
        return false;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    const int handle = socket(AF_UNIX, SOCK_STREAM, 0);
    if (handle < 0) {
        return false;
    }
    fcntl(handle, F_SETFD, FD_CLOEXEC);
    if (connect(handle, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(handle);
        return false;
    }
    fcntl(handle, F_SETFL, O_NONBLOCK);
    link->socket = handle;
    return true;
}

void port_link_disconnect(port_link *link)
{
    if (link->socket >= 0) {
        close(link->socket);
    }
    link->socket = -1;
    link->read_buffer = NULL;
    link->write_data = NULL;
}

bool port_link_read(port_link *link, uint8_t *buffer, size_t capacity)
{
    link->read_buffer = buffer;
    link->read_capacity = capacity;
    return link->socket >= 0;
}

bool port_link_write(port_link *link, const uint8_t *data, size_t size)
{
    link->write_data = data;
    link->write_size = size;
    return link->socket >= 0;
}

static bool drain_wake(port_link *link)
{
    char bytes[64];
    bool any = false;
    while (read(link->wake[0], bytes, sizeof bytes) > 0) {
        any = true;
    }
    return any;
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

unsigned port_link_wait(port_link *link, uint32_t milliseconds, size_t *read_size, size_t *written)
{
    struct pollfd wait[2] = {{.fd = link->wake[0], .events = POLLIN}, {.fd = link->socket}};
    const bool reading = link->read_buffer != NULL;
    const bool writing = link->write_data != NULL;
    unsigned events = 0;
    wait[1].events = (short)((reading ? POLLIN : 0) | (writing ? POLLOUT : 0));
    const int ready = poll(wait, 2, milliseconds == PORT_FOREVER ? -1 : (int)milliseconds);
    if (ready == 0) {
        return PORT_LINK_TIMEOUT;
    }
    if (ready < 0) {
        return errno == EINTR ? PORT_LINK_WOKEN : PORT_LINK_LOST;
    }
    if (drain_wake(link)) {
        events |= PORT_LINK_WOKEN;
    }
    if (reading && (wait[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
        const ssize_t count = recv(link->socket, link->read_buffer, link->read_capacity, 0);
        events |= moved(count, PORT_LINK_READ, read_size);
    } else if ((wait[1].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        events |= PORT_LINK_LOST;
    }
    if (writing && (wait[1].revents & POLLOUT) != 0) {
        const ssize_t count = send(link->socket, link->write_data, link->write_size, MSG_NOSIGNAL);
        events |= moved(count, PORT_LINK_WRITTEN, written);
    }
    if ((events & PORT_LINK_READ) != 0) {
        link->read_buffer = NULL;
    }
    if ((events & PORT_LINK_WRITTEN) != 0) {
        link->write_data = NULL;
    }
    return events;
}

bool port_link_has_ready_event(void)
{
    return false;
}

bool port_link_wait_ready(port_link *link, uint32_t milliseconds)
{
    struct pollfd wait = {.fd = link->wake[0], .events = POLLIN};
    poll(&wait, 1, milliseconds == PORT_FOREVER ? -1 : (int)milliseconds);
    drain_wake(link);
    return false;
}

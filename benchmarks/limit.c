/*
 * The limit: a bare epoll WebSocket server that gives every text to every connection and does
 * nothing else. What a room costs here, no server beats with the same system calls.
 *
 *     limit PORT          one write a receiver a message
 *     limit PORT join     what came in together goes out in one write a receiver
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "accept.h"
#include "frame.h"

enum { EVENTS = 256, INPUT = 1 << 18, SOCKETS = 1 << 17 };

struct client {
    int is_open; /* upgraded: from here on it hears the room */
    int place;   /* in `room` */
    uint8_t *in, *out;
    size_t in_used, out_used;
};

static struct client clients[SOCKETS];
static int room[SOCKETS], members, poller;
static uint8_t input[INPUT], batch[INPUT + (INPUT >> 1)];
static size_t batched;

static void watch(int fd, int op, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    epoll_ctl(poller, op, fd, &event);
}

static void leave(int fd) {
    struct client *c = &clients[fd];
    if (c->is_open) {
        room[c->place] = room[--members];
        clients[room[c->place]].place = c->place;
    }
    free(c->in), free(c->out);
    memset(c, 0, sizeof *c);
    close(fd);
}

/* Keep what the socket did not take; the poller says when it takes more. */
static void park(int fd, const uint8_t *bytes, size_t n) {
    struct client *c = &clients[fd];
    if (!c->out_used) watch(fd, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    c->out = realloc(c->out, c->out_used + n);
    memcpy(c->out + c->out_used, bytes, n);
    c->out_used += n;
}

static void put(int fd, const uint8_t *bytes, size_t n) {
    ssize_t sent = clients[fd].out_used ? 0 : send(fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) sent = 0; /* a dead peer is noticed by its next read */
    if ((size_t)sent < n) park(fd, bytes + sent, n - sent);
}

static void resume(int fd) {
    struct client *c = &clients[fd];
    ssize_t sent = send(fd, c->out, c->out_used, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) leave(fd);
    if (sent <= 0) return;
    c->out_used -= sent;
    memmove(c->out, c->out + sent, c->out_used);
    if (c->out_used) return;
    free(c->out), c->out = NULL;
    watch(fd, EPOLL_CTL_MOD, EPOLLIN);
}

static void flush(void) {
    for (int i = 0; i < members && batched; i++) put(room[i], batch, batched);
    batched = 0;
}

static void upgrade(int fd, char *request) {
    struct client *c = &clients[fd];
    char accept[29], answer[160], *key = strcasestr(request, "sec-websocket-key: ");
    if (!key) return;
    key += 19, key[strcspn(key, "\r\n")] = 0;
    accept_key(accept, key);
    int n = snprintf(answer, sizeof answer, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket"
        "\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
    put(fd, (uint8_t *)answer, n);
    c->is_open = 1, c->place = members, room[members++] = fd;
}

static int handle(int fd, struct frame *f, uint8_t *payload, int is_joining) {
    frame_mask(payload, f->length, f->mask);
    if (f->opcode == CLOSE) return -1;
    if (f->opcode == PING) {
        uint8_t pong[HEADER_MAX + 125];
        put(fd, pong, frame_write(pong, PONG, payload, f->length, NULL));
    }
    if (f->opcode != TEXT) return 0;
    if (batched + HEADER_MAX + f->length > sizeof batch) flush();
    batched += frame_write(batch + batched, TEXT, payload, f->length, NULL);
    if (!is_joining) flush();
    return 0;
}

/* What is left unread after the whole frames of `n` bytes, or -1 when the client is gone. */
static ssize_t consume(int fd, size_t n, int is_joining) {
    struct frame f;
    size_t at = 0, size;
    if (!clients[fd].is_open) {
        input[n] = 0;
        char *end = strstr((char *)input, "\r\n\r\n");
        if (!end) return n;
        at = end + 4 - (char *)input;
        upgrade(fd, (char *)input);
    }
    for (; (size = frame_read(&f, input + at, n - at)); at += size)
        if (handle(fd, &f, input + at + f.header, is_joining)) return -1;
    memmove(input, input + at, n - at);
    return n - at;
}

static void receive(int fd, int is_joining) {
    struct client *c = &clients[fd];
    size_t kept = c->in_used;
    memcpy(input, c->in, kept);
    ssize_t n = recv(fd, input + kept, INPUT - kept - 1, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    ssize_t left = n <= 0 ? -1 : consume(fd, kept + n, is_joining);
    if (left < 0) return leave(fd);
    free(c->in), c->in = NULL;
    if (left) memcpy(c->in = malloc(left), input, left);
    c->in_used = left;
}

static void welcome(int door) {
    int one = 1, fd = accept4(door, NULL, NULL, SOCK_NONBLOCK);
    if (fd < 0) return;
    if (fd >= SOCKETS) { close(fd); return; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    watch(fd, EPOLL_CTL_ADD, EPOLLIN);
}

static int open_door(int port) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (void *)&at, sizeof at) || listen(fd, 4096)) perror("limit"), exit(1);
    return fd;
}

int main(int argc, char **argv) {
    struct epoll_event events[EVENTS];
    if (argc < 2) return 2;
    int is_joining = argc > 2, door = open_door(atoi(argv[1]));
    poller = epoll_create1(0);
    watch(door, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        int n = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == door) welcome(door);
            else if (events[i].events & EPOLLOUT) resume(fd);
            else receive(fd, is_joining);
        }
        flush();
    }
}

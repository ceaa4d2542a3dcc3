/*
 * HTTP load: keep-alive connections to 127.0.0.1 that ask for one path again as soon as they are
 * answered, as `wrk` does.
 *
 *     http PORT PATH CONNECTIONS SECONDS      prints {"requests", "errors", "seconds"}
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ANSWER = 1 << 16, MOST = 256 };

static struct { int fd; size_t used; char answer[ANSWER]; } conns[MOST];
static char request[2048];
static long requests, errors;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void ask(int i) {
    size_t n = strlen(request);
    conns[i].used = 0;
    if (send(conns[i].fd, request, n, MSG_NOSIGNAL) != (ssize_t)n) errors++;
}

static int dial(int port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (void *)&at, sizeof at)) perror("http"), exit(1);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

/* Is the answer all here? */
static int is_whole(const char *answer, size_t used) {
    const char *end = memmem(answer, used, "\r\n\r\n", 4);
    const char *length = end ? strcasestr(answer, "content-length:") : NULL;
    if (!end) return 0;
    if (!length || length > end) fputs("http: an answer without a length\n", stderr), exit(1);
    return used >= (size_t)(end + 4 - answer) + atol(length + 15);
}

static void receive(int i, int port, int poller) {
    char *answer = conns[i].answer;
    ssize_t n = recv(conns[i].fd, answer + conns[i].used, ANSWER - conns[i].used - 1, 0);
    if (n <= 0) { /* the server ended a keep-alive: go on, but say so */
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        errors++;
        close(conns[i].fd);
        conns[i].fd = dial(port);
        epoll_ctl(poller, EPOLL_CTL_ADD, conns[i].fd, &event);
        ask(i);
        return;
    }
    answer[conns[i].used += n] = 0;
    if (!is_whole(answer, conns[i].used)) return;
    requests++;
    if (strncmp(answer + 9, "200", 3)) errors++;
    ask(i);
}

int main(int argc, char **argv) {
    struct epoll_event events[MOST];
    if (argc != 5 || atoi(argv[3]) > MOST) return 2;
    int port = atoi(argv[1]), count = atoi(argv[3]), poller = epoll_create1(0);
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", argv[2], port);
    for (int i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        conns[i].fd = dial(port);
        epoll_ctl(poller, EPOLL_CTL_ADD, conns[i].fd, &event);
        ask(i);
    }
    double start = now(), end = start + atof(argv[4]);
    while (now() < end)
        for (int n = epoll_wait(poller, events, MOST, 50); n-- > 0;)
            receive(events[n].data.u32, port, poller);
    printf("{\"requests\":%ld,\"errors\":%ld,\"seconds\":%.3f}\n", requests, errors, now() - start);
    return 0;
}

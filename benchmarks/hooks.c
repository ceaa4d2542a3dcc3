/*
 * A receiver of webhooks on 127.0.0.1 that answers 204, and counts, checks and times what comes;
 * a challenge it answers with itself, and counts it not.
 *
 *     hooks PORT
 *
 * Each endpoint has a path of its own, `/0`, `/1` and so on: in each the `seq` of the bodies must
 * rise by one. It takes commands on standard input and answers each with a line of JSON:
 *
 *     count         what came since it was last forgotten
 *     lags          the same, with how late each event was (microseconds since its `timestamp`)
 *     forget        nothing came yet; the next event of an endpoint may be any
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, MOST = 4096, INPUT = 1 << 16, LISTENER = MOST, STDIN = MOST + 1 };

static struct conn { size_t used; char *input; } conns[MOST]; /* by descriptor */
static uint64_t seen[MOST]; /* the last seq, by endpoint */
static uint64_t events, gaps, doubles, opened;
static double first, last, cpu_before;
static int32_t *lags;
static size_t lag_room;
static int poller;

static const char ANSWER[] = "HTTP/1.1 204 No Content\r\n\r\n";

static double at_clock(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static double cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void die(const char *why) {
    fprintf(stderr, "hooks: %s\n", why);
    exit(1);
}

/* ---- what comes ---- */

/* "2026-01-05T20:16:04.250Z" in seconds; the day is worked out once. */
static double moment(const char *text) {
    static char day[11];
    static double midnight;
    if (strncmp(text, day, 10)) {
        struct tm t = {0};
        memcpy(day, text, 10);
        if (sscanf(day, "%d-%d-%d", &t.tm_year, &t.tm_mon, &t.tm_mday) != 3) die("no day");
        t.tm_year -= 1900, t.tm_mon--;
        midnight = timegm(&t);
    }
    return midnight + atoi(text + 11) * 3600 + atoi(text + 14) * 60 + atof(text + 17);
}

static void note_lag(const char *body, size_t n) {
    static const char name[] = "\"timestamp\":\"";
    const char *found = memmem(body, n, name, sizeof name - 1);
    if (events == lag_room && !(lags = realloc(lags, (lag_room = lag_room * 2 + 4096) * sizeof *lags)))
        die("no memory");
    double lag = found ? at_clock(CLOCK_REALTIME) - moment(found + sizeof name - 1) : 0;
    lags[events] = lag > 2000 ? 2000000000 : lag * 1e6;
}

static void came(unsigned endpoint, const char *body, size_t n) {
    const char *found = memmem(body, n, "\"seq\":", 6);
    uint64_t seq = found ? strtoull(found + 6, NULL, 10) : 0, before = seen[endpoint];
    last = at_clock(CLOCK_MONOTONIC);
    if (!events) first = last;
    note_lag(body, n);
    events++;
    if (before && seq <= before) { doubles++; return; }
    if (before && seq != before + 1) gaps++;
    seen[endpoint] = seq;
}

/* "challenge":"…" in the body is what to answer with. */
static int challenged(int fd, const char *body, size_t n) {
    static const char name[] = "\"challenge\":\"";
    const char *found = memmem(body, n, name, sizeof name - 1), *from = found + sizeof name - 1;
    char answer[512];
    if (!found) return 0;
    int size = strcspn(from, "\"");
    size = snprintf(answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%.*s", size, size, from);
    send(fd, answer, size, MSG_NOSIGNAL);
    return 1;
}

/* Take a whole request out of the input; how long it was, or 0. */
static size_t take(int fd, char *input, size_t used) {
    char *end = memmem(input, used, "\r\n\r\n", 4);
    if (!end) return 0;
    *end = 0;
    const char *length = strcasestr(input, "\ncontent-length:");
    size_t head = end + 4 - input, body = length ? strtoul(length + 16, NULL, 10) : 0;
    unsigned endpoint = strncmp(input, "POST /", 6) ? MOST : strtoul(input + 6, NULL, 10);
    *end = '\r';
    if (endpoint >= MOST || head + body > INPUT) die("this is no event");
    if (used < head + body) return 0;
    if (challenged(fd, input + head, body)) return head + body;
    came(endpoint, input + head, body);
    if (send(fd, ANSWER, sizeof ANSWER - 1, MSG_NOSIGNAL) < 0) return 0;
    return head + body;
}

static void receive(int fd) {
    struct conn *c = &conns[fd];
    ssize_t n = recv(fd, c->input + c->used, INPUT - c->used, 0);
    if (n <= 0) { close(fd); return; }
    c->used += n;
    for (size_t size; (size = take(fd, c->input, c->used)); c->used -= size)
        memmove(c->input, c->input + size, c->used - size);
}

static void watch(int fd, uint32_t index) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

static void welcome(int listener) {
    int one = 1, fd = accept(listener, NULL, NULL);
    if (fd < 0) return;
    if (fd >= MOST) die("too many connections");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (!conns[fd].input && !(conns[fd].input = malloc(INPUT))) die("no memory");
    conns[fd].used = 0, opened++;
    watch(fd, fd);
}

/* ---- commands ---- */

static void forget(void) {
    events = gaps = doubles = opened = 0, first = last = 0, cpu_before = cpu();
    memset(seen, 0, sizeof seen);
}

static void tell(int with_lags) {
    printf("{\"events\":%lu,\"gaps\":%lu,\"doubles\":%lu,\"opened\":%lu,\"first\":%.6f,\"last\":%.6f,"
        "\"cpu\":%.3f,\"lags\":[", events, gaps, doubles, opened, first, last, cpu() - cpu_before);
    for (uint64_t i = 0; with_lags && i < events; i++) printf(i ? ",%d" : "%d", lags[i]);
    puts("]}");
}

static void command(void) {
    char line[64];
    if (!fgets(line, sizeof line, stdin)) exit(0);
    if (!strcmp(line, "forget\n")) forget(), puts("{}");
    else if (!strcmp(line, "count\n") || !strcmp(line, "lags\n")) tell(*line == 'l');
    else die("unknown command");
    fflush(stdout);
}

int main(int argc, char **argv) {
    struct sockaddr_in at = {.sin_family = AF_INET};
    struct epoll_event happened[EVENTS];
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    if (argc != 2) return 2;
    at.sin_port = htons(atoi(argv[1])), at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&at, sizeof at) || listen(listener, 1024)) die("cannot listen");
    setvbuf(stdin, NULL, _IONBF, 0); /* epoll must see what has not been read */
    poller = epoll_create1(0);
    watch(listener, LISTENER);
    watch(STDIN_FILENO, STDIN);
    for (;;) {
        int n = epoll_wait(poller, happened, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            uint32_t index = happened[i].data.u32;
            if (index == LISTENER) welcome(listener);
            else if (index == STDIN) command();
            else receive(index);
        }
    }
}

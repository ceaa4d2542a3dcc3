/*
 * The load: WebSocket clients of one server on 127.0.0.1 that listen, send, count and check.
 *
 *     load --port P [--path /…] [--receiver STEP]… [--sender STEP]… [--message TEMPLATE] …
 *
 * It takes commands on standard input and answers each with lines of JSON:
 *
 *     receivers N            open or close listening connections until there are N     -> ready
 *     senders N              the same for connections that also write                  -> ready
 *     run S W SECONDS        S senders keep W messages each under way: not back yet      -> started, stopped, done
 *     store S W SECONDS      the same, but under way means not acknowledged yet        -> started, stopped, done
 *     pace RATE SECONDS      RATE messages a second in all, however long each takes    -> started, stopped, done
 *
 * A dialect is what a server wants said. A STEP is `say:TEXT` or `wait:TEXT` after the upgrade.
 * In steps, path and message: {token} {slug} {room} of the connection (lines of --tokens, and of
 * --rooms as `slug id`), and in the message {text}, which carries the sender and its counter and
 * is never the same twice, and {nonce}.
 *
 * A delivery is one WebSocket message that carries such a text, on any connection. Each
 * connection must see each sender's counter rise by one: anything else is a gap or a double.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "frame.h"

enum { EVENTS = 512, INPUT = 1 << 18, MOST = 1 << 17, SENDERS = 512, LINES = 4096, STEPS = 16 };
enum { RING = 4096, OPENING = 64, MARK = 15, STDIN = MOST, TIMER = MOST + 1 };
enum state { UPGRADING, TALKING, READY };

struct conn {
    int fd, sender, room, step; /* sender: -1 for one that only listens */
    enum state state;
    uint8_t *kept; /* the beginning of a frame that has not all come */
    uint32_t kept_used;
    uint32_t *seen; /* last counter, for each sender */
};

struct sender {
    struct conn *conn;
    uint32_t under_way, due;
    int64_t at[RING]; /* when the message went out */
    uint32_t heard[RING];
};

static struct {
    int port, bytes;
    const char *path, *message, *ack, *refusal, *beat, *answer;
    const char *receiver[STEPS], *sender[STEPS];
} dialect = {.path = "/", .message = "{text}", .bytes = 120};

static char *tokens[LINES], *slugs[LINES], *rooms[LINES];
static int token_count, room_count;

static struct conn *conns[MOST];
static struct sender *senders[SENDERS];
static uint32_t counters[SENDERS]; /* how far each got, also those that left */
static int conn_count, sender_count, ready_count, poller, timer;
static uint32_t population[LINES]; /* connections in each room */

static uint8_t input[INPUT];
static char mark[MARK + 1];
static uint64_t deliveries, messages, acks, refused, gaps, doubles, complete, closed;
static uint32_t *latencies; /* microseconds */
static size_t latency_count, latency_room;
static int is_running, is_by_ack, window, active;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static double cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void die(const char *why) {
    fprintf(stderr, "load: %s\n", why);
    exit(1);
}

/* ---- templates ---- */

static const char *value(const struct conn *c, const char *name, size_t n) {
    if (!strncmp(name, "token", n)) return c->sender >= 0 && token_count ? tokens[c->sender % token_count] : "";
    if (!strncmp(name, "slug", n)) return room_count ? slugs[c->room] : "";
    if (!strncmp(name, "room", n)) return room_count ? rooms[c->room] : "";
    return NULL;
}

/* Fill {token}, {slug}, {room}, {text} and {nonce}; every other brace stays as it is. */
static size_t fill(
    char *out, size_t room, const struct conn *c, const char *form, const char *text, const char *nonce
) {
    size_t n = 0;
    while (*form) {
        size_t word = *form == '{' ? strspn(form + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
        const char *with = NULL;
        if (word && form[word + 1] == '}') {
            if (text && word == 4 && !strncmp(form + 1, "text", 4)) with = text;
            else if (nonce && word == 5 && !strncmp(form + 1, "nonce", 5)) with = nonce;
            else with = value(c, form + 1, word);
        }
        size_t size = with ? strlen(with) : 1;
        if (n + size >= room) die("a template is too long");
        memcpy(out + n, with ? with : form, size);
        n += size, form += with ? word + 2 : 1;
    }
    out[n] = 0;
    return n;
}

/* ---- writing ---- */

static void write_all(int fd, const uint8_t *bytes, size_t n) {
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    while (n) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN) return; /* the read that follows counts it as closed */
        if (sent < 0) poll(&p, 1, 1000);
        else bytes += sent, n -= sent;
    }
}

static void say(struct conn *c, int opcode, const char *text, size_t n) {
    static uint8_t out[HEADER_MAX + 16384];
    static uint32_t mask = 0x9E3779B9;
    mask = mask * 1664525 + 1013904223;
    write_all(c->fd, out, frame_write(out, opcode, text, n, (uint8_t *)&mask));
}

/* One frame more in `out`: the sender's next message, timed from `at`. */
static size_t next_message(struct sender *s, uint8_t *out, int64_t at) {
    static char text[4096], nonce[32], filled[16384];
    uint32_t n = ++counters[s->conn->sender], mask = n * 2654435761u;
    int size = snprintf(text, sizeof text, "%s%03d:%08u:", mark, s->conn->sender, n);
    while (size < dialect.bytes) text[size] = 'a' + (size % 26), size++;
    text[size] = 0;
    snprintf(nonce, sizeof nonce, "%.8s-%d-%u", mark + 6, s->conn->sender, n);
    s->at[n % RING] = at, s->heard[n % RING] = 0;
    s->under_way++, messages++;
    size = fill(filled, sizeof filled, s->conn, dialect.message, text, nonce);
    return frame_write(out, TEXT, filled, size, (uint8_t *)&mask);
}

static void send_due(struct sender *s) {
    static uint8_t out[1 << 20];
    size_t n = 0;
    int64_t at = now();
    for (; s->due && n < sizeof out - 32768; s->due--) n += next_message(s, out + n, at);
    write_all(s->conn->fd, out, n);
}

/* ---- what comes in ---- */

static void note_latency(int64_t from) {
    if (latency_count == latency_room)
        latencies = realloc(latencies, (latency_room = latency_room * 2 + 4096) * 4);
    latencies[latency_count++] = (now() - from) / 1000;
}

static void own_came_back(struct sender *s) {
    if (s->under_way) s->under_way--;
    if (is_running && window && s->conn->sender < active) s->due++;
}

static uint32_t number(const uint8_t *p, int digits) {
    uint32_t n = 0;
    while (digits--) n = n * 10 + (*p++ - '0');
    return n;
}

static void delivered(struct conn *c, const uint8_t *text) {
    uint32_t who = number(text + MARK, 3), n = number(text + MARK + 4, 8);
    struct sender *s = who < (uint32_t)sender_count ? senders[who] : NULL;
    if (!s) return;
    deliveries++;
    if (n <= c->seen[who]) { doubles++; return; }
    if (n != c->seen[who] + 1) gaps++;
    c->seen[who] = n;
    if (++s->heard[n % RING] == population[c->room]) complete++, note_latency(s->at[n % RING]);
    if (!is_by_ack && c->sender == (int)who) own_came_back(s);
}

static void answered(struct conn *c, const uint8_t *p, size_t n) {
    if (dialect.ack && memmem(p, n, dialect.ack, strlen(dialect.ack))) {
        acks++;
        if (is_by_ack && c->sender >= 0) own_came_back(senders[c->sender]);
    } else if (dialect.refusal && memmem(p, n, dialect.refusal, strlen(dialect.refusal))) {
        if (++refused <= 3) fprintf(stderr, "load: refused: %.*s\n", (int)(n < 300 ? n : 300), p);
        if (refused > 100) die("the server refuses what is sent");
        if (c->sender >= 0) complete++, own_came_back(senders[c->sender]);
    }
}

static void advance(struct conn *c) {
    const char *const *steps = c->sender < 0 ? dialect.receiver : dialect.sender;
    static char text[16384];
    for (; steps[c->step] && !strncmp(steps[c->step], "say:", 4); c->step++)
        say(c, TEXT, text, fill(text, sizeof text, c, steps[c->step] + 4, NULL, NULL));
    if (steps[c->step]) return;
    c->state = READY, ready_count++;
}

static void talked(struct conn *c, const uint8_t *p, size_t n) {
    const char *step = (c->sender < 0 ? dialect.receiver : dialect.sender)[c->step] + 5;
    if (dialect.refusal && memmem(p, n, dialect.refusal, strlen(dialect.refusal)))
        fprintf(stderr, "load: refused: %.*s\n", (int)(n < 300 ? n : 300), p), die("cannot enter");
    if (memmem(p, n, step, strlen(step))) c->step++, advance(c);
}

static void text_came(struct conn *c, const uint8_t *p, size_t n) {
    static size_t usual; /* where the mark was last time: most often it is there again */
    if (dialect.beat && n == strlen(dialect.beat) && !memcmp(p, dialect.beat, n))
        return say(c, TEXT, dialect.answer, strlen(dialect.answer));
    if (c->state == TALKING) return talked(c, p, n);
    if (n >= usual + MARK + 12 && !memcmp(p + usual, mark, MARK)) return delivered(c, p + usual);
    const uint8_t *found = memmem(p, n, mark, MARK);
    if (!found) return answered(c, p, n);
    usual = found - p;
    delivered(c, found);
}

static int frame_came(struct conn *c, struct frame *f, const uint8_t *p) {
    if (f->opcode == PING) say(c, PONG, (const char *)p, f->length);
    else if (f->opcode == CLOSE) return -1;
    else if (f->opcode != PONG) text_came(c, p, f->length);
    return 0;
}

static void hang_up(struct conn *c) {
    struct linger now_ = {1, 0}; /* no TIME_WAIT: thousands of ports come free at once */
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now_, sizeof now_);
    close(c->fd);
    c->fd = -1;
    population[c->room]--;
    if (c->state == READY) ready_count--;
}

static void lost(struct conn *c, const char *why) {
    if (closed++ == 0) fprintf(stderr, "load: the server closed a connection: %.300s\n", why);
    hang_up(c);
}

/* Take the whole frames out of `n` bytes of input; how many bytes were used, or -1. */
static ssize_t consume(struct conn *c, size_t n) {
    struct frame f;
    size_t at = 0, size;
    if (c->state == UPGRADING) {
        uint8_t *end = memmem(input, n, "\r\n\r\n", 4);
        if (!end) return 0;
        if (memcmp(input, "HTTP/1.1 101", 12)) return input[n] = 0, lost(c, (char *)input), -1;
        at = end + 4 - input;
        c->state = TALKING;
        advance(c);
    }
    for (; (size = frame_read(&f, input + at, n - at)); at += size)
        if (frame_came(c, &f, input + at + f.header))
            return lost(c, f.length > 2 ? (char *)input + at + f.header + 2 : "Close"), -1;
    return at;
}

static void receive(struct conn *c) {
    size_t before = c->kept_used;
    memcpy(input, c->kept, before);
    ssize_t n = recv(c->fd, input + before, INPUT - before - 1, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) return lost(c, n ? strerror(errno) : "end of stream");
    ssize_t used = consume(c, before + n);
    if (used < 0) return;
    size_t left = before + n - used;
    free(c->kept), c->kept = NULL;
    if (left) memcpy(c->kept = malloc(left), input + used, left);
    c->kept_used = left;
    if (c->sender >= 0 && senders[c->sender]->due) send_due(senders[c->sender]);
}

/* ---- connections ---- */

static void watch(int fd, uint32_t index) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

/* Once only: a command that waits must not keep the poller awake while another is measured. */
static void watch_commands(int op) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.u32 = STDIN};
    epoll_ctl(poller, op, STDIN_FILENO, &event);
}

static void ask_upgrade(struct conn *c) {
    static char request[8192], path[4096];
    fill(path, sizeof path, c, dialect.path, NULL, NULL);
    int n = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n", path, dialect.port);
    write_all(c->fd, (uint8_t *)request, n);
}

static void open_conn(int sender, int room) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(dialect.port)};
    struct conn *c = conns[conn_count] = calloc(1, sizeof *c);
    int one = 1;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->sender = sender, c->room = room;
    c->seen = malloc(SENDERS * sizeof *c->seen);
    memcpy(c->seen, counters, sizeof counters);
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(c->fd, (void *)&at, sizeof at)) die(strerror(errno));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    watch(c->fd, conn_count++);
    population[room]++;
    ask_upgrade(c);
}

static void open_sender(int room) {
    struct sender *s = calloc(1, sizeof *s);
    int who = sender_count++;
    senders[who] = s;
    open_conn(who, room);
    s->conn = conns[conn_count - 1];
}

static void close_last(void) {
    struct conn *c = conns[--conn_count];
    if (c->fd >= 0) hang_up(c);
    if (c->sender >= 0) free(senders[c->sender]), senders[c->sender] = NULL, sender_count--;
    free(c->kept), free(c->seen), free(c);
}

/* ---- commands ---- */

static void turn(int timeout);
static int is_asked;

static void say_ready(void) {
    int64_t until = now() + 120000000000LL;
    while (ready_count + (int)closed < conn_count && now() < until) turn(100);
    printf("{\"event\":\"ready\",\"connections\":%d,\"closed\":%lu}\n", ready_count, closed);
}

static void opening_slowly(void) {
    while (conn_count - ready_count - (int)closed >= OPENING) turn(100);
}

static void set_receivers(int n) {
    if (sender_count) die("close the senders first: they come last");
    while (conn_count > n) close_last();
    for (; conn_count < n; opening_slowly()) open_conn(-1, room_count ? conn_count % room_count : 0);
    say_ready();
}

static void set_senders(int n) {
    if (n > SENDERS) die("too many senders");
    while (sender_count > n) close_last();
    for (; sender_count < n; opening_slowly()) open_sender(room_count ? sender_count % room_count : 0);
    say_ready();
}

static int by_size(const void *a, const void *b) {
    return (*(uint32_t *)a > *(uint32_t *)b) - (*(uint32_t *)a < *(uint32_t *)b);
}

static double percentile(double p) {
    return latency_count ? latencies[(size_t)(p * (latency_count - 1))] / 1000.0 : 0;
}

static void report(uint64_t first) {
    uint64_t sent = messages - first;
    qsort(latencies, latency_count, 4, by_size);
    printf("{\"event\":\"done\",\"messages\":%lu,\"missing\":%lu,\"gaps\":%lu,\"doubles\":%lu,"
        "\"refused\":%lu,\"closed\":%lu,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"max\":%.3f}\n",
        sent, sent - complete, gaps, doubles, refused, closed,
        percentile(.5), percentile(.9), percentile(.99), percentile(1));
}

static void begin(void) {
    complete = gaps = doubles = refused = latency_count = 0;
    is_running = 1;
}

/* Let it run for `seconds`; say when the measure starts and stops, then wait for the last message. */
static void measure(uint64_t first, double seconds) {
    int64_t start = now();
    uint64_t d = deliveries, m = messages, a = acks;
    double used = cpu();
    printf("{\"event\":\"started\"}\n");
    while (now() < start + seconds * 1e9) turn(50);
    double took = (now() - start) / 1e9;
    printf("{\"event\":\"stopped\",\"seconds\":%.6f,\"deliveries\":%lu,\"messages\":%lu,"
        "\"acks\":%lu,\"cpu\":%.3f}\n", took, deliveries - d, messages - m, acks - a, cpu() - used);
    is_running = 0;
    for (int64_t last = now(); complete < messages - first && now() < last + 5000000000LL;) turn(50);
    report(first);
}

static void run(int who, int deep, double seconds) {
    uint64_t first = messages;
    if (who > sender_count || deep >= RING) die("not that many senders, or too deep");
    begin();
    active = who, window = deep;
    for (int i = 0; i < who; i++) senders[i]->due = deep - senders[i]->under_way, send_due(senders[i]);
    for (int64_t start = now(); now() < start + 300000000LL;) turn(50); /* warm */
    latency_count = 0;
    measure(first, seconds);
    for (int i = 0; i < sender_count; i++) senders[i]->under_way = senders[i]->due = 0;
}

static void set_timer(double rate) {
    struct itimerspec t = {0};
    if (rate > 0) t.it_interval.tv_nsec = t.it_value.tv_nsec = 1e9 / rate - (rate <= 1);
    timerfd_settime(timer, 0, &t, NULL);
}

static void tick(void) {
    static int turn_of;
    uint64_t n;
    if (read(timer, &n, sizeof n) < 0) return;
    for (; n && is_running; n--) senders[turn_of = (turn_of + 1) % active]->due = 1, send_due(senders[turn_of]);
}

static void pace(double rate, double seconds) {
    uint64_t first = messages;
    if (!sender_count) die("nobody to send");
    begin();
    active = sender_count, window = 0;
    set_timer(rate);
    measure(first, seconds);
    set_timer(0);
    for (int i = 0; i < sender_count; i++) senders[i]->under_way = 0;
}

static void command(void) {
    char line[256];
    int a, b;
    double x, y;
    if (!fgets(line, sizeof line, stdin)) exit(0);
    if (sscanf(line, "receivers %d", &a) == 1) set_receivers(a);
    else if (sscanf(line, "senders %d", &a) == 1) set_senders(a);
    else if (sscanf(line, "run %d %d %lf", &a, &b, &x) == 3) is_by_ack = 0, run(a, b, x);
    else if (sscanf(line, "store %d %d %lf", &a, &b, &x) == 3) is_by_ack = 1, run(a, b, x);
    else if (sscanf(line, "pace %lf %lf", &x, &y) == 2) pace(x, y);
    else die("unknown command");
}

static void turn(int timeout) {
    struct epoll_event events[EVENTS];
    int n = epoll_wait(poller, events, EVENTS, timeout);
    for (int i = 0; i < n; i++) {
        uint32_t index = events[i].data.u32;
        if (index == STDIN) is_asked = 1;
        else if (index == TIMER) tick();
        else if (conns[index]->fd >= 0) receive(conns[index]);
    }
}

/* ---- start ---- */

static int read_lines(const char *path, char **into) {
    char line[8192];
    int n = 0;
    FILE *file = fopen(path, "r");
    if (!file) die(path);
    while (n < LINES && fgets(line, sizeof line, file)) line[strcspn(line, "\n")] = 0, into[n++] = strdup(line);
    fclose(file);
    return n;
}

static void read_rooms(const char *path) {
    room_count = read_lines(path, slugs);
    for (int i = 0; i < room_count; i++) {
        rooms[i] = strchr(slugs[i], ' ');
        if (!rooms[i]) die("a room is `slug id`");
        *rooms[i]++ = 0;
    }
}

static void add_step(const char **steps, const char *step) {
    int n = 0;
    while (steps[n]) n++;
    if (n + 1 >= STEPS || (strncmp(step, "say:", 4) && strncmp(step, "wait:", 5))) die("bad step");
    steps[n] = step;
}

static void read_options(int argc, char **argv) {
    static const struct option names[] = {
        {"port", 1, 0, 'p'}, {"path", 1, 0, 'u'}, {"receiver", 1, 0, 'r'}, {"sender", 1, 0, 's'},
        {"message", 1, 0, 'm'}, {"ack", 1, 0, 'a'}, {"refusal", 1, 0, 'e'}, {"bytes", 1, 0, 'b'},
        {"beat", 1, 0, 'h'}, {"answer", 1, 0, 'w'}, {"tokens", 1, 0, 't'}, {"rooms", 1, 0, 'o'}, {0},
    };
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) switch (c) {
        case 'p': dialect.port = atoi(optarg); break;
        case 'u': dialect.path = optarg; break;
        case 'r': add_step(dialect.receiver, optarg); break;
        case 's': add_step(dialect.sender, optarg); break;
        case 'm': dialect.message = optarg; break;
        case 'a': dialect.ack = optarg; break;
        case 'e': dialect.refusal = optarg; break;
        case 'b': dialect.bytes = atoi(optarg); break;
        case 'h': dialect.beat = optarg; break;
        case 'w': dialect.answer = optarg; break;
        case 't': token_count = read_lines(optarg, tokens); break;
        case 'o': read_rooms(optarg); break;
        default: die("unknown option");
    }
    if (!dialect.port) die("--port is needed");
    if (dialect.beat && !dialect.answer) dialect.answer = dialect.beat;
    if (dialect.bytes < MARK + 12 || dialect.bytes > 4000) die("--bytes is 27 to 4000");
}

int main(int argc, char **argv) {
    struct timespec t;
    read_options(argc, argv);
    clock_gettime(CLOCK_REALTIME, &t);
    snprintf(mark, sizeof mark, "bench:%08x:", (unsigned)(t.tv_sec * 1000003u ^ t.tv_nsec ^ getpid()));
    setvbuf(stdout, NULL, _IOLBF, 0);
    setvbuf(stdin, NULL, _IONBF, 0); /* epoll must see what has not been read */
    poller = epoll_create1(0);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    watch(timer, TIMER);
    watch_commands(EPOLL_CTL_ADD);
    for (;; turn(-1)) {
        if (!is_asked) continue;
        is_asked = 0;
        command();
        watch_commands(EPOLL_CTL_MOD);
    }
}

/* The WebSocket wire (RFC 6455) as far as the load and the limit need it: one header in, one out. */
#ifndef FRAME_H
#define FRAME_H

#include <stdint.h>
#include <string.h>

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10, HEADER_MAX = 14 };

struct frame {
    int opcode;
    int masked;
    uint8_t mask[4];
    size_t header; /* bytes before the payload */
    size_t length; /* bytes of payload */
};

/* Read the header at `p`; the size of the whole frame, or 0 while it is not all there. */
static inline size_t frame_read(struct frame *f, const uint8_t *p, size_t n) {
    if (n < 2) return 0;
    f->opcode = p[0] & 15;
    f->masked = p[1] >> 7;
    f->length = p[1] & 127;
    f->header = 2;
    if (f->length >= 126) {
        size_t wide = f->length == 126 ? 2 : 8;
        if (n < 2 + wide) return 0;
        f->length = 0;
        for (size_t i = 0; i < wide; i++) f->length = f->length << 8 | p[2 + i];
        f->header += wide;
    }
    if (f->masked) {
        if (n < f->header + 4) return 0;
        memcpy(f->mask, p + f->header, 4);
        f->header += 4;
    }
    return n < f->header + f->length ? 0 : f->header + f->length;
}

static inline void frame_mask(uint8_t *p, size_t n, const uint8_t mask[4]) {
    for (size_t i = 0; i < n; i++) p[i] ^= mask[i & 3];
}

/* Write a frame at `out` (room for HEADER_MAX + n); a client passes a mask, a server NULL. */
static inline size_t frame_write(
    uint8_t *out, int opcode, const void *text, size_t n, const uint8_t *mask
) {
    size_t at = 2;
    out[0] = 0x80 | opcode;
    if (n < 126) {
        out[1] = n;
    } else if (n < 65536) {
        out[1] = 126, out[2] = n >> 8, out[3] = n, at = 4;
    } else {
        out[1] = 127, at = 10;
        for (int i = 0; i < 8; i++) out[2 + i] = (uint64_t)n >> (56 - 8 * i);
    }
    if (mask) out[1] |= 0x80, memcpy(out + at, mask, 4), at += 4;
    memcpy(out + at, text, n);
    if (mask) frame_mask(out + at, n, mask);
    return at + n;
}

#endif

/* Sec-WebSocket-Accept: base64(SHA-1(key + GUID)), RFC 6455 section 4.2.2; SHA-1 is FIPS 180-4. */
#ifndef ACCEPT_H
#define ACCEPT_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static inline uint32_t rotl(uint32_t x, int n) { return x << n | x >> (32 - n); }

static void sha1_block(uint32_t h[5], const uint8_t *p) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | p[4 * i + 1] << 16 | p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 80; i++) w[i] = rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20 ? ((b & c) | (~b & d)) + 0x5A827999
                   : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                   : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                            : (b ^ c ^ d) + 0xCA62C1D6;
        uint32_t t = rotl(a, 5) + f + e + w[i];
        e = d, d = c, c = rotl(b, 30), b = a, a = t;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

/* `n` stays below 119 bytes here: a key and the GUID fill at most two blocks. */
static void sha1(uint8_t out[20], const char *text, size_t n) {
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    uint8_t block[128] = {0};
    size_t size = n < 56 ? 64 : 128;
    memcpy(block, text, n);
    block[n] = 0x80;
    block[size - 2] = n * 8 >> 8, block[size - 1] = n * 8;
    for (size_t at = 0; at < size; at += 64) sha1_block(h, block + at);
    for (int i = 0; i < 20; i++) out[i] = h[i / 4] >> (24 - 8 * (i % 4));
}

/* The 28 characters that answer `key` (at most 64 characters), with a closing NUL. */
static void accept_key(char out[29], const char *key) {
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[112];
    uint8_t d[21] = {0};
    int n = snprintf(text, sizeof text, "%.64s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    sha1(d, text, n);
    for (int i = 0; i < 7; i++) {
        uint32_t v = d[3 * i] << 16 | d[3 * i + 1] << 8 | d[3 * i + 2];
        for (int j = 0; j < 4; j++) out[4 * i + j] = set[v >> (18 - 6 * j) & 63];
    }
    out[27] = '=', out[28] = 0;
}

#endif

#include "CMailParts.h"

#include <endian.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

static int base64_value(uint8_t byte) {
    if (byte >= 'A' && byte <= 'Z') return byte - 'A';
    if (byte >= 'a' && byte <= 'z') return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9') return byte - '0' + 52;
    if (byte == '+') return 62;
    if (byte == '/') return 63;
    return -1;
}

static int hex_value(uint8_t byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    return -1;
}

// What a digit says at each of the four places of a group; `no_digit` where it is none.
static uint32_t digit_at[4][256];
static const uint32_t no_digit = 1u << 24;

__attribute__((constructor)) static void fill_digits(void) {
    for (int byte = 0; byte < 256; byte++) {
        int value = base64_value((uint8_t)byte);
        for (int place = 0; place < 4; place++) digit_at[place][byte] = value < 0 ? no_digit : (uint32_t)value << (18 - 6 * place);
    }
}

size_t mail_decode_base64(const uint8_t *bytes, size_t length, uint8_t *out) {
    uint8_t *to = out;
    uint32_t value = 0;
    int digits = 0;
    size_t at = 0;
    while (at < length) {
        // Whole groups, as nearly all are.
        while (digits == 0 && length - at >= 4) {
            uint32_t group = digit_at[0][bytes[at]] | digit_at[1][bytes[at + 1]] | digit_at[2][bytes[at + 2]] | digit_at[3][bytes[at + 3]];
            if (group & no_digit) break;
            // Four bytes are written where three are meant: no more than the four that were read.
            uint32_t three = htobe32(group << 8);
            memcpy(to, &three, 4);
            to += 3;
            at += 4;
        }
        if (at >= length) break;
        int digit = base64_value(bytes[at]);
        if (digit >= 0) {
            value = value << 6 | (uint32_t)digit;
            if (++digits == 4) {
                *to++ = (uint8_t)(value >> 16);
                *to++ = (uint8_t)(value >> 8);
                *to++ = (uint8_t)value;
                value = 0;
                digits = 0;
            }
        } else if (bytes[at] == '=') {
            if (digits >= 2) *to++ = (uint8_t)(value >> (digits == 2 ? 4 : 10));
            if (digits == 3) *to++ = (uint8_t)(value >> 2);
            value = 0;
            digits = 0;
            while (at + 1 < length && bytes[at + 1] == '=') at++;
            // Another block may follow; words behind the end of the line's last block are no data.
            if (at + 1 < length && base64_value(bytes[at + 1]) < 0)
                while (at + 1 < length && bytes[at + 1] != '\n' && bytes[at + 1] != '\r') at++;
        }
        at++;
    }
    if (digits >= 2) *to++ = (uint8_t)(value >> (digits == 2 ? 4 : 10));
    if (digits == 3) *to++ = (uint8_t)(value >> 2);
    return (size_t)(to - out);
}

size_t mail_decode_quoted_printable(const uint8_t *bytes, size_t length, uint8_t *out) {
    uint8_t *to = out;
    size_t at = 0;
    while (at < length) {
        if (bytes[at] != '=') {
            const uint8_t *next = memchr(bytes + at, '=', length - at);
            size_t run = (next ? (size_t)(next - bytes) : length) - at;
            memmove(to, bytes + at, run);
            to += run;
            at += run;
            continue;
        }
        int high = at + 1 < length ? hex_value(bytes[at + 1]) : -1;
        int low = at + 2 < length ? hex_value(bytes[at + 2]) : -1;
        if (high >= 0 && low >= 0) {
            *to++ = (uint8_t)(high << 4 | low);
            at += 3;
            continue;
        }
        // A soft line break, with the spaces that some server added; at most 80 of them are looked at.
        size_t next = at + 1;
        while (next < length && next - at < 80 && (bytes[next] == ' ' || bytes[next] == '\t')) next++;
        if (next >= length) {
            at = length;
        } else if (bytes[next] == '\n') {
            at = next + 1;
        } else if (bytes[next] == '\r') {
            at = next + 1;
            if (at < length && bytes[at] == '\n') at++;
        } else {
            *to++ = bytes[at++];
        }
    }
    return (size_t)(to - out);
}

// The library loads a file for each converter that it opens, and takes it out of memory with the last of its kind: a few stay open, so
// that mails in several charsets do not do that for each text.
static iconv_t opened(const char *charset) {
    enum { most = 16 };
    static _Thread_local struct {
        char name[32];
        iconv_t converter;
    } kept[most];
    static _Thread_local unsigned count = 0, oldest = 0;
    for (unsigned at = 0; at < count; at++) {
        if (strcmp(kept[at].name, charset) != 0) continue;
        iconv(kept[at].converter, NULL, NULL, NULL, NULL);
        return kept[at].converter;
    }
    iconv_t converter = strlen(charset) < sizeof kept[0].name ? iconv_open("UTF-8", charset) : (iconv_t)-1;
    if (converter == (iconv_t)-1) return converter;
    unsigned place = count;
    if (count < most) {
        count++;
    } else {
        place = oldest;
        oldest = (oldest + 1) % most;
        iconv_close(kept[place].converter);
    }
    strcpy(kept[place].name, charset);
    kept[place].converter = converter;
    return converter;
}

ptrdiff_t mail_convert(const char *charset, const uint8_t *bytes, size_t length, uint8_t *out, size_t capacity, size_t *damaged) {
    static const char replacement[] = "\xEF\xBF\xBD";
    *damaged = 0;
    iconv_t converter = opened(charset);
    if (converter == (iconv_t)-1) return -1;
    char *from = (char *)bytes, *to = (char *)out;
    size_t from_left = length, to_left = capacity;
    while (from_left > 0) {
        if (iconv(converter, &from, &from_left, &to, &to_left) != (size_t)-1) break;
        if (errno == E2BIG || to_left < 3) break;
        // EILSEQ, or EINVAL at the end of the input: one byte is given up.
        memcpy(to, replacement, 3);
        to += 3;
        to_left -= 3;
        from += 1;
        from_left -= 1;
        *damaged += 1;
    }
    iconv(converter, NULL, NULL, &to, &to_left);
    return to - (char *)out;
}

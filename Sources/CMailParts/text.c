#include "CMailParts.h"

#include <string.h>

unsigned mail_text_marks(const uint8_t *bytes, size_t length) {
    // Without a branch, so that the compiler can look at many bytes at once.
    uint8_t nul = 0, high = 0, escape = 0, control = 0;
    for (size_t at = 0; at < length; at++) {
        uint8_t byte = bytes[at];
        high |= byte;
        nul |= byte == 0;
        escape |= byte == 0x1B;
        control |= (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
    }
    return (nul ? MAIL_HAS_NUL : 0) | (high & 0x80 ? MAIL_HAS_EIGHT_BIT : 0) | (escape ? MAIL_HAS_ESCAPE : 0)
        | (control ? MAIL_HAS_CONTROL : 0);
}

size_t mail_clean_text(const uint8_t *bytes, size_t length, uint8_t *out) {
    uint8_t *to = out;
    uint8_t last = 0;
    size_t at = 0;
    while (at < length) {
        if (length - at >= 16) {
            uint8_t control = 0;
            for (size_t next = 0; next < 16; next++) control |= bytes[at + next] < 0x20 || bytes[at + next] == 0x7F;
            if (!control) {
                memcpy(to, bytes + at, 16);
                to += 16;
                at += 16;
                last = ' ';
                continue;
            }
        }
        size_t end = length - at >= 16 ? at + 16 : length;
        for (; at < end; at++) {
            uint8_t byte = bytes[at];
            if (byte >= 0x20 || byte == '\t') {
                if (byte != 0x7F) *to++ = byte;
            } else if (byte == '\r' || byte == '\f' || (byte == '\n' && last != '\r')) {
                *to++ = '\n';
            }
            last = byte;
        }
    }
    return (size_t)(to - out);
}

size_t mail_convert_western(const uint8_t *bytes, size_t length, uint8_t *out) {
    // What stands at 0x80 to 0x9F in Windows-1252; U+FFFD where nothing does.
    static const uint16_t upper[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    uint8_t *to = out;
    for (size_t at = 0; at < length; at++) {
        uint8_t byte = bytes[at];
        if (byte < 0x80) {
            *to++ = byte;
            continue;
        }
        uint16_t scalar = byte < 0xA0 ? upper[byte - 0x80] : byte;
        if (scalar < 0x800) {
            *to++ = (uint8_t)(0xC0 | scalar >> 6);
        } else {
            *to++ = (uint8_t)(0xE0 | scalar >> 12);
            *to++ = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
        }
        *to++ = (uint8_t)(0x80 | (scalar & 0x3F));
    }
    return (size_t)(to - out);
}

// Bytes of the sequence that stands there; 0 where none does (RFC 3629 §4).
static size_t sequence_length(const uint8_t *bytes, size_t left) {
    uint8_t lead = bytes[0];
    size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (length == 0 || length > left) return 0;
    for (size_t next = 1; next < length; next++)
        if ((bytes[next] & 0xC0) != 0x80) return 0;
    uint8_t second = bytes[1];
    // Longer than needed, surrogates, beyond U+10FFFF.
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
    return length;
}

size_t mail_utf8_sequences(const uint8_t *bytes, size_t length, size_t *broken) {
    size_t sequences = 0, wrong = 0, at = 0;
    while (at < length) {
        if (bytes[at] < 0x80) {
            uint64_t eight;
            at++;
            while (length - at >= 8 && (memcpy(&eight, bytes + at, 8), (eight & 0x8080808080808080u) == 0)) at += 8;
            continue;
        }
        size_t whole = sequence_length(bytes + at, length - at);
        if (whole) sequences++;
        else wrong++;
        at += whole ? whole : 1;
    }
    *broken = wrong;
    return sequences;
}

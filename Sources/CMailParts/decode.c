#include "CMailParts.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <iconv.h>
#include <string.h>

int32_t mail_encoding_named(const char *name) { return (int32_t)g_mime_content_encoding_from_string(name); }

size_t mail_decoded_bound(int32_t encoding, size_t length) {
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, (GMimeContentEncoding)encoding);
    size_t bound = g_mime_encoding_outlen(&state, length);
    return (bound > length ? bound : length) + 16;
}

size_t mail_decode(int32_t encoding, const uint8_t *bytes, size_t length, uint8_t *out) {
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, (GMimeContentEncoding)encoding);
    return g_mime_encoding_flush(&state, (const char *)bytes, length, (char *)out);
}

ptrdiff_t mail_convert(const char *charset, const uint8_t *bytes, size_t length, uint8_t *out, size_t capacity, size_t *damaged) {
    static const char replacement[] = "\xEF\xBF\xBD";
    *damaged = 0;
    iconv_t converter = iconv_open("UTF-8", charset);
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
    iconv_close(converter);
    return to - (char *)out;
}

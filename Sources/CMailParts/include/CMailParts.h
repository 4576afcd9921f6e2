// What reading mail takes from C: transfer encodings, and the C library's charsets. Bytes in, bytes out; nothing is kept between calls.
#ifndef CMAILPARTS_H
#define CMAILPARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Undoes base64 (RFC 2045 §6.8); what is no digit is passed over. Returns the bytes written, never more than `length`.
size_t mail_decode_base64(const uint8_t *_Nonnull bytes, size_t length, uint8_t *_Nonnull out);

/// Undoes quoted-printable (RFC 2045 §6.7); what is no code stays. Returns the bytes written, never more than `length`.
size_t mail_decode_quoted_printable(const uint8_t *_Nonnull bytes, size_t length, uint8_t *_Nonnull out);

/// Converts to UTF-8 by the C library. What is not valid in `charset` becomes U+FFFD. Returns the bytes written, at most `capacity`, or
/// -1 where the library does not know the charset. `damaged` counts the replacements.
ptrdiff_t mail_convert(
    const char *_Nonnull charset, const uint8_t *_Nonnull bytes, size_t length, uint8_t *_Nonnull out, size_t capacity,
    size_t *_Nonnull damaged);

#endif

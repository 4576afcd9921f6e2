// What reading mail takes from C: transfer encodings, the C library's charsets, and passes over every byte of a text. Bytes in, bytes out;
// nothing is kept between calls but a thread's last converter.
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

/// What a text holds beside printable ASCII, tabs and line feeds.
enum {
    MAIL_HAS_NUL = 1,
    MAIL_HAS_EIGHT_BIT = 2,
    MAIL_HAS_ESCAPE = 4,
    /// Any control character: a carriage return, NUL and escape as well.
    MAIL_HAS_CONTROL = 8,
};

/// Returns those of `MAIL_HAS_…` that hold.
unsigned mail_text_marks(const uint8_t *_Nonnull bytes, size_t length);

/// Writes a text with `\n` line ends and no other control character than tab. Returns the bytes written, never more than `length`.
size_t mail_clean_text(const uint8_t *_Nonnull bytes, size_t length, uint8_t *_Nonnull out);

/// Converts Windows-1252 to UTF-8. Returns the bytes written, at most three times `length`.
size_t mail_convert_western(const uint8_t *_Nonnull bytes, size_t length, uint8_t *_Nonnull out);

/// Counts the sequences of two and more bytes that are UTF-8 (RFC 3629), and the bytes that are none.
size_t mail_utf8_sequences(const uint8_t *_Nonnull bytes, size_t length, size_t *_Nonnull broken);

#endif

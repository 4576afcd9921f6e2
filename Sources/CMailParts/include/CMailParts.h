// A narrow C face over GMime: bytes in, a flat list of parts out. No GLib type leaves it, and it calls nothing back.
#ifndef CMAILPARTS_H
#define CMAILPARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mail_document mail_document;

typedef enum {
    MAIL_PART_LEAF = 0,
    MAIL_PART_MULTIPART = 1,
    /// A message/rfc822 part; the message inside is its one child.
    MAIL_PART_MESSAGE = 2,
} mail_part_kind;

typedef struct {
    size_t depth;
    size_t parts;
    size_t headers;
} mail_limits;

typedef struct {
    const char *_Nonnull name;
    /// As it stands in the mail: folded, encoded, ended by NUL.
    const char *_Nonnull value;
} mail_header;

typedef struct {
    mail_part_kind kind;
    /// Index of the part that holds this one; -1 for the first.
    int32_t parent;
    /// True for the first part of a message: its headers are the message's own.
    bool begins_message;
    size_t first_header;
    size_t header_count;
    /// The body before its transfer encoding is undone: points into the caller's bytes. For a multipart: its prologue.
    const uint8_t *_Nullable body;
    size_t body_length;
    /// For a multipart: what stands behind its last boundary.
    const uint8_t *_Nullable epilogue;
    size_t epilogue_length;
    /// A GMime transfer encoding number, for mail_part_decode.
    int32_t encoding;
} mail_part;

/// Prepares GMime. Once for each process, before anything else; may be called from any thread after the first call returned.
void mail_initialise(void);

/// Parses `length` bytes, which must stay in place until mail_free. Null only when there is nothing to read.
mail_document *_Nullable mail_parse(const uint8_t *_Nonnull bytes, size_t length, mail_limits limits);
void mail_free(mail_document *_Nonnull document);

const mail_part *_Nonnull mail_parts(const mail_document *_Nonnull document, size_t *_Nonnull count);
const mail_header *_Nonnull mail_headers(const mail_document *_Nonnull document, size_t *_Nonnull count);
/// True when depth, parts or headers went beyond the limits and the rest was left out.
bool mail_was_cut(const mail_document *_Nonnull document);

/// The message inside a MAIL_PART_MESSAGE part as bytes, at most `capacity` of them; with `out` null only counts. Valid until mail_free.
size_t mail_message_bytes(const mail_document *_Nonnull document, size_t part, uint8_t *_Nullable out, size_t capacity);

/// Undoes base64, quoted-printable and uuencode. Returns how many bytes were written; `out` must hold mail_decoded_bound(length).
size_t mail_decode(int32_t encoding, const uint8_t *_Nonnull bytes, size_t length, uint8_t *_Nonnull out);
size_t mail_decoded_bound(int32_t encoding, size_t length);
/// The encoding's number for a Content-Transfer-Encoding value.
int32_t mail_encoding_named(const char *_Nonnull name);

/// Converts to UTF-8 by the C library. What is not valid in `charset` becomes U+FFFD. Returns the bytes written, at most `capacity`, or
/// -1 where the library does not know the charset. `damaged` counts the replacements.
ptrdiff_t mail_convert(
    const char *_Nonnull charset, const uint8_t *_Nonnull bytes, size_t length, uint8_t *_Nonnull out, size_t capacity,
    size_t *_Nonnull damaged);

#endif

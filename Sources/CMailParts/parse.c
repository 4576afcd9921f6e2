#include "CMailParts.h"

#include <gmime/gmime.h>
#include <string.h>

struct mail_document {
    GByteArray bytes;  // borrowed from the caller
    GMimeMessage *message;
    GArray *parts;
    GPtrArray *objects;  // one for each part, borrowed from the message
    GArray *headers;
    mail_limits limits;
    bool cut;
};

static GMimeParserOptions *parser_options;

void mail_initialise(void) {
    g_mime_init();
    parser_options = g_mime_parser_options_new();
    // Header values are read by our own code; GMime need not try charsets.
    g_mime_parser_options_set_rfc2047_compliance_mode(parser_options, GMIME_RFC_COMPLIANCE_LOOSE);
    g_mime_parser_options_set_parameter_compliance_mode(parser_options, GMIME_RFC_COMPLIANCE_LOOSE);
    g_mime_parser_options_set_address_compliance_mode(parser_options, GMIME_RFC_COMPLIANCE_LOOSE);
}

static void add_headers(mail_document *document, GMimeObject *object) {
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    int count = g_mime_header_list_get_count(list);
    for (int at = 0; at < count; at++) {
        if (document->headers->len >= document->limits.headers) {
            document->cut = true;
            return;
        }
        GMimeHeader *header = g_mime_header_list_get_header_at(list, at);
        const char *name = g_mime_header_get_name(header);
        const char *value = g_mime_header_get_raw_value(header);
        mail_header entry = {name ? name : "", value ? value : ""};
        g_array_append_val(document->headers, entry);
    }
}

/// Finds a parsed part's bytes inside the caller's buffer; GMime keeps them as a bounded view of the same memory stream.
static void find_body(mail_document *document, GMimeDataWrapper *content, mail_part *part) {
    if (!content) return;
    GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
    if (!stream || !GMIME_IS_STREAM_MEM(stream)) return;
    gint64 start = stream->bound_start, end = stream->bound_end;
    gint64 length = document->bytes.len;
    if (end < 0 || end > length) end = length;
    if (start < 0 || start >= end) return;
    part->body = document->bytes.data + start;
    part->body_length = (size_t)(end - start);
}

static void add_object(mail_document *document, GMimeObject *object, GMimeMessage *message, int32_t parent, size_t depth) {
    if (!object) return;
    if (document->parts->len >= document->limits.parts || depth > document->limits.depth) {
        document->cut = true;
        return;
    }
    mail_part part = {.kind = MAIL_PART_LEAF, .parent = parent, .begins_message = message != NULL, .first_header = document->headers->len};
    if (message) add_headers(document, GMIME_OBJECT(message));
    add_headers(document, object);
    part.header_count = document->headers->len - part.first_header;

    int32_t index = (int32_t)document->parts->len;
    if (GMIME_IS_MULTIPART(object)) {
        part.kind = MAIL_PART_MULTIPART;
        const char *prologue = g_mime_multipart_get_prologue(GMIME_MULTIPART(object));
        const char *epilogue = g_mime_multipart_get_epilogue(GMIME_MULTIPART(object));
        part.body = (const uint8_t *)prologue;
        part.body_length = prologue ? strlen(prologue) : 0;
        part.epilogue = (const uint8_t *)epilogue;
        part.epilogue_length = epilogue ? strlen(epilogue) : 0;
        g_array_append_val(document->parts, part);
        g_ptr_array_add(document->objects, object);
        int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
        for (int at = 0; at < count && document->parts->len < document->limits.parts; at++)
            add_object(document, g_mime_multipart_get_part(GMIME_MULTIPART(object), at), NULL, index, depth + 1);
        if (count > 0 && document->parts->len >= document->limits.parts) document->cut = true;
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        part.kind = MAIL_PART_MESSAGE;
        g_array_append_val(document->parts, part);
        g_ptr_array_add(document->objects, object);
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (inner) add_object(document, g_mime_message_get_mime_part(inner), inner, index, depth + 1);
    } else {
        if (GMIME_IS_PART(object)) {
            part.encoding = (int32_t)g_mime_part_get_content_encoding(GMIME_PART(object));
            find_body(document, g_mime_part_get_content(GMIME_PART(object)), &part);
        }
        g_array_append_val(document->parts, part);
        g_ptr_array_add(document->objects, object);
    }
}

mail_document *mail_parse(const uint8_t *bytes, size_t length, mail_limits limits) {
    if (length > G_MAXINT32) length = G_MAXINT32;
    mail_document *document = g_new0(mail_document, 1);
    document->bytes.data = (guint8 *)bytes;
    document->bytes.len = (guint)length;
    document->limits = limits;
    document->parts = g_array_sized_new(FALSE, TRUE, sizeof(mail_part), 8);
    document->objects = g_ptr_array_sized_new(8);
    document->headers = g_array_sized_new(FALSE, TRUE, sizeof(mail_header), 48);

    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(&document->bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
    g_mime_parser_set_persist_stream(parser, TRUE);
    document->message = g_mime_parser_construct_message(parser, parser_options);
    g_object_unref(parser);
    g_object_unref(stream);
    if (!document->message) {
        mail_free(document);
        return NULL;
    }
    add_object(document, g_mime_message_get_mime_part(document->message), document->message, -1, 0);
    return document;
}

void mail_free(mail_document *document) {
    if (document->message) g_object_unref(document->message);
    g_array_free(document->parts, TRUE);
    g_array_free(document->headers, TRUE);
    g_ptr_array_free(document->objects, TRUE);
    g_free(document);
}

const mail_part *mail_parts(const mail_document *document, size_t *count) {
    *count = document->parts->len;
    return (const mail_part *)document->parts->data;
}

const mail_header *mail_headers(const mail_document *document, size_t *count) {
    *count = document->headers->len;
    return (const mail_header *)document->headers->data;
}

bool mail_was_cut(const mail_document *document) { return document->cut; }

size_t mail_message_bytes(const mail_document *document, size_t part, uint8_t *out, size_t capacity) {
    if (part >= document->objects->len) return 0;
    GMimeObject *object = g_ptr_array_index(document->objects, part);
    if (!GMIME_IS_MESSAGE_PART(object)) return 0;
    GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    if (!message) return 0;
    GMimeStream *stream = out ? g_mime_stream_mem_new() : g_mime_stream_null_new();
    gint64 written = g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, stream);
    size_t length = written > 0 ? (size_t)written : 0;
    if (out) {
        GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        length = bytes->len < capacity ? bytes->len : capacity;
        memcpy(out, bytes->data, length);
    }
    g_object_unref(stream);
    return length;
}

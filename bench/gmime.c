// What GMime alone takes for the same mails: each is parsed and each part's content decoded, from memory, on one thread. Measured in CPU time: a busy
// machine does not count.
// gmime LIST SECONDS prints one JSON object; LIST has the path of one raw mail in each line.
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static size_t decoded;

static void decode(GMimeObject *parent, GMimeObject *part, gpointer data) {
    if (!GMIME_IS_PART(part)) return;
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
    if (!content) return;
    GMimeStream *out = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, out);
    decoded += (size_t)g_mime_stream_length(out);
    g_object_unref(out);
}

static void read_mail(const char *bytes, size_t length) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    if (!message) return;
    const char *subject = g_mime_message_get_subject(message);
    if (subject) decoded += strlen(subject);
    g_mime_message_foreach(message, decode, NULL);
    g_object_unref(message);
}

int main(int count, char **arguments) {
    if (count < 3) return 64;
    g_mime_init();
    GPtrArray *mails = g_ptr_array_new();
    GArray *lengths = g_array_new(FALSE, FALSE, sizeof(gsize));
    char *list = NULL;
    if (!g_file_get_contents(arguments[1], &list, NULL, NULL)) return 66;
    for (char *path = strtok(list, "\n"); path; path = strtok(NULL, "\n")) {
        char *bytes = NULL;
        gsize length = 0;
        if (!g_file_get_contents(path, &bytes, &length, NULL)) return 66;
        g_ptr_array_add(mails, bytes);
        g_array_append_val(lengths, length);
    }
    double seconds = g_ascii_strtod(arguments[2], NULL), took = 0;
    long done = 0;
    // Once without counting, then at least three times.
    for (int pass = -1; pass < 3 || took < seconds; pass++) {
        clock_t begun = clock();
        for (guint at = 0; at < mails->len; at++) read_mail(mails->pdata[at], g_array_index(lengths, gsize, at));
        if (pass < 0) continue;
        took += (double)(clock() - begun) / CLOCKS_PER_SEC;
        done += mails->len;
    }
    printf("{\"items\": %u, \"done\": %ld, \"seconds\": %f, \"per_second\": %f, \"characters\": %zu, \"version\": \"%d.%d.%d\"}\n", mails->len, done,
           took, (double)done / took, decoded, GMIME_MAJOR_VERSION, GMIME_MINOR_VERSION, GMIME_MICRO_VERSION);
    return 0;
}

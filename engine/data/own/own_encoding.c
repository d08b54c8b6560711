#include "data/own/own_encoding.h"

#include <ctype.h>
#include <string.h>

#include "spec/field.h"

static bool is_ascii(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!isascii((unsigned char)bytes[i])) return false;
    return true;
}

static bool find(Encoding *encoding, const char *asked, Arena *arena, Error *err)
{
    size_t n = 0;
    for (; encoding_words[n]; n++)
        if (!strcmp(asked, encoding_words[n])) {
            *encoding = (Encoding)n;
            return true;
        }
    error_usage(err, "--encoding: unknown encoding '%s'", asked);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, asked, encoding_words, n);
}

/* Spreadsheets and other documents are archives; no text but UTF-16 has zero bytes. */
static bool is_text(const char *bytes, size_t size, Encoding encoding)
{
    static const char archive[] = "PK\003\004";
    if (size >= sizeof archive - 1 && !memcmp(bytes, archive, sizeof archive - 1)) return false;
    return encoding == ENCODING_UTF16 || size == 0 || !memchr(bytes, '\0', size);
}

bool own_encoding_add(OwnEncoding *all, const char *asked, const char *path, const char *bytes,
                      size_t size, Arena *arena, Error *err)
{
    Encoding encoding = encoding_likely(bytes, size);
    if (asked && !find(&encoding, asked, arena, err)) return false;
    if (!is_text(bytes, size, encoding)) {
        error_usage(err, "%s: is no text", path);
        return error_hint(err, "save a spreadsheet as CSV, and a document as plain text");
    }
    if (encoding != ENCODING_UTF16 && is_ascii(bytes, size)) return true;
    if (all->path && encoding != all->encoding) {
        error_usage(err, "%s is in %s, but %s in %s", all->path, encoding_words[all->encoding],
                    path, encoding_words[encoding]);
        return error_hint(err, "save them in one encoding, utf-8 best of all");
    }
    *all = (OwnEncoding){encoding, path};
    return true;
}

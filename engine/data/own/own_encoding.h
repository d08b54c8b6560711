/* The encoding of the files that are added together, by their bytes, or the one that is asked for. */
#ifndef DATA_OWN_ENCODING_H
#define DATA_OWN_ENCODING_H

#include "base/encoding.h"

/* Zeroed it is UTF-8. */
typedef struct OwnEncoding {
    Encoding encoding;
    /* The first file that says so; NULL: all are plain ASCII, which is right in any but UTF-16. */
    const char *path;
} OwnEncoding;

/* One more file: another encoding than that of those before is an error. */
bool own_encoding_add(OwnEncoding *all, const char *asked, const char *path, const char *bytes,
                      size_t size, Arena *arena, Error *err) MUST_USE;

#endif

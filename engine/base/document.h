/* Running text with a name: what corpora are made of (a book, a story). Plain data; borrowed bytes. */
#ifndef BASE_DOCUMENT_H
#define BASE_DOCUMENT_H

#include <stddef.h>

typedef struct Document {
    const char *name; /* unique within its corpus: the archive member or the generated title */
    const char *text; /* UTF-8, followed by a zero byte that does not count */
    size_t size;      /* bytes */
} Document;

typedef struct Documents {
    size_t n;
    Document *items;
} Documents;

#endif

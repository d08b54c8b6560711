/* The manifest of a data set of one's own, as JSON. */
#ifndef DATA_OWN_MANIFEST_H
#define DATA_OWN_MANIFEST_H

#include "data/own/own_set.h"

Json *own_manifest_of_rows(const OwnSet *set, Arena *arena, Error *err) MUST_USE;

/* Plain text: what dataset_documents.c reads. */
typedef struct OwnText {
    const char *name, *title, *licence, *home; /* the last three may be NULL */
    const char *from;
    const char *stored; /* file or folder, in the folder of downloads */
    bool folder;
    HashText digest; /* SHA-256, or the tree's */
    size_t bytes;    /* of all files */
    Encoding encoding;
    size_t count, parts; /* members; documents that each is cut into */
} OwnText;
extern const char own_manifest_members[]; /* of a folder, what is text */

Json *own_manifest_of_text(const OwnText *text, Arena *arena, Error *err) MUST_USE;

#endif

/* Labelled rows of one's own: files that were looked at, and what is made of them. */
#ifndef DATA_OWN_SET_H
#define DATA_OWN_SET_H

#include "base/hash.h"
#include "data/example/dataset_split.h"
#include "data/own/own_columns.h"
#include "data/own/own_form.h"
#include "data/own/own_look.h"

typedef struct OwnFile {
    const char *path;   /* as it was given */
    const char *stored; /* name in the folder of downloads */
    DatasetSplit split;
    OwnRows rows;
    char *content; /* as it was read */
    size_t bytes;
    HashText sha256;
} OwnFile;

typedef struct OwnSet {
    const char *name, *title, *licence, *home; /* the last three may be NULL */
    const char *from;                          /* the files, in words */
    size_t n_files;
    OwnFile *files;
    OwnLook look;
    OwnColumns columns;
    OwnForm form;
    int64_t carved
        [N_SPLITS]; /* rows to take out of the training rows; 0: it has files, or is no such split */
    int64_t rows[N_SPLITS]; /* in the end; 0: not known yet */
} OwnSet;

/* Reads and looks at the files; nothing is written. Every file has the first training file's layout. */
bool own_set_read(OwnSet *set, const char *name, const char *const *paths, size_t n,
                  const OwnAsked *asked, Arena *arena, Error *err) MUST_USE;

#endif

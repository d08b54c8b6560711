/* Data of one's own in one step: files of rows or plain text are looked at, copied, described by a manifest that is
 * checked, counted, and put into place. */
#ifndef DATA_OWN_ADD_H
#define DATA_OWN_ADD_H

#include "data/dataset/dataset_places.h"
#include "data/own/own_asked.h"
#include "data/own/own_set.h"

typedef struct OwnAdded {
    const char *name;
    const char *manifest; /* where it lies; NULL: nothing was to be written */
    bool corpus;
    Buffer words; /* what was found and made of it, line by line */
} OwnAdded;

/* Files of rows, whose names say which split each is; or one folder or files (.txt) of plain text. Nothing is left half
 * written. */
bool own_add(OwnAdded *added, const char *const *paths, size_t n, const OwnAsked *asked,
             const DatasetPlaces *places, Arena *arena, Error *err) MUST_USE;

#endif

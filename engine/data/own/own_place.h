/* Where a data set of one's own is put together, looked at by the code that reads all others, and put into its
 * place: the files among the downloads, in own/NAME, then the manifest. Until then nothing of it is seen, and what
 * was there stays. */
#ifndef DATA_OWN_PLACE_H
#define DATA_OWN_PLACE_H

#include "base/json.h"
#include "base/lock.h"
#include "data/dataset/dataset.h"

typedef struct OwnPlace {
    const char *name;
    const char *manifest; /* where it will lie */
    const char *stored;   /* own/NAME: of its files, in the folder of downloads */
    const DatasetPlaces *real;
    bool replace;
    char *staging; /* a folder among the downloads */
    Lock lock;     /* while it is ours */
    bool claimed;
    DatasetPlaces staged;
    Arena *arena;
} OwnPlace;

/* A manifest of this name that is there already is an error, unless it is to be replaced. Nothing is written yet. */
bool own_place_begin(OwnPlace *place, const char *name, bool replace, const DatasetPlaces *places,
                     Arena *arena, Error *err) MUST_USE;

/* Before anything is written to it: waits for another process that adds a data set of this name, and removes what a
 * killed one left. */
bool own_place_claim(OwnPlace *place, Error *err) MUST_USE;

/* `stored`: as the manifest calls the file. The bytes are those that were looked at, whatever became of their file. */
bool own_place_write(const OwnPlace *place, const char *stored, const void *bytes, size_t size,
                     Error *err) MUST_USE;

/* Writes the manifest beside the copies and opens the data set. NULL: it is no right one. */
Dataset *own_place_open(const OwnPlace *place, const Json *manifest, Error *err) MUST_USE;

/* What was opened last goes to its place. */
bool own_place_commit(const OwnPlace *place, Error *err) MUST_USE;

/* Takes back what was committed and was new, where another that belongs to it could not be. */
void own_place_withdraw(const OwnPlace *place);

/* Nothing remains of what is not in its place. */
void own_place_end(OwnPlace *place);

#endif

/* Digests that nobody publishes: they are recorded when a file is fetched for the first time, in NAME.lock.json beside
 * the manifest, {"PATH": "SHA-256", ...}. Who commits that file gets the same content from then on, or an error. */
#ifndef DATA_DATASET_LOCK_H
#define DATA_DATASET_LOCK_H

#include "data/dataset/dataset_files.h"

#define DATASET_LOCK_ENDING ".lock.json"

/* Fills in what is recorded; a lock that is not there records nothing. */
bool dataset_lock_read(DatasetManifest *manifest, const char *manifest_path, Arena *arena,
                       Error *err) MUST_USE;

/* Fetches the files that have no digest yet, and records them, in the manifest too: in the arena that it lives in. */
bool dataset_lock_record(const DatasetFiles *files, Arena *arena, Error *err) MUST_USE;

/* The first file without a digest; NULL: all have one. */
const DatasetFile *dataset_lock_missing(const DatasetManifest *manifest);

#endif

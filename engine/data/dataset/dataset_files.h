/* The files of a data set: found, fetched, verified, and never used otherwise.
 *
 * A file is looked for in the download folder, then in the mirror (where it is used in place), then at
 * the mirror's or the upstream addresses. What was verified is remembered beside the downloads, with
 * size and time of last change, so that it is hashed once. */
#ifndef DATA_DATASET_FILES_H
#define DATA_DATASET_FILES_H

#include "data/dataset/dataset_manifest.h"
#include "data/dataset/dataset_places.h"

typedef struct DatasetFiles {
    const char *name;          /* of the data set */
    const char *manifest_path; /* for messages */
    const DatasetManifest *manifest;
    const DatasetPlaces *places;
} DatasetFiles;

/* *path: where a verified copy lies. */
bool dataset_files_get(char **path, const DatasetFiles *files, const DatasetFile *file,
                       Arena *arena, Error *err) MUST_USE;

/* Says so of a file whose digest is not recorded yet, and what to do. Always returns false. */
bool dataset_files_not_recorded(const DatasetFiles *files, const DatasetFile *file, Error *err);

/* The same as dataset_files_get of such a file. */
bool dataset_files_get_unverified(char **path, const DatasetFiles *files, const DatasetFile *file,
                                  Arena *arena, Error *err) MUST_USE;

/* *path: where a copy lies that needs no fetching; it is not verified. NULL: nowhere. */
bool dataset_files_where(char **path, const DatasetFiles *files, const DatasetFile *file,
                         Arena *arena, Error *err) MUST_USE;

#endif

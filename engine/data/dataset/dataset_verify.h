/* Whether a file is what its manifest says. */
#ifndef DATA_DATASET_VERIFY_H
#define DATA_DATASET_VERIFY_H

#include "data/dataset/dataset_manifest.h"

/* *right: the content of `path` has the expected hash; *found is the hash it has. `stamp` is a small
 * file that remembers a right answer for this size and time of last change; failing to write it is no
 * error. */
bool dataset_verify(bool *right, HashText *found, const DatasetFile *file, const char *path,
                    const char *stamp, Error *err) MUST_USE;

/* The hash of what lies at `path`, of the kind that the manifest gives of it; SHA-256, or a folder's tree hash,
 * where it gives none. */
bool dataset_verify_hash(HashText *digest, const char *path, const DatasetFile *file,
                         Error *err) MUST_USE;

/* SHA-256 over one "HASH  BASE-NAME\n" line for each member that the file covers, sorted by
 * base name: what sha256sum prints for the unpacked files. The same for any packing. */
bool dataset_verify_tree_hash(HashText *digest, const char *archive, const DatasetFile *file,
                              Error *err) MUST_USE;

#endif

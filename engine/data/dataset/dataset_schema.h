/* The schema of manifests: every field with its type, default, range and meaning, and the reading of a
 * file by it. */
#ifndef DATA_DATASET_SCHEMA_H
#define DATA_DATASET_SCHEMA_H

#include "data/dataset/dataset_manifest.h"

extern const SpecTable dataset_schema;                     /* of a DatasetManifest */
extern const SpecTable dataset_schema_other;               /* of a DatasetOther */
extern const char *const dataset_schema_tokenizer_words[]; /* of DatasetTokenizer.method */

/* Everything that is wrong with the file is reported, with its JSON path; what could be read is in *manifest then,
 * too. */
bool dataset_schema_read(DatasetManifest *manifest, const char *path, Arena *arena,
                         Error *err) MUST_USE;

#endif

/* Carving: which rows of the training split's sources are validation and test rows.
 *
 * The choice is made by the hash of a row's group, or of its texts, without case and spacing. So it
 * does not change when rows are added or reordered, and rows that are alike stay together. */
#ifndef DATA_DATASET_CARVE_H
#define DATA_DATASET_CARVE_H

#include "data/dataset/dataset_manifest.h"
#include "data/example/example.h"

typedef struct DatasetRow {
    Example example;
    const char *group; /* NULL: the texts are the group */
} DatasetRow;

/* side[row]: where it belongs, once the splits that are carved have taken their rows. */
bool dataset_carve(DatasetSplit *side, const DatasetRow *rows, size_t n,
                   const DatasetManifest *manifest, Arena *scratch, Error *err) MUST_USE;

#endif

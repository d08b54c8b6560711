/* One row's fields as an example of the data set's form. */
#ifndef DATA_DATASET_ROW_H
#define DATA_DATASET_ROW_H

#include "data/dataset_carve.h"

/* A row as it was read. */
typedef struct DatasetFields {
    const DatasetManifest *manifest;
    const DatasetSource *source;
    const TextList *columns;
    const char *const *field; /* one a column */
    const char *origin;       /* file, for messages and ids ... */
    int line;                 /* ... and line */
    bool labelled;            /* false: of a submission */
} DatasetFields;

/* Whether the manifest passes this row over. */
bool dataset_row_skipped(const DatasetFields *fields);

/* Texts live in the arena, or where the fields do. */
bool dataset_row_read(DatasetRow *row, const DatasetFields *fields, Arena *arena,
                      Error *err) MUST_USE;

#endif

/* One row's fields as an example of the data set's form. */
#ifndef DATA_DATASET_ROW_H
#define DATA_DATASET_ROW_H

#include "data/dataset/dataset_carve.h"

/* A row as it was read. */
typedef struct DatasetFields {
    const DatasetManifest *manifest;
    const TextList *columns;
    const char **field; /* one a column */
    const char *label;  /* not out of a column; NULL: out of the table's */
    const char *origin; /* file, for messages and ids ... */
    int line, part;     /* ... line, and place in its record */
    bool labelled;      /* false: of a submission */
} DatasetFields;

/* Makes the manifest's changes to fields; what changes is put into the arena. */
bool dataset_row_rewrite(DatasetFields *fields, Arena *arena, Error *err) MUST_USE;

/* Whether the manifest passes this row over. */
bool dataset_row_skipped(const DatasetFields *fields);

/* Everything the row points at is in the arena. */
bool dataset_row_read(DatasetRow *row, const DatasetFields *fields, Arena *arena,
                      Error *err) MUST_USE;

#endif

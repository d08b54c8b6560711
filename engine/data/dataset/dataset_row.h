/* One row's fields as an example of the data set's form. */
#ifndef DATA_DATASET_ROW_H
#define DATA_DATASET_ROW_H

#include "data/dataset/dataset_carve.h"
#include "data/dataset/dataset_fields.h"

/* Makes the manifest's changes to fields; what changes is put into the arena. */
bool dataset_row_rewrite(DatasetFields *fields, Arena *arena, Error *err) MUST_USE;

/* Whether the manifest passes this row over. */
bool dataset_row_skipped(const DatasetFields *fields);

/* Everything the row points at is in the arena. */
bool dataset_row_read(DatasetRow *row, const DatasetFields *fields, Arena *arena,
                      Error *err) MUST_USE;

#endif

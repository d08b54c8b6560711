/* The rows of one source of a split: a file, a member of an archive, or many members. */
#ifndef DATA_DATASET_SOURCE_H
#define DATA_DATASET_SOURCE_H

#include "data/dataset/dataset_files.h"
#include "data/dataset/dataset_row.h"

/* Called for each row that is not skipped; the fields are valid during the call only. */
typedef bool DatasetSourceVisitor(void *context, const DatasetFields *fields, Error *err);

/* Fetches, reads, and checks the number of rows. */
bool dataset_source_visit(const DatasetFiles *files, const DatasetSource *source, bool labelled,
                          DatasetSourceVisitor *visitor, void *context, Error *err) MUST_USE;

#endif

/* The rows of a split as examples: read, labelled, carved, counted. */
#ifndef DATA_DATASET_EXAMPLES_H
#define DATA_DATASET_EXAMPLES_H

#include "data/dataset/dataset_files.h"
#include "data/example/example.h"

bool dataset_examples_read(Examples *examples, const DatasetFiles *files, DatasetSplit split,
                           Arena *arena, Error *err) MUST_USE;

#endif

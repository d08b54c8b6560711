/* The rows of a split as examples: read, labelled, carved, counted. */
#ifndef DATA_DATASET_SPLIT_H
#define DATA_DATASET_SPLIT_H

#include "data/dataset/dataset_files.h"

bool dataset_split_read(Examples *examples, const DatasetFiles *files, DatasetSplit split,
                        Arena *arena, Error *err) MUST_USE;

#endif

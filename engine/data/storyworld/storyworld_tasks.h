/* The labelled tasks: rows by their number. */
#ifndef DATA_STORYWORLD_TASKS_H
#define DATA_STORYWORLD_TASKS_H

#include "data/example/dataset_split.h"
#include "data/storyworld/storyworld_row.h"
#include "data/storyworld/storyworld_spec.h"

/* Row `number` of a split of a task: a pure function of the spec's part, seed and distance, the split
 * and the number. Labels (or targets) are balanced: every run of as many rows as there are labels has
 * each once. */
void storyworld_tasks_row(StoryworldRow *row, const StoryworldSpec *spec, DatasetSplit split,
                          uint64_t number);

#endif

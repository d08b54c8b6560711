#include "data/example/dataset_split.h"

#include <stddef.h>

const char *const dataset_split_words[] = {"train", "validation", "test", "submission", NULL};

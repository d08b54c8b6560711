#include "data/dataset/dataset_heuristic.h"

#include <stddef.h>

const char *const dataset_heuristic_words[] = {"none",          "acceptability", "words",
                                               "choice",        "winograd",      "last-word",
                                               "minimal-pairs", "cloze",         NULL};

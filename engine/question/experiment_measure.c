#include "question/experiment_measure.h"

#include <stddef.h>

const char *const experiment_measure_words[] = {"fine-tuning", "zero-shot", "context-window",
                                                "position",    "rate",      NULL};

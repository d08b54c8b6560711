#include "question/experiment_spec.h"

const char *const experiment_measure_words[] = {"fine-tuning", "zero-shot", "context-window",
                                                "position",    "rate",      NULL};

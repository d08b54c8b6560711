#include "result/verdict.h"

#include <stddef.h>

const char *const verdict_words[] = {"supported", "contradicted", "undecided", NULL};

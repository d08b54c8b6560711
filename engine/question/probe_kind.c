#include "question/probe_kind.h"

#include <stddef.h>

const char *const probe_kind_words[] = {"zero-shot", "context-window", "position", "rate", NULL};

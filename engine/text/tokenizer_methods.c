/* The registry of tokenizer methods: one row each. */
#include <stddef.h>

#include "text/bpe_method.h"
#include "text/published_method.h"
#include "text/sentencepiece_method.h"
#include "text/tokenizer_method.h"
#include "text/wordpiece_method.h"

static const SpecEntry *const entries[] = {&bpe_method.entry, &published_method.entry,
                                           &wordpiece_method.entry, &sentencepiece_method.entry,
                                           NULL};

const SpecRegistry tokenizer_methods = {"method", entries};

/* The tokenizer that somebody names: of an experiment's cell, a published one, or that of a folder. */
#ifndef CLI_TOKENIZERS_H
#define CLI_TOKENIZERS_H

#include "cli/options.h"
#include "text/tokenizer.h"

typedef struct NamedTokenizer {
    Tokenizer *tokenizer;
    Plan plan;            /* of the experiment ... */
    const PlanCell *cell; /* ... and its cell; NULL: it is of none */
} NamedTokenizer;

/* What has a slash is a folder; else an experiment's name comes before a data set's, and that before a folder's. */
bool tokenizers_find(NamedTokenizer *named, const char *name, const Options *options, Arena *arena,
                     Error *err) MUST_USE;

#endif

/* Samples text from a language model, token by token. */
#ifndef MEASURE_GENERATE_H
#define MEASURE_GENERATE_H

#include "learner/learner.h"
#include "text/tokenizer.h"

typedef struct GenerateSpec {
    int64_t tokens;     /* to sample */
    double temperature; /* 0: always the likeliest */
    int64_t top_k;      /* sample among the k likeliest; 0: among all */
    uint64_t seed;
} GenerateSpec;

/* Continues the prompt (at least one token) with a learner whose limits hold one sequence of the
 * context; special tokens are never sampled. The prompt's ids come first in `tokens`. */
bool generate_tokens(TokenList *tokens, Learner *learner, const GenerateSpec *spec,
                     const TokenList *prompt, int n_tokens_vocabulary, Arena *arena,
                     Error *err) MUST_USE;

#endif

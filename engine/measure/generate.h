/* Samples text from a language model, token by token: each is asked for as the objective of the architecture asks for
 * the likelihood of a text's end (learner/objective.h), so that every architecture writes.
 *
 *   causal        each token given those before it
 *   masked        each under a mask behind those before it; or by Gibbs sampling (Wang and Cho 2019, "BERT has a mouth,
 *                 and it must speak", section 3): all are masks at first, then each sweep draws every place anew, given
 *                 all others, in a random order
 *   with a source the text so far and a sentinel are the source, of which the decoder tells the span. Where it ends
 *                 that, what it wrote joins the source and the next span is asked for
 *
 * Differs: Wang and Cho draw the place of each step with replacement, so some may stay masks for long. */
#ifndef MEASURE_GENERATE_H
#define MEASURE_GENERATE_H

#include "learner/learner.h"
#include "text/tokenizer.h"

typedef struct GenerateSpec {
    int64_t tokens;     /* to sample */
    double temperature; /* 0: always the likeliest */
    int64_t top_k;      /* sample among the k likeliest; 0: among all */
    uint64_t seed;
    int64_t gibbs; /* sweeps of Gibbs sampling; 0: from left to right */
} GenerateSpec;

/* Continues the prompt (at least one token) with a learner whose limits hold one sequence of the
 * context; special tokens are never sampled. The prompt's ids come first in `tokens`. */
bool generate_tokens(TokenList *tokens, Learner *learner, const GenerateSpec *spec,
                     const TokenList *prompt, TextTokens text, Arena *arena, Error *err) MUST_USE;

#endif

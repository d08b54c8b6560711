#include "measure/generate.h"

#include "base/elementary.h"
#include "base/parallel.h"
#include "learner/tied_softmax.h"

/* Logits of the next token after the last row, over the tokenizer's own ids. */
static bool next_logits(real *logit, Learner *learner, const int *token, int T, int n_vocabulary,
                        Error *err)
{
    int start[2] = {0, T};
    Batch batch = learner_batch(learner, token, start, 1);
    parallel_may_stop();
    learner_forward(learner, &batch, false, (RngKey){0});
    tied_softmax_logits(logit, learner, T - 1, n_vocabulary);
    return parallel_whole(err);
}

/* The k-th largest logit: below it nothing is sampled. Quickselect without its worst case
 * mattering. */
static real threshold(const real *logit, real *copy, int n, int64_t k)
{
    if (k <= 0 || k >= n) return (real)-3e38;
    for (int i = 0; i < n; i++) copy[i] = logit[i];
    int low = 0, high = n - 1, want = (int)k - 1;
    while (low < high) {
        real pivot = copy[(low + high) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (copy[i] > pivot) i++;
            while (copy[j] < pivot) j--;
            if (i <= j) {
                real swap = copy[i];
                copy[i++] = copy[j];
                copy[j--] = swap;
            }
        }
        if (want <= j) high = j;
        else if (want >= i) low = i;
        else break;
    }
    return copy[want];
}

static int largest(const real *logit, int n)
{
    int best = 0;
    for (int v = 1; v < n; v++)
        if (logit[v] > logit[best]) best = v;
    return best;
}

/* One draw from softmax(logit / temperature) over the tokens at or above the threshold. */
static int sample(const real *logit, real *copy, int n, const GenerateSpec *spec, uint64_t index)
{
    int best = largest(logit, n);
    if (spec->temperature <= 0) return best;
    real least = threshold(logit, copy, n, spec->top_k);
    double total = 0;
    for (int v = 0; v < n; v++) {
        double p = logit[v] < least
                       ? 0.0
                       : elementary_exp64((double)(logit[v] - logit[best]) / spec->temperature);
        total += p;
        copy[v] = (real)p;
    }
    double draw = (double)rng_uniform(rng_key(spec->seed, RNG_SAMPLE, 0), index) * total;
    for (int v = 0; v < n; v++) {
        draw -= (double)copy[v];
        if (draw < 0 && copy[v] > 0) return v;
    }
    return best;
}

bool generate_tokens(TokenList *tokens, Learner *learner, const GenerateSpec *spec,
                     const TokenList *prompt, int n_tokens_vocabulary, Arena *arena, Error *err)
{
    if (!architecture_continues_text(learner->architecture)) {
        error_usage(err,
                    "a model of architecture '%s' cannot write: its states are not made to go on "
                    "with a text",
                    learner->architecture->entry.name);
        return error_hint(err, "an experiment whose model is causal, such as one of gpt");
    }
    size_t n = prompt->n + (size_t)spec->tokens, n_context = (size_t)learner->shape.n_context;
    if (prompt->n == 0)
        return error_usage(err, "the prompt is empty: at least one token must be given");
    *tokens = (TokenList){.n = prompt->n, .ids = arena_alloc(arena, n, sizeof(int), err)};
    real *logit = arena_alloc(arena, (size_t)n_tokens_vocabulary, sizeof(real), err);
    real *copy = arena_alloc(arena, (size_t)n_tokens_vocabulary, sizeof(real), err);
    if (!tokens->ids || !logit || !copy) return false;
    for (size_t i = 0; i < prompt->n; i++) tokens->ids[i] = prompt->ids[i];
    while (tokens->n < n) {
        size_t T = tokens->n < n_context ? tokens->n : n_context;
        if (!next_logits(logit, learner, tokens->ids + tokens->n - T, (int)T, n_tokens_vocabulary,
                         err))
            return false;
        tokens->ids[tokens->n] =
            sample(logit, copy, n_tokens_vocabulary, spec, tokens->n - prompt->n);
        tokens->n++;
    }
    return true;
}

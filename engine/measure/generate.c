#include "measure/generate.h"

#include "base/elementary.h"
#include "base/parallel.h"
#include "learner/objectives.h"
#include "learner/tied_softmax.h"
#include "measure/likelihood.h"

#define LEAST_LOGIT ((real)-3e38)

/* The k-th largest logit: below it nothing is sampled. Quickselect without its worst case
 * mattering. */
static real threshold(const real *logit, real *copy, int n, int64_t k)
{
    if (k <= 0 || k >= n) return LEAST_LOGIT;
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

/* A text that is being written. */
typedef struct Writer {
    Learner *learner;
    const Objective *objective;
    SpecialTokens special;
    const GenerateSpec *spec;
    TokenList *tokens;
    size_t n_prompt, n; /* tokens of the prompt, and of all that there will be */
    int *token, *source;
    real *logit, *copy;
    uint64_t n_draws;
} Writer;

static bool writer_create(Writer *writer, const TokenList *prompt, int n_logits, Arena *arena,
                          Error *err)
{
    const size_t n_rows = (size_t)writer->learner->shape.n_context + SPECIAL_TOKENS_AROUND;
    writer->n_prompt = prompt->n;
    writer->n = prompt->n + (size_t)writer->spec->tokens;
    writer->token = arena_alloc(arena, n_rows, sizeof(int), err);
    writer->source = arena_alloc(arena, n_rows, sizeof(int), err);
    writer->logit = arena_alloc(arena, (size_t)n_logits, sizeof(real), err);
    writer->copy = arena_alloc(arena, (size_t)n_logits, sizeof(real), err);
    *writer->tokens =
        (TokenList){.n = prompt->n, .ids = arena_alloc(arena, writer->n, sizeof(int), err)};
    if (!writer->token || !writer->source || !writer->logit || !writer->copy ||
        !writer->tokens->ids)
        return false;
    for (size_t i = 0; i < writer->n; i++)
        writer->tokens->ids[i] = i < prompt->n ? prompt->ids[i] : writer->special.mask;
    return true;
}

/* The stretch of the first n tokens that the context has room for: token `at` and as much around it. */
static ObjectiveStretch stretch_around(const Writer *writer, size_t *at, size_t from, size_t n)
{
    const size_t most = (size_t)likelihood_longest(writer->learner);
    size_t first = 0;
    if (n > most && *at > most / 2) first = *at - most / 2;
    if (n > most && first > n - most) first = n - most;
    *at -= first;
    const int length = (int)(n > most ? most : n);
    return (ObjectiveStretch){.token = writer->tokens->ids + first,
                              .length = length,
                              .from = from > first ? (int)(from - first) : 1,
                              .until = length};
}

/* A published vocabulary has them among its own. */
static void hide_special(const Writer *writer, int n_logits)
{
    for (int v = 0; v < n_logits; v++)
        if (special_tokens_are(&writer->special, v)) writer->logit[v] = LEAST_LOGIT;
}

/* Token `at` of the first n, asked for as the likelihood of those from `from` on is; *token is drawn, one that no text
 * holds only if it may be. */
static bool draw(int *token, Writer *writer, size_t at, size_t from, size_t n, bool may_be_special,
                 Error *err)
{
    const SpecialTokens *special = &writer->special;
    const int n_logits = may_be_special ? special->n_language_model : special->n_text;
    const ObjectiveStretch stretch = stretch_around(writer, &at, from, n);
    const int before = special_tokens_before(&writer->special);
    ObjectiveQuestion question = {.token = writer->token + before, .source = writer->source};
    writer->objective->question(&question, &stretch,
                                writer->objective->rewrites ? (int)at - stretch.from : 0,
                                &writer->special);
    const int row = before + question.row + (int)at - question.scored;
    const int start[] = {0, special_tokens_frame(writer->token, question.length, &writer->special)};
    const int source_start[] = {0, question.n_source};
    Batch batch =
        learner_batch_from(writer->learner, writer->token, start, writer->source, source_start, 1);
    parallel_may_stop();
    learner_forward(writer->learner, &batch, false, (RngKey){0});
    tied_softmax_logits(writer->logit, writer->learner, row, n_logits);
    if (!may_be_special) hide_special(writer, n_logits);
    *token = sample(writer->logit, writer->copy, n_logits, writer->spec, writer->n_draws++);
    return parallel_whole(err);
}

/* Each token given those before it. A token of no text ends a span: what was written joins what is given. */
static bool left_to_right(Writer *writer, Error *err)
{
    TokenList *tokens = writer->tokens;
    for (size_t from = tokens->n; tokens->n < writer->n;) {
        const bool may_end = writer->objective->writes_spans && from < tokens->n;
        int token;
        if (!draw(&token, writer, tokens->n, from, tokens->n + 1, may_end, err)) return false;
        if (!special_tokens_are(&writer->special, token)) tokens->ids[tokens->n++] = token;
        else from = tokens->n;
    }
    return true;
}

/* Places 0 to n in an order drawn anew. */
static void shuffle(size_t *place, size_t n, RngKey key)
{
    for (size_t i = 0; i < n; i++) {
        const size_t j = (size_t)rng_below(key, i, i + 1);
        place[i] = place[j];
        place[j] = i;
    }
}

/* All that is to be written begins as masks; each sweep draws every place anew, given all others. */
static bool gibbs(Writer *writer, Arena *arena, Error *err)
{
    const size_t n_places = writer->n - writer->n_prompt;
    size_t *place = arena_alloc(arena, n_places, sizeof *place, err);
    if (!place) return false;
    for (int64_t sweep = 0; sweep < writer->spec->gibbs; sweep++) {
        shuffle(place, n_places, rng_key(writer->spec->seed, RNG_SAMPLE, (uint64_t)sweep + 1));
        for (size_t i = 0; i < n_places; i++) {
            const size_t at = writer->n_prompt + place[i];
            if (!draw(&writer->tokens->ids[at], writer, at, writer->n_prompt, writer->n, false,
                      err))
                return false;
        }
    }
    writer->tokens->n = writer->n;
    return true;
}

static bool check(const Writer *writer, const TokenList *prompt, Error *err)
{
    const Architecture *architecture = writer->learner->architecture;
    if (prompt->n == 0)
        return error_usage(err, "the prompt is empty: at least one token must be given");
    if (architecture->readout && writer->learner->has_head) {
        error_usage(
            err,
            "a model of architecture '%s' that was fine-tuned on a task cannot write: it has "
            "no layer left that predicts tokens",
            architecture->entry.name);
        return error_hint(err, "its pre-trained language model: without --task");
    }
    if (writer->spec->gibbs > 0 && !writer->objective->rewrites) {
        error_usage(
            err,
            "a model of architecture '%s' cannot write by Gibbs sampling: what it predicts a "
            "token from does not stand behind it",
            architecture->entry.name);
        return error_hint(err, "without --gibbs, from left to right");
    }
    return true;
}

bool generate_tokens(TokenList *tokens, Learner *learner, const GenerateSpec *spec,
                     const TokenList *prompt, TextTokens text, Arena *arena, Error *err)
{
    Writer writer = {
        .learner = learner,
        .objective = objectives_of(learner->architecture),
        .special = objectives_tokens(learner->architecture, text),
        .spec = spec,
        .tokens = tokens,
    };
    return check(&writer, prompt, err) &&
           writer_create(&writer, prompt, writer.special.n_language_model, arena, err) &&
           (spec->gibbs > 0 ? gibbs(&writer, arena, err) : left_to_right(&writer, err));
}

#include "learner/span_corruption.h"

#include <string.h>

#include "learner/tied_softmax.h"

enum { SENTINELS = 100, MOST_SPANS = SENTINELS - 1 };
static const double DENSITY = 0.15, MEAN_SPAN = 3.0;

/* Kinds of draws, one number a token each. */
enum Draw { KEPT_PIECES, CUT_PIECES };

/* How a text of some length is cut up. */
typedef struct Cut {
    int kept, cut, spans;
} Cut;

static int at_least(int least, int n)
{
    return n < least ? least : n;
}

static int at_most(int most, int n)
{
    return n > most ? most : n;
}

/* A text of one token has nothing that could be kept. */
static Cut cut_of(int length)
{
    Cut cut = {.cut = at_least(1, at_most(length - 1, (int)(DENSITY * length + 0.5)))};
    cut.kept = length - cut.cut;
    cut.spans = at_most(MOST_SPANS, (int)(cut.cut / MEAN_SPAN + 0.5));
    cut.spans = at_least(1, at_most(cut.kept, cut.spans));
    return cut;
}

/* Of the target, without its last; a text of one token leaves the last sentinel out. */
static int n_targets(int length)
{
    const Cut cut = cut_of(length);
    return at_most(length, cut.cut + cut.spans);
}

/* Cuts n tokens into pieces of one at least: behind token i with the probability that makes the choice even,
 * that of cuts still to make over places still to come. */
static void cut_up(int *piece, int n_pieces, int n, RngKey key)
{
    int p = 0;
    piece[0] = n > 0;
    for (int i = 0; i + 1 < n; i++) {
        const int left = n_pieces - 1 - p;
        if ((double)rng_uniform(key, (uint64_t)i) * (n - 1 - i) < left) piece[++p] = 0;
        piece[p]++;
    }
}

/* The next token of the target: what the row before it is to predict, and what its own is given. */
static void tell(ObjectiveText *text, int *n_told, int rows, int token)
{
    if (*n_told > 0 && *n_told <= rows) text->target[*n_told - 1] = token;
    if (*n_told < rows) text->token[*n_told] = token;
    ++*n_told;
}

/* What is told overwrites the text behind where it is read: before each span stand a kept token and
 * the tokens of the spans before it. Only a text of one token has none kept: it is read before. */
static void ask(ObjectiveText *text, const SpecialTokens *special, RngKey key)
{
    const Cut cut = cut_of(text->length);
    const int rows = n_targets(text->length), only = text->token[0];
    int kept[MOST_SPANS] = {0}, told[MOST_SPANS] = {0}, at = 0, n_told = 0;
    cut_up(kept, cut.spans, cut.kept, rng_key_site(key, KEPT_PIECES));
    cut_up(told, cut.spans, cut.cut, rng_key_site(key, CUT_PIECES));
    text->n_source = 0;
    for (int span = 0; span < cut.spans; span++) {
        for (int i = 0; i < kept[span]; i++) text->source[text->n_source++] = text->token[at++];
        text->source[text->n_source++] = special->mask + span;
        tell(text, &n_told, rows, special->mask + span);
        for (int i = 0; i < told[span]; i++, at++)
            tell(text, &n_told, rows, cut.kept > 0 ? text->token[at] : only);
    }
    tell(text, &n_told, rows, special->mask + cut.spans);
    text->length = rows;
}

static int n_questions(int n_scored, bool whole)
{
    return whole ? n_scored : 1;
}

static void question(ObjectiveQuestion *question, const ObjectiveStretch *stretch, int number,
                     const SpecialTokens *special)
{
    const int cut = stretch->from + (stretch->whole ? number : 0);
    const int n_cut = stretch->whole ? 1 : stretch->length - stretch->from;
    const int n_behind = stretch->length - cut - n_cut;
    const int *behind = stretch->token + cut + n_cut;
    memcpy(question->source, stretch->token, (size_t)cut * sizeof(int));
    question->source[cut] = special->mask;
    memcpy(question->source + cut + 1, behind, (size_t)n_behind * sizeof(int));
    question->n_source = cut + 1 + n_behind;
    question->token[0] = special->mask;
    memcpy(question->token + 1, stretch->token + cut, (size_t)(n_cut - 1) * sizeof(int));
    question->length = question->n_scored = n_cut;
    question->row = 0;
    question->scored = cut;
}

const Objective span_corruption = {
    .title = "tells what was cut out of a text from the rest of it",
    .mask = ATTENTION_CAUSAL,
    .reads_source = true,
    .n_stand_ins = SENTINELS,
    .n_targets = n_targets,
    .ask = ask,
    .loss = tied_softmax_loss,
    .likelihood = "log-likelihood of what was cut out, given the rest; of a whole sentence "
                  "pseudo-log-likelihood, "
                  "each token cut out alone",
    .n_questions = n_questions,
    .question = question,
};

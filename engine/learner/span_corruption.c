#include "learner/span_corruption.h"

#include <string.h>

#include "learner/tied_softmax.h"

enum { SENTINELS = 100 };
enum { CUT_OF_20 = 3 }; /* tokens; 15 per cent */
static const double MEAN_SPAN = 3.0;

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

/* n / 20 to the nearest, halves to even. */
static int twentieths(int n)
{
    const int whole = n / 20, rest = n % 20;
    return whole + (rest > 10 || (rest == 10 && whole % 2 == 1));
}

static Cut cut_of(int length)
{
    const int cut = at_most(length - 1, at_least(1, twentieths(CUT_OF_20 * length)));
    const int spans = at_least(1, (int)(cut / MEAN_SPAN + 0.5)); /* thirds have no halves */
    return (Cut){.kept = length - cut, .cut = cut, .spans = at_most(SENTINELS, spans)};
}

/* Sentinels, what they stand for, and the end. */
static int n_targets(int length)
{
    const Cut cut = cut_of(length);
    return cut.spans + cut.cut + 1;
}

/* What is kept, sentinels, and the end. A text of one token has nothing cut out. */
static int n_source(int length)
{
    const Cut cut = cut_of(length);
    return cut.kept + (cut.cut > 0 ? cut.spans : 0) + 1;
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

/* What the rows so far are given and asked. */
typedef struct Told {
    ObjectiveText *text;
    int n, last; /* rows, and what the next is given */
} Told;

static void tell(Told *told, int token)
{
    told->text->token[told->n] = told->last;
    told->text->target[told->n++] = token;
    told->last = token;
}

/* What is given overwrites the text behind where it is read: before a token of a span stand a kept one for each
 * sentinel that is told, and the tokens of the spans before it. */
static void ask(ObjectiveText *text, const SpecialTokens *special, RngKey key)
{
    const Cut cut = cut_of(text->length);
    int kept[SENTINELS] = {0}, told_of[SENTINELS] = {0}, at = 0;
    Told told = {.text = text, .last = special->start};
    cut_up(kept, cut.spans, cut.kept, rng_key_site(key, KEPT_PIECES));
    cut_up(told_of, cut.spans, cut.cut, rng_key_site(key, CUT_PIECES));
    text->n_source = 0;
    for (int span = 0; span < cut.spans; span++) {
        const int sentinel = special->mask + SENTINELS - 1 - span;
        for (int i = 0; i < kept[span]; i++) text->source[text->n_source++] = text->token[at++];
        if (told_of[span] > 0) text->source[text->n_source++] = sentinel;
        tell(&told, sentinel);
        for (int i = 0; i < told_of[span]; i++) tell(&told, text->token[at++]);
    }
    text->source[text->n_source++] = special->end;
    tell(&told, special->end);
    text->length = told.n;
}

static int n_questions(int n_scored, bool whole)
{
    return whole ? n_scored : 1;
}

static void question(ObjectiveQuestion *question, const ObjectiveStretch *stretch, int number,
                     const SpecialTokens *special)
{
    const int cut = stretch->from + (stretch->whole ? number : 0);
    const int n_cut = stretch->whole ? 1 : stretch->until - stretch->from;
    const int n_behind = stretch->length - cut - n_cut, sentinel = special->mask + SENTINELS - 1;
    const int *behind = stretch->token + cut + n_cut;
    memcpy(question->source, stretch->token, (size_t)cut * sizeof(int));
    question->source[cut] = sentinel;
    memcpy(question->source + cut + 1, behind, (size_t)n_behind * sizeof(int));
    question->source[cut + 1 + n_behind] = special->end;
    question->n_source = cut + 2 + n_behind;
    question->token[0] = special->start;
    question->token[1] = sentinel;
    memcpy(question->token + 2, stretch->token + cut, (size_t)(n_cut - 1) * sizeof(int));
    question->length = 1 + n_cut;
    question->row = 1; /* which is given the sentinel */
    question->scored = cut;
    question->n_scored = n_cut;
}

const Objective span_corruption = {
    .title = "tells what was cut out of a text from the rest of it",
    .asked = "spans cut out",
    .mask = ATTENTION_CAUSAL,
    .reads_source = true,
    .n_stand_ins = SENTINELS,
    .n_targets = n_targets,
    .n_source = n_source,
    .ask = ask,
    .loss = tied_softmax_loss,
    .likelihood = "log-likelihood of what was cut out, given the rest; of a whole sentence "
                  "pseudo-log-likelihood, "
                  "each token cut out alone",
    .n_questions = n_questions,
    .question = question,
    .writing = "told by the decoder for a sentinel at the end of the text so far, span by span",
    .writes_spans = true,
};

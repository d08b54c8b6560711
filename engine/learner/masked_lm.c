#include "learner/masked_lm.h"

#include <string.h>

#include "learner/tied_softmax.h"

static const double ASKED = 0.15, MASKED = 0.8, REPLACED = 0.1; /* the rest stays as it is */

/* Kinds of draws, one number a token each. */
enum Draw { CHOICE, TREATMENT, REPLACEMENT };

static int n_targets(int length)
{
    int n = (int)(ASKED * length + 0.5);
    return n > 0 ? n : 1;
}

static int given(int token, int i, const SpecialTokens *special, RngKey key)
{
    double draw = (double)rng_uniform(rng_key_site(key, TREATMENT), (uint64_t)i);
    if (draw < MASKED) return special->mask;
    if (draw >= MASKED + REPLACED) return token;
    return (int)rng_below(rng_key_site(key, REPLACEMENT), (uint64_t)i, (uint64_t)special->n_text);
}

/* Token i is chosen with the probability that makes the choice even: those still to choose over those
 * still to come. */
static void ask(ObjectiveText *text, const SpecialTokens *special, RngKey key)
{
    int left = n_targets(text->length);
    for (int i = 0; i < text->length; i++) {
        double draw = (double)rng_uniform(rng_key_site(key, CHOICE), (uint64_t)i);
        text->target[i] = -1;
        if (draw * (text->length - i) >= left) continue;
        text->target[i] = text->token[i];
        text->token[i] = given(text->token[i], i, special, key);
        left--;
    }
}

static int n_questions(int n_scored, bool whole)
{
    (void)whole;
    return n_scored;
}

/* One scored token is masked, all others are seen. */
static void question(ObjectiveQuestion *question, const ObjectiveStretch *stretch, int number,
                     const SpecialTokens *special)
{
    const int masked = stretch->from + number;
    question->length = stretch->length;
    memcpy(question->token, stretch->token, (size_t)question->length * sizeof(int));
    question->token[masked] = special->mask;
    question->row = question->scored = masked;
    question->n_scored = 1;
}

const Objective masked_lm = {
    .title = "guesses hidden tokens from all others",
    .asked = "hidden tokens",
    .mask = ATTENTION_BIDIRECTIONAL,
    .n_stand_ins = 1,
    .n_targets = n_targets,
    .ask = ask,
    .loss = tied_softmax_loss,
    .likelihood = "pseudo-log-likelihood, each token given all others, those behind it too",
    .n_questions = n_questions,
    .question = question,
    .writing = "from left to right, each guessed under a mask at the end of the text so far",
    .rewrites = true,
};

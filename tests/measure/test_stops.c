/* Whatever measures a model asks within a pass whether to stop, and gives no number then. */
#include <criterion/criterion.h>

#include "../learner_rig.h"
#include "base/interrupt.h"
#include "learner/causal_lm.h"
#include "measure/generate.h"
#include "measure/likelihood.h"
#include "measure/perplexity.h"
#include "measure/position.h"
#include "measure/score.h"

static void end(void)
{
    interrupt_at(0);
    interrupt_forget();
    learner_rig_end();
}

TestSuite(stops, .init = learner_rig_begin, .fini = end);

static Error err;
static const bool all[] = {true, true, true, true, true, true};

enum { PERPLEXITY, POSITION, LIKELIHOOD, GENERATE, SCORE, N_MEASURES };

static bool score(void)
{
    Packer packer;
    Scores scores;
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 4);
    SpecEntryChoice model = learner_rig_model(0);
    Head head = learner_rig_head(DATASET_CLASSIFICATION, HEAD_SOFT_BINS);
    Learner learner = learner_rig_learner(&model, &head, &set, 100, false);
    return packer_create(&packer, &learner, learner_rig_arena(), &err) &&
           score_examples(&scores, &learner, &packer, &set, learner_rig_arena(), &err);
}

static bool measure(int which)
{
    SpecEntryChoice model = learner_rig_model(0);
    Learner learner = learner_rig_learner(&model, NULL, NULL, 40, false);
    TokenFile file = learner_rig_tokens();
    Arena *arena = learner_rig_arena();
    const WindowsQuestion question = {.objective = &causal_lm};
    int token[] = {1, 2, 3, 4}, start[] = {0, 4}, from[] = {1};
    const LikelihoodTexts texts = {1, token, start, from, false, NULL};
    const TokenList prompt = {.n = 2, .ids = token};
    PerplexityReport perplexity;
    PositionReport position;
    Likelihoods likelihoods;
    TokenList tokens;
    switch (which) {
    case PERPLEXITY:
        return perplexity_measure(&perplexity, &learner, &question, &file, all, NULL, arena, &err);
    case POSITION: return position_measure(&position, &learner, &file, all, arena, &err);
    case LIKELIHOOD:
        return likelihood_measure(&likelihoods, &learner, &texts, true, "texts", arena, &err);
    case GENERATE:
        return generate_tokens(&tokens, &learner, &(GenerateSpec){.tokens = 2}, &prompt,
                               (TextTokens){.n = 4}, arena, &err);
    default: return score();
    }
}

Test(stops, every_measurement_asks_within_its_passes)
{
    for (int which = 0; which < N_MEASURES; which++) {
        err = (Error){0};
        interrupt_at(1L << 40); /* never */
        cr_assert(measure(which), "%d: %s", which, err.text);
        const long looks = interrupt_looks();
        cr_expect_geq(looks, 20, "%d asks %ld times", which, looks);
        interrupt_at(looks / 2);
        cr_expect_not(measure(which), "%d", which);
        cr_expect_eq(err.kind, ERROR_INTERRUPTED, "%d: %s", which, err.text);
        interrupt_forget();
    }
}

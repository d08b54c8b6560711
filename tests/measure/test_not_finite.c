/* What is measured of a model that is no longer made of numbers is an error, never a number. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "measure/likelihood.h"
#include "measure/perplexity.h"
#include "measure/position.h"
#include "measure/score.h"

TestSuite(not_finite, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;
static const bool all[] = {true, true, true, true, true, true};

static Learner text_learner(void)
{
    static SpecEntryChoice model;
    model = learner_rig_model(0);
    return learner_rig_learner(&model, NULL, NULL, 40, false);
}

/* Everything that measures a language model, in turn; true: it gave a number. */
static bool measure(int which, Learner *learner)
{
    TokenFile file = learner_rig_tokens();
    Arena *arena = learner_rig_arena();
    const WindowsQuestion question = {.objective = &causal_lm};
    const int token[] = {1, 2, 3, 4}, start[] = {0, 4}, from[] = {1};
    const LikelihoodTexts texts = {1, token, start, from, false, NULL};
    PerplexityReport perplexity;
    PositionReport position;
    Likelihoods likelihoods;
    err = (Error){0};
    switch (which) {
    case 0:
        return perplexity_measure(&perplexity, learner, &question, &file, all, NULL, arena, &err);
    case 1: return position_measure(&position, learner, &file, all, arena, &err);
    default: return likelihood_measure(&likelihoods, learner, &texts, true, "texts", arena, &err);
    }
}

/* A kernel that compares may make a number of what is none: the maximum of 1 and NaN can be 1. */
Test(not_finite, a_weight_is_named_before_anything_is_measured_with_it)
{
    Learner learner = text_learner();
    for (int t = 0; t < learner.weights_table.n; t++) {
        const TensorInfo *tensor = &learner.weights_table.items[t];
        real *weight = learner.weights + tensor->offset + tensor->n / 2, kept = *weight;
        for (int which = 0; which < 3; which++) {
            *weight = which ? (real)NAN : (real)-INFINITY;
            cr_expect_not(measure(which, &learner), "%d: %s", which, tensor->name);
            cr_expect(strstr(err.text, tensor->name), "%s", err.text);
        }
        *weight = kept;
    }
    for (int which = 0; which < 3; which++) cr_expect(measure(which, &learner), "%s", err.text);
}

/* Finite weights, but scores beyond what a number can be. */
Test(not_finite, a_loss_says_of_what_it_is)
{
    static const char *const said[] = {"the loss of document '", "the loss at position ",
                                       "the log-likelihood of text 1"};
    Learner learner = text_learner();
    const TensorInfo *gain = tensors_named(&learner.weights_table, "block.0.mlp_norm.gain");
    const TensorInfo *table = tensors_named(&learner.weights_table, TENSORS_TOKEN_TABLE);
    const double huge = sizeof(real) == sizeof(float) ? 1e19 : 1e154;
    for (size_t i = 0; i < gain->n; i++) learner.weights[gain->offset + i] = (real)(10 * huge);
    for (size_t i = 0; i < table->n; i++) learner.weights[table->offset + i] *= (real)(50 * huge);
    for (int which = 0; which < 3; which++) {
        cr_expect_not(measure(which, &learner), "%d", which);
        cr_expect(strstr(err.text, said[which]), "%s", err.text);
        cr_expect(strstr(err.text, "is not a finite number"), "%s", err.text);
    }
}

static bool score(Learner *learner, const Sequences *set)
{
    Packer packer;
    Scores scores;
    err = (Error){0};
    cr_assert(packer_create(&packer, learner, learner_rig_arena(), &err), "%s", err.text);
    return score_examples(&scores, learner, &packer, set, learner_rig_arena(), &err);
}

Test(not_finite, a_score_says_of_which_row_or_tensor_it_is)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 4);
    SpecEntryChoice model = learner_rig_model(0);
    Head head = learner_rig_head(DATASET_CLASSIFICATION, HEAD_SOFT_BINS);
    Learner learner = learner_rig_learner(&model, &head, &set, 100, false);
    cr_expect(score(&learner, &set), "%s", err.text);
    real *bias = learner.weights + tensors_named(&learner.weights_table, "head.bias")->offset;
    bias[0] = (real)NAN;
    cr_expect_not(score(&learner, &set));
    cr_expect(strstr(err.text, "tensor 'head.bias'"), "%s", err.text);
    bias[0] = 0;
    real *W = learner.weights + tensors_named(&learner.weights_table, "head.weight")->offset;
    for (int i = 0; i < 16; i++) W[i] = (real)(i % 4 < 2 ? 3e38 : -3e38);
    cr_expect_not(score(&learner, &set));
    cr_expect(strstr(err.text, "of row 'row 0', "), "%s", err.text);
}

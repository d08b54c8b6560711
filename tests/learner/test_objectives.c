/* Objectives: what they ask, and that their gradients are those of their losses. */
#include <criterion/criterion.h>
#include <math.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "learner/masked_lm.h"
#include "learner/objectives.h"
#include "model/encoder.h"

TestSuite(objectives, .init = learner_rig_begin, .fini = learner_rig_end);

enum { LONG = 100, TEXT = 50 };

static void draw_text(int *token)
{
    for (int i = 0; i < LONG; i++) token[i] = i * 7 % TEXT;
}

Test(objectives, every_architecture_has_one_that_fits)
{
    for (size_t i = 0; architectures.entries[i]; i++) {
        const SpecEntryChoice choice = {.entry = architectures.entries[i]};
        cr_expect(
            objectives_fits(objectives_for(architecture_of(&choice)), architecture_of(&choice)));
    }
    cr_expect_eq(objectives_at(objectives_for(&gpt)), &causal_lm);
    cr_expect_eq(objectives_at(objectives_for(&lstm)), &causal_lm);
    cr_expect_eq(objectives_at(objectives_for(&encoder)), &masked_lm);
}

Test(objectives, only_a_vocabulary_that_needs_a_mask_token_has_one)
{
    cr_expect_eq(objectives_tokens(&gpt, TEXT).n_language_model, TEXT);
    cr_expect_eq(objectives_tokens(&gpt, TEXT).n_task, TEXT + 3);
    cr_expect_eq(objectives_tokens(&encoder, TEXT).mask, TEXT);
    cr_expect_eq(objectives_tokens(&encoder, TEXT).n_task, TEXT + 4);
}

Test(objectives, a_causal_one_asks_for_the_next_token_of_each)
{
    int token[] = {3, 1, 4}, target[3];
    causal_lm.ask(&(ObjectiveText){token, target, 3, 9}, NULL, (RngKey){0});
    cr_expect_arr_eq(target, ((int[]){1, 4, 9}), sizeof target);
    cr_expect_arr_eq(token, ((int[]){3, 1, 4}), sizeof token);
    causal_lm.ask(&(ObjectiveText){token, target, 3, -1}, NULL, (RngKey){0});
    cr_expect_eq(target[2], -1);
    cr_expect_eq(causal_lm.n_targets(3), 3);
}

Test(objectives, a_masked_one_asks_for_15_per_cent_and_one_at_least)
{
    SpecialTokens special = special_tokens(TEXT, true);
    for (int length = 1; length <= LONG; length++) {
        int token[LONG], target[LONG], n = 0;
        draw_text(token);
        masked_lm.ask(&(ObjectiveText){token, target, length, -1}, &special,
                      rng_key(1, RNG_TEST, (uint64_t)length));
        for (int i = 0; i < length; i++) {
            n += target[i] >= 0;
            cr_expect(target[i] < 0 ? token[i] == i * 7 % TEXT : target[i] == i * 7 % TEXT);
        }
        cr_expect_eq(n, masked_lm.n_targets(length), "length %d", length);
        cr_expect_eq(n, (int)fmax(1, floor(0.15 * length + 0.5)), "length %d: %d", length, n);
    }
}

/* Over 3,000 texts of 100 tokens: 45,000 that are asked for; deviations of five standard errors. */
Test(objectives, a_masked_one_masks_80_replaces_10_and_keeps_10_per_cent_anywhere)
{
    enum { TEXTS = 3000, ASKED = 15 * TEXTS };
    SpecialTokens special = special_tokens(TEXT, true);
    int masked = 0, kept = 0, first = 0, last = 0;
    for (uint64_t t = 0; t < TEXTS; t++) {
        int token[LONG], target[LONG];
        draw_text(token);
        masked_lm.ask(&(ObjectiveText){token, target, LONG, -1}, &special, rng_key(7, RNG_TEST, t));
        first += target[0] >= 0;
        last += target[LONG - 1] >= 0;
        for (int i = 0; i < LONG; i++) {
            if (target[i] < 0) continue;
            masked += token[i] == special.mask;
            kept += token[i] == target[i];
            cr_expect_leq(token[i], special.mask);
        }
    }
    cr_expect_float_eq(masked, 0.8 * ASKED, 5 * sqrt(0.16 * ASKED), "%d", masked);
    cr_expect_float_eq(kept, (0.1 + 0.1 / TEXT) * ASKED, 5 * sqrt(0.09 * ASKED), "%d", kept);
    cr_expect_float_eq(first, 0.15 * TEXTS, 5 * sqrt(0.1275 * TEXTS), "%d", first);
    cr_expect_float_eq(last, 0.15 * TEXTS, 5 * sqrt(0.1275 * TEXTS), "%d", last);
}

/* --- gradients ----------------------------------------------------------------------------------- */

#ifdef REPRISE_DOUBLE

/* A batch of three sequences, asked about. */
static Batch make_batch(Learner *learner, const Objective *objective, int *token, const int *start)
{
    SpecialTokens special = special_tokens(LEARNER_RIG_TEXT_TOKENS, objective->changes_text);
    for (int i = 0; i < start[3]; i++) token[i] = i * 5 % LEARNER_RIG_TEXT_TOKENS;
    for (int s = 0; s < 3; s++)
        objective->ask(&(ObjectiveText){token + start[s], learner->target + start[s],
                                        start[s + 1] - start[s], 2},
                       &special, rng_key(3, RNG_TEST, (uint64_t)s));
    for (int row = 0; row < start[3]; row++) learner->row_weight[row] = 0.1 + 0.01 * row;
    return learner_batch(learner, token, start, 3);
}

static double weighted_loss(Learner *learner, const Objective *objective, const Batch *batch)
{
    double sum = 0;
    learner_forward(learner, batch, false, (RngKey){0});
    objective->loss(learner, batch, learner->target, learner->row_weight, NULL);
    for (int row = 0; row < batch->target.N; row++)
        sum += learner->row_weight[row] * learner->row_loss[row];
    return sum;
}

static void check_gradients(const SpecEntryChoice *model, const Objective *objective)
{
    static const int start[] = {0, 8, 9, 14};
    const double h = 1e-5;
    int token[14];
    Learner learner = learner_rig_learner(model, NULL, NULL, 16, true);
    Batch batch = make_batch(&learner, objective, token, start);
    for (size_t i = 0; i < learner.weights_table.n_elements; i++)
        learner.weights[i] += 0.2 * rng_normal(rng_key(5, RNG_TEST, 0), i);
    learner_zero_gradients(&learner);
    learner_forward(&learner, &batch, true, (RngKey){0});
    real *dstates = learner_state_gradients(&learner, &batch);
    objective->loss(&learner, &batch, learner.target, learner.row_weight, dstates);
    learner_backward(&learner, &batch, (RngKey){0});
    for (int t = 0; t < learner.weights_table.n; t++) {
        const TensorInfo *tensor = &learner.weights_table.items[t];
        for (size_t i = tensor->offset; i < tensor->offset + tensor->n; i += tensor->n / 20 | 1) {
            const real kept = learner.weights[i];
            learner.weights[i] = kept + h;
            double above = weighted_loss(&learner, objective, &batch);
            learner.weights[i] = kept - h;
            double slope = (above - weighted_loss(&learner, objective, &batch)) / (2 * h);
            learner.weights[i] = kept;
            cr_expect_float_eq(learner.gradients[i], slope, 1e-6 * fmax(1, fabs(slope)),
                               "%s: %.12g, difference %.12g", tensor->name, learner.gradients[i],
                               slope);
        }
    }
}

Test(objectives, gradients_are_those_of_differences)
{
    const SpecEntryChoice causal = learner_rig_model(0), bidirectional = learner_rig_encoder(0);
    check_gradients(&causal, &causal_lm);
    check_gradients(&bidirectional, &masked_lm);
}

#endif

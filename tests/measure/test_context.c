/* Predictions from k tokens alone. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/tied_softmax.h"
#include "measure/context.h"
#include "measure/likelihood.h"

TestSuite(context, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { DOCUMENTS = 6, V = LEARNER_RIG_TEXT_TOKENS }; /* of 5, 15, ... 55 tokens */
static const bool all[DOCUMENTS] = {true, true, true, true, true, true};

static ContextTargets choose(const TokenFile *file, const bool *wanted, int longest, size_t most)
{
    ContextTargets targets;
    cr_assert(context_targets(&targets, file, wanted, longest, most, learner_rig_arena(), &err),
              "%s", err.text);
    return targets;
}

Test(context, targets_have_the_longest_window_before_them_in_their_own_document)
{
    TokenFile file = learner_rig_tokens();
    ContextTargets targets = choose(&file, all, 6, 4);
    cr_assert_eq(targets.n_documents, 5, "the first document is too short");
    cr_assert_eq(targets.n, 20);
    for (size_t d = 0; d < 5; d++) {
        cr_expect_eq(targets.first[d + 1] - targets.first[d], 4);
        for (size_t t = targets.first[d]; t < targets.first[d + 1]; t++) {
            cr_expect_geq(targets.token[t], file.offset[d + 1] + 6);
            cr_expect_lt(targets.token[t], file.offset[d + 2]);
        }
    }
}

Test(context, targets_are_spread_evenly)
{
    TokenFile file = learner_rig_tokens();
    const bool last[DOCUMENTS] = {[5] = true};
    ContextTargets targets = choose(&file, last, 5, 5); /* 50 tokens in five parts of ten */
    cr_assert_eq(targets.n, 5);
    for (size_t t = 0; t < 5; t++) cr_expect_eq(targets.token[t] - file.offset[5], 5 + 10 * t + 5);
}

Test(context, a_short_document_gives_each_of_its_tokens_once)
{
    TokenFile file = learner_rig_tokens();
    const bool second[DOCUMENTS] = {[1] = true};
    ContextTargets targets = choose(&file, second, 8, 100);
    cr_assert_eq(targets.n, 7);
    for (size_t t = 0; t < 7; t++) cr_expect_eq(targets.token[t] - file.offset[1], 8 + t);
}

Test(context, no_wanted_document_no_target)
{
    TokenFile file = learner_rig_tokens();
    const bool none[DOCUMENTS] = {false};
    ContextTargets targets = choose(&file, none, 2, 10);
    cr_expect_eq(targets.n, 0);
    cr_expect_eq(targets.n_documents, 0);
}

/* The target's negative log-probability, from the k tokens before it as a sequence of their own. */
static double loss_of(Learner *learner, const TokenFile *file, uint64_t target, int k)
{
    int token[LEARNER_RIG_CONTEXT], wanted[LEARNER_RIG_CONTEXT], start[2] = {0, k};
    for (int i = 0; i < k; i++) {
        token[i] = token_file_at(file, target - (uint64_t)(k - i));
        wanted[i] = i == k - 1 ? token_file_at(file, target) : -1;
    }
    Batch batch = learner_batch(learner, token, start, 1);
    learner_forward(learner, &batch, false, (RngKey){0});
    tied_softmax_loss(learner, &batch, wanted, NULL, NULL);
    return (double)learner->row_loss[k - 1];
}

Test(context, the_loss_is_that_of_the_targets_from_k_tokens_and_no_more)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = learner_rig_likelihood();
    ContextTargets targets = choose(&file, all, LEARNER_RIG_CONTEXT, 5);
    for (int k = 1; k <= LEARNER_RIG_CONTEXT; k += 3) {
        double loss[DOCUMENTS];
        cr_assert(context_measure(loss, &learner, &file, &targets, k, learner_rig_arena(), &err),
                  "%s", err.text);
        for (size_t d = 0; d < targets.n_documents; d++) {
            double sum = 0;
            for (size_t t = targets.first[d]; t < targets.first[d + 1]; t++)
                sum += loss_of(&learner, &file, targets.token[t], k);
            cr_expect_float_eq(loss[d], sum, 1e-4, "k %d, document %zu", k, d);
        }
    }
}

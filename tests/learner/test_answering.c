/* Text to text: answers that are told by the likelihood of their words, and learnt by it. */
#include <criterion/criterion.h>
#include <math.h>

#include "../learner_rig.h"
#include "learner/answering.h"
#include "learner/objectives.h"
#include "learner/tied_softmax.h"
#include "model/t5.h"

TestSuite(answering, .init = learner_rig_begin, .fini = learner_rig_end);

enum { EXAMPLES = 5, ANSWERS = LEARNER_RIG_ANSWERS, TEXT = LEARNER_RIG_TEXT_TOKENS };
enum { START = TEXT + 100, END = TEXT + 101 };

/* The truth of the last is not public. */
static Sequences make_set(void)
{
    Sequences set = learner_rig_words(EXAMPLES);
    set.right[EXAMPLES - 1] = -1;
    set.truth[EXAMPLES - 1] = (double)NAN;
    return set;
}

static int words_of(const Sequences *set, int q)
{
    return set->start[q + 1] - set->start[q];
}

static Learner make_learner(const Sequences *set, int rows, Packer *packer)
{
    Error err = {0};
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    *model = learner_rig_t5(0);
    const Head head = learner_rig_words_head();
    Learner learner = learner_rig_learner(model, &head, set, rows, true);
    for (size_t i = 0; i < learner.weights_table.n_elements; i++)
        learner.weights[i] += (real)(0.2 * rng_normal(rng_key(5, RNG_TEST, 0), i));
    cr_assert(packer_create(packer, &learner, learner_rig_arena(), &err), "%s", err.text);
    return learner;
}

static Batch fill(Packer *packer, Learner *learner, const Sequences *set, int n,
                  PackerAnswers which)
{
    static const uint32_t index[EXAMPLES] = {0, 1, 2, 3, 4};
    Batch batch;
    cr_assert_eq(packer_fill(packer, &batch, learner, set, index, n, which), n);
    return batch;
}

/* Of one answer alone, with its source, row by row. */
static double log_likelihood(Learner *learner, const Sequences *set, int e, int q)
{
    const int row = set->start[q], n = set->start[q + 1] - row;
    const int start[] = {0, n},
              source_start[] = {0, set->source_start[e + 1] - set->source_start[e]};
    const Batch batch = learner_batch_from(learner, set->token + row, start,
                                           set->source + set->source_start[e], source_start, 1);
    double sum = 0;
    learner_forward(learner, &batch, false, (RngKey){0});
    tied_softmax_loss(learner, &batch, set->asked + row, NULL, NULL);
    for (int i = 0; i < n; i++) sum -= (double)learner->row_loss[i];
    return sum;
}

Test(answering, every_answer_has_the_likelihood_of_its_words)
{
    const Sequences set = make_set();
    Packer packer;
    Learner learner = make_learner(&set, 200, &packer);
    const Batch batch = fill(&packer, &learner, &set, EXAMPLES, PACKER_ALL_ANSWERS);
    cr_assert_eq(batch.S, EXAMPLES * ANSWERS);
    cr_expect_eq(batch.n_sources, EXAMPLES, "the answers of an example ask one source");
    learner_forward(&learner, &batch, false, (RngKey){0});
    const double loss = answering_run(&learner, &packer, &batch, &(AnsweringPass){0});
    double z[EXAMPLES * ANSWERS], wanted = 0;
    for (int q = 0; q < EXAMPLES * ANSWERS; q++) z[q] = (double)learner.head_buffers.z[q];
    for (int e = 0; e < EXAMPLES; e++)
        for (int k = 0; k < ANSWERS; k++) {
            const int q = set.first[e] + k;
            const double alone = log_likelihood(&learner, &set, e, q);
            cr_expect_float_eq(z[q], alone, 1e-4, "answer %d of row %d: %g, not %g", k, e, z[q],
                               alone);
            if (k == set.right[e]) wanted -= alone / words_of(&set, q);
        }
    cr_expect_float_eq(loss, wanted, 1e-4, "the right ones, by the word: %g, not %g", loss, wanted);
}

Test(answering, the_right_answers_alone_are_learnt)
{
    const Sequences set = make_set();
    Packer packer;
    Learner learner = make_learner(&set, 200, &packer);
    const Batch batch = fill(&packer, &learner, &set, EXAMPLES - 1, PACKER_RIGHT_ANSWER);
    cr_assert_eq(batch.S, EXAMPLES - 1);
    for (int e = 0; e < EXAMPLES - 1; e++) {
        const int row = batch.target.start[e], q = set.first[e] + set.right[e];
        cr_expect_eq(batch.target.token[row], START);
        cr_expect_eq(batch.target.start[e + 1] - row, words_of(&set, q));
        cr_expect_eq(learner.target[row], set.asked[set.start[q]]);
        cr_expect_eq(learner.target[batch.target.start[e + 1] - 1], END);
        cr_expect_eq(batch.source.start[e + 1] - batch.source.start[e], e + 2);
    }
}

Test(answering, a_number_is_that_of_the_likeliest_answer)
{
    const real z[] = {-5, -2, -3, -9};
    cr_expect_eq(head_kind_number_words.predict(z, 4, (HeadRange){1, 4}), 2);
    cr_expect_eq(head_kind_words.predict(z, 4, (HeadRange){0}), 1);
}

#ifdef REPRISE_DOUBLE

static double loss_of(Learner *learner, const Packer *packer, const Batch *batch)
{
    learner_forward(learner, batch, false, (RngKey){0});
    return answering_run(learner, packer, batch, &(AnsweringPass){0}) / packer->n_examples;
}

Test(answering, gradients_are_those_of_differences)
{
    const double h = 1e-5;
    const Sequences set = make_set();
    Packer packer;
    Learner learner = make_learner(&set, 200, &packer);
    const Batch batch = fill(&packer, &learner, &set, EXAMPLES - 1, PACKER_RIGHT_ANSWER);
    learner_zero_gradients(&learner);
    learner_forward(&learner, &batch, true, (RngKey){0});
    const AnsweringPass pass = {.dstates = learner_state_gradients(&learner, &batch),
                                .example_weight = 1.0 / packer.n_examples};
    answering_run(&learner, &packer, &batch, &pass);
    learner_backward(&learner, &batch, (RngKey){0});
    for (int t = 0; t < learner.weights_table.n; t++) {
        const TensorInfo *tensor = &learner.weights_table.items[t];
        for (size_t i = tensor->offset; i < tensor->offset + tensor->n; i += tensor->n / 20 | 1) {
            const real kept = learner.weights[i];
            learner.weights[i] = kept + h;
            const double above = loss_of(&learner, &packer, &batch);
            learner.weights[i] = kept - h;
            const double slope = (above - loss_of(&learner, &packer, &batch)) / (2 * h);
            learner.weights[i] = kept;
            cr_expect_float_eq(learner.gradients[i], slope, 1e-6 * fmax(1, fabs(slope)),
                               "%s: %.12g, difference %.12g", tensor->name, learner.gradients[i],
                               slope);
        }
    }
}

#endif

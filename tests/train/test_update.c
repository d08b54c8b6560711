/* Updates: what is added up, in which order, and what one of pre-training trains on. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/parallel.h"
#include "learner/tied_softmax.h"
#include "train/finetune_step.h"
#include "train/pretrain_step.h"
#include "train_rig.h"

TestSuite(update, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

/* --- parts ------------------------------------------------------------------------------------------ */

/* Values whose sum depends on the order in which they are added. */
static real value_of(int part, size_t i)
{
    return (real)(1 / (1.0 + (double)i * 7 + part * 1000));
}

static void accumulate_values(UpdateLosses *losses, int64_t update, int part, void *context)
{
    Learner *learner = context;
    (void)update;
    for (size_t i = 0; i < learner->weights_table.n_elements; i++)
        learner->gradients[i] += value_of(part, i);
    losses->main += 1 + part;
    losses->auxiliary += 10 * part;
}

static real sum_of(int first, int n, size_t i)
{
    return n == 1 ? value_of(first, i) : sum_of(first, n / 2, i) + sum_of(first + n / 2, n / 2, i);
}

static const OptimizerPlan plan = {.adam = {.epsilon = 1e-8},
                                   .learning_rate = 0.1,
                                   .schedule = SCHEDULE_WARMUP_CONSTANT,
                                   .updates = 10};

Test(update, parts_are_joined_in_a_tree_over_their_numbers)
{
    static const char *const specs[] = {"1", "2", "8"};
    parallel_set_threads(3);
    for (int k = 0; k < 3; k++) {
        SpecEntryChoice model = learner_rig_model(0);
        PretrainSpec spec = train_rig_pretrain_spec(arena_format(
            learner_rig_arena(), &err,
            "{\"tokens\": 320, \"batch\": 8, \"micro_batch\": 1, \"partial_sums\": %s}", specs[k]));
        LearnerSetup setup = pretrain_setup(&spec, &model, &kernels_fast,
                                            (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
        Learner learner;
        UpdateReport report;
        const int n = (int)spec.partial_sums;
        const UpdateWork work = {accumulate_values, &learner, n};
        cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
        cr_assert(update_run(&report, &learner, &plan, 0, &work, &err), "%s", err.text);
        for (size_t i = 0; i < learner.weights_table.n_elements; i++)
            cr_assert_eq(learner.gradients[i], sum_of(0, n, i), "%d parts, element %zu", n, i);
        cr_expect_eq(report.losses.main, n * (n + 1) / 2);
        cr_expect_eq(report.losses.auxiliary, 10 * n * (n - 1) / 2);
    }
}

static void accumulate_twice(UpdateLosses *losses, int64_t update, int part, void *context)
{
    (void)part;
    Learner *learner = context;
    for (size_t i = 0; i < learner->weights_table.n_elements; i++) learner->gradients[i] += 2;
    losses->main += (double)update;
}

Test(update, begins_at_zero_and_leaves_what_is_frozen)
{
    SpecEntryChoice model = learner_rig_model(0);
    Learner learner = learner_rig_learner(&model, NULL, NULL, 16, true);
    const UpdateWork work = {accumulate_twice, &learner, 1};
    const size_t last = learner.weights_table.items[learner.weights_table.n - 1].offset;
    tensors_freeze(&learner.weights_table, 0, 2);
    const real frozen = learner.weights[0], trained = learner.weights[last];
    for (int64_t t = 0; t < 2; t++) {
        UpdateReport report;
        cr_assert(update_run(&report, &learner, &plan, t, &work, &err));
        cr_expect_eq(report.losses.main, (double)t);
        cr_expect_eq(learner.gradients[last], 2, "gradients of the update before are still there");
        cr_expect_eq(learner.gradients[0], 0);
    }
    cr_expect_eq(learner.weights[0], frozen);
    cr_expect_neq(learner.weights[last], trained);
}

/* --- pre-training -------------------------------------------------------------------------------- */

static PretrainStep make_step(const char *spec_json, double dropout)
{
    static PretrainSpec spec;
    static PretrainJob job;
    static TokenFile tokens;
    tokens = learner_rig_tokens();
    spec = train_rig_pretrain_spec(spec_json);
    job = train_rig_pretrain_job(&spec, &tokens, "run");
    *(SpecEntryChoice *)job.model = learner_rig_model(dropout);
    PretrainStep step;
    cr_assert(pretrain_step_create(&step, &job, learner_rig_arena(), &err), "%s", err.text);
    return step;
}

/* The mean loss over everything that update 0 trains on, at the step's weights. */
static double mean_loss(PretrainStep *step)
{
    Learner *learner = &step->learner;
    double sum = 0;
    int n = 0;
    for (uint64_t i = 0; i < (uint64_t)step->job->spec->batch; i++) {
        const Window *window = &step->windows.items[windows_order_at(&step->order, i)];
        windows_pack_begin(&step->pack);
        windows_pack_add(&step->pack, learner, window, step->job->tokens, (RngKey){0});
        Batch batch = windows_pack_batch(&step->pack, learner);
        learner_forward(learner, &batch, false, (RngKey){0});
        tied_softmax_loss(learner, &batch, learner->target, NULL, NULL);
        for (int row = 0; row < batch.target.N; row++, n++) sum += (double)learner->row_loss[row];
    }
    return sum / n;
}

/* Not of their sum, and not of the mean over micro-batches: weights move against the gradient that the
 * optimizer's report and the clipping see. */
Test(update, of_pretraining_has_the_gradient_of_the_mean_loss_over_its_positions)
{
    const double h = sizeof(real) == sizeof(float) ? 1e-2 : 1e-5;
    const double tolerance = sizeof(real) == sizeof(float) ? 2e-2 : 1e-6;
    PretrainStep step =
        make_step("{\"tokens\": 320, \"batch\": 6, \"micro_batch\": 4, \"learning_rate\": 0.0}", 0);
    Learner *learner = &step.learner;
    UpdateReport report;
    cr_assert(pretrain_step_run(&report, &step, 0, &err));
    cr_expect_float_eq(report.losses.main, mean_loss(&step), 1e-5);
    const TensorInfo *gain =
        &learner->weights_table
             .items[tensors_find(&learner->weights_table, "block.0.mlp_norm.gain")];
    for (size_t i = gain->offset; i < gain->offset + gain->n; i++) {
        const real kept = learner->weights[i];
        learner->weights[i] = kept + (real)h;
        double above = mean_loss(&step);
        learner->weights[i] = kept - (real)h;
        double slope = (above - mean_loss(&step)) / (2 * h);
        learner->weights[i] = kept;
        cr_expect_float_eq((double)learner->gradients[i], slope, tolerance * 0.05, "%zu: %g, %g", i,
                           (double)learner->gradients[i], slope);
    }
}

/* --- a dropout stream for every micro-batch ------------------------------------------------------ */

enum { MOST_KEYS = 64 };
static RngKey keys[MOST_KEYS];
static int n_keys;

static void noting_dropout(real *y, const real *x, double rate, RngKey key, size_t n)
{
    if (rate > 0 && n_keys < MOST_KEYS) keys[n_keys++] = key;
    kernels_fast.dropout_forward(y, x, rate, key, n);
}

static void expect_all_different(int n)
{
    cr_expect_eq(n_keys, n);
    for (int i = 0; i < n_keys; i++)
        for (int j = 0; j < i; j++)
            cr_expect(memcmp(&keys[i], &keys[j], sizeof *keys) != 0, "%d and %d", j, i);
}

Test(update, of_pretraining_gives_every_micro_batch_a_dropout_stream_of_its_own)
{
    Kernels kernels = kernels_fast;
    kernels.dropout_forward = noting_dropout; /* on the embeddings: once a pass */
    PretrainStep step = make_step(
        "{\"tokens\": 320, \"batch\": 6, \"micro_batch\": 2, \"learning_rate\": 0.0}", 0.1);
    step.learner.kernels = &kernels;
    UpdateReport unused;
    for (int64_t t = 0; t < 2; t++) cr_assert(pretrain_step_run(&unused, &step, t, &err));
    expect_all_different(6);
    const RngKey first = rng_key_site(rng_key(1, RNG_DROPOUT, 0), 0),
                 fourth = rng_key_site(rng_key(1, RNG_DROPOUT, 1 << 16), 0);
    cr_expect(memcmp(&keys[0], &first, sizeof first) == 0);
    cr_expect(memcmp(&keys[3], &fourth, sizeof fourth) == 0);
}

Test(update, of_finetuning_gives_every_micro_batch_a_dropout_stream_of_its_own)
{
    Kernels kernels = kernels_fast;
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 8);
    FinetuneSpec spec = train_rig_finetune_spec(
        "{\"batch\": 4, \"classifier_dropout\": 0.0, \"learning_rate\": 0.0}");
    spec.micro_batch_tokens = 1; /* an example a pass */
    FinetuneJob job = train_rig_finetune_job(&spec, &set, "run");
    FinetuneStep step;
    cr_assert(finetune_step_create(&step, &job, learner_rig_arena(), &err), "%s", err.text);
    kernels.dropout_forward =
        noting_dropout; /* on the embeddings, and on pooled states at rate 0 */
    step.learner.kernels = &kernels;
    UpdateReport unused;
    for (int64_t t = 0; t < 2; t++) cr_assert(finetune_step_run(&unused, &step, t, &err));
    cr_expect_geq(n_keys, 4);
    expect_all_different(n_keys);
}

/* --- asked to stop in the middle ------------------------------------------------------------------- */

/* Wherever in an update that is: nothing of it is kept, and made again it has the same bits. */
Test(update, that_is_interrupted_anywhere_changes_no_weight)
{
    static const char spec[] = "{\"tokens\": 320, \"batch\": 6, \"micro_batch\": 2}";
    PretrainStep step = make_step(spec, 0.1);
    const size_t n = step.learner.weights_table.n_elements;
    real *before = learner_rig_take(n, sizeof(real)), *after = learner_rig_take(n, sizeof(real));
    UpdateReport whole, report;
    memcpy(before, step.learner.weights, n * sizeof(real));
    interrupt_at(1L << 40); /* never */
    cr_assert(pretrain_step_run(&whole, &step, 0, &err));
    const long looks = interrupt_looks();
    memcpy(after, step.learner.weights, n * sizeof(real));
    cr_expect_geq(looks, 100, "asked %ld times", looks);

    step = make_step(spec, 0.1);
    for (long at = 1; at <= looks; at += 1 + looks / 50) {
        Error why = {0};
        interrupt_at(at);
        cr_expect_not(pretrain_step_run(&report, &step, 0, &why));
        cr_expect_eq(why.kind, ERROR_INTERRUPTED);
        interrupt_forget();
        cr_assert(memcmp(step.learner.weights, before, n * sizeof(real)) == 0, "at %ld", at);
    }
    interrupt_at(0);
    cr_assert(pretrain_step_run(&report, &step, 0, &err));
    cr_expect(memcmp(step.learner.weights, after, n * sizeof(real)) == 0);
    cr_expect_eq(report.losses.main, whole.losses.main);
}

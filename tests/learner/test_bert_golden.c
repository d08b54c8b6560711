/* A bert with what stands on top of it, against values made by Hugging Face's transformers:
 * tests/golden/bert/make.py says how. */
#include <criterion/criterion.h>
#include <math.h>

#include "../golden_file.h"
#include "../golden_weights.h"
#include "../learner_rig.h"
#include "learner/masked_lm.h"
#include "model/bert.h"

TestSuite(bert_golden, .init = learner_rig_begin, .fini = learner_rig_end);

enum { LARGEST = 32 }; /* rows and sequences */

typedef struct Tolerance {
    const char *ending;
    double tolerance;
} Tolerance;

/* In double what is seen is the 12 digits of the file; in float rounding, largest deviation seen behind it. */
static const Tolerance float_tolerances[] = {
    {"loss", 1e-6}, {"outputs", 2e-6}, {"states", 3e-6},  {"embedding.weight", 5e-6},
    {"gain", 1e-5}, {"bias", 1e-5},    {".weight", 1e-5}, {.ending = NULL},
};

/* One form of one file, in one back end. */
typedef struct Golden {
    const Json *form;
    Learner learner;
    Batch batch;
} Golden;

static double tolerance_of(const char *name)
{
    if (sizeof(real) == sizeof(double)) return 1e-10;
    for (const Tolerance *row = float_tolerances; row->ending; row++)
        if (golden_weights_ends_with(name, row->ending)) return row->tolerance;
    cr_assert_fail("no tolerance for '%s'", name);
    return 0;
}

static void expect_near(const Golden *golden, const real *found, size_t n, const Json *in,
                        const char *name)
{
    const double deviation =
        golden_file_deviation(found, n, golden_file_member(in, name), learner_rig_arena());
    cr_expect_lt(deviation, tolerance_of(name), "%s %s: deviation %.2g",
                 golden->learner.kernels->name, name, deviation);
}

static SpecEntryChoice model_of(const Json *file, const char *gelu)
{
    Error err = {0};
    GptSpec *spec = learner_rig_take(1, sizeof *spec);
    Json *fields = json_clone(golden_file_member(file, "model"), learner_rig_arena(), &err);
    cr_assert(fields && json_set_text(fields, "gelu", gelu, learner_rig_arena(), &err), "%s",
              err.text);
    const SpecReader reader = {"golden", learner_rig_arena(), &err};
    cr_assert(spec_read(spec, bert.entry.table, fields, &reader, "$.model"), "%s", err.text);
    return (SpecEntryChoice){.entry = &bert.entry, .spec = spec};
}

typedef enum Asked { TOKENS, TOKENS_AND_PAIRS, CLASSES } Asked;

static void begin(Golden *golden, const char *gelu, const char *form, Asked asked,
                  const Kernels *kernels)
{
    Error err = {0};
    Arena *arena = learner_rig_arena();
    const Json *file = golden_file_open("tests/golden/bert/bert.json", arena);
    *golden = (Golden){.form = golden_file_member(golden_file_member(file, gelu), form)};
    const SpecEntryChoice model = model_of(file, gelu);
    const DatasetInfo info = {.form = DATASET_ENTAILMENT,
                              .n_labels = (int)json_int(golden_file_member(file, "n_class"))};
    const Head head =
        head_of(&info, HEAD_SOFT_BINS, (HeadStates){.pooler = bert.pooler, .texts_apart = true});
    const LearnerSetup setup = {.model = &model,
                                .kernels = kernels,
                                .n_vocab = (int)json_int(golden_file_member(file, "n_vocab")),
                                .max_rows = LARGEST,
                                .max_sequences = LARGEST,
                                .max_examples = LARGEST,
                                .head = asked == CLASSES ? &head : NULL,
                                .next_sentence = asked == TOKENS_AND_PAIRS,
                                .training = true};
    cr_assert(learner_create(&golden->learner, &setup, arena, &err), "%s", err.text);
    golden_weights_fill(&golden->learner.weights_table, golden->learner.weights);
    const Json *start = golden_file_member(golden->form, "start");
    golden->batch = learner_batch(
        &golden->learner, golden_file_ints(golden_file_member(golden->form, "token"), arena),
        golden_file_ints(start, arena), (int)json_size(start) - 1);
    learner_tell_segments(&golden->learner, &golden->batch,
                          golden_file_ints(golden_file_member(golden->form, "second"), arena));
    learner_zero_gradients(&golden->learner);
    learner_forward(&golden->learner, &golden->batch, true, (RngKey){0});
}

static void expect_gradients(Golden *golden)
{
    Learner *learner = &golden->learner;
    learner_backward(learner, &golden->batch, (RngKey){0});
    const Json *gradients = golden_file_member(golden->form, "gradients");
    cr_expect_eq(json_size(gradients), (size_t)learner->weights_table.n,
                 "every tensor has a gradient");
    for (int i = 0; i < learner->weights_table.n; i++) {
        const TensorInfo *tensor = &learner->weights_table.items[i];
        expect_near(golden, learner->gradients + tensor->offset, tensor->n, gradients,
                    tensor->name);
    }
}

/* The mean over the tokens that are asked for, and its gradient. */
static real masked_loss(Golden *golden, real *dstates)
{
    Learner *learner = &golden->learner;
    const int N = golden->batch.target.N;
    const int *target =
        golden_file_ints(golden_file_member(golden->form, "target"), learner_rig_arena());
    int n_asked = 0;
    real loss = 0;
    for (int row = 0; row < N; row++) n_asked += target[row] >= 0;
    for (int row = 0; row < N; row++) learner->row_weight[row] = 1 / (real)n_asked;
    masked_lm.loss(learner, &golden->batch, target, learner->row_weight, dstates);
    for (int row = 0; row < N; row++) loss += learner->row_loss[row] / (real)n_asked;
    return loss;
}

static void masked(const char *gelu, const Kernels *kernels)
{
    Golden golden;
    begin(&golden, gelu, "masked_lm", TOKENS, kernels);
    Learner *learner = &golden.learner;
    const int N = golden.batch.target.N;
    expect_near(&golden, learner_states(learner), (size_t)N * (size_t)learner->shape.n_channel,
                golden.form, "states");
    real *dstates = learner_state_gradients(learner, &golden.batch);
    const real loss = masked_loss(&golden, dstates);
    expect_near(&golden, &loss, 1, golden.form, "loss");
    expect_near(&golden, learner->row_loss, (size_t)N, golden.form, "row_loss");
    expect_gradients(&golden);
}

/* The mean over n sequences whose truth is known, and its gradient. */
static real head_loss(Golden *golden, const double *truth, int n, real *dstates)
{
    return (real)learner_head(&golden->learner, &golden->batch, truth, golden->batch.S, dstates,
                              1.0 / n, 0, (RngKey){0}) /
           (real)n;
}

static void expect_outputs(Golden *golden)
{
    const Learner *learner = &golden->learner;
    expect_near(golden, learner->head_buffers.z,
                (size_t)golden->batch.S * (size_t)learner->head.n_output, golden->form, "outputs");
}

/* Both losses, each over what it is asked of. */
static void pretrained(const char *gelu, const Kernels *kernels)
{
    Golden golden;
    begin(&golden, gelu, "pretraining", TOKENS_AND_PAIRS, kernels);
    double *random =
        golden_file_doubles(golden_file_member(golden.form, "random"), learner_rig_arena());
    int n_pairs = 0;
    for (int s = 0; s < golden.batch.S; s++)
        if (random[s] < 0) random[s] = (double)NAN;
        else n_pairs++;
    real *dstates = learner_state_gradients(&golden.learner, &golden.batch);
    const real tokens = masked_loss(&golden, dstates);
    const real loss = tokens + head_loss(&golden, random, n_pairs, dstates);
    expect_near(&golden, &loss, 1, golden.form, "loss");
    expect_outputs(&golden);
    expect_gradients(&golden);
}

static void classified(const char *gelu, const Kernels *kernels)
{
    Golden golden;
    begin(&golden, gelu, "classification", CLASSES, kernels);
    const double *label =
        golden_file_doubles(golden_file_member(golden.form, "label"), learner_rig_arena());
    real *dstates = learner_state_gradients(&golden.learner, &golden.batch);
    const real loss = head_loss(&golden, label, golden.batch.S, dstates);
    expect_near(&golden, &loss, 1, golden.form, "loss");
    expect_outputs(&golden);
    expect_gradients(&golden);
}

typedef void Check(const char *gelu, const Kernels *kernels);

static void by_both(Check *check, const char *gelu)
{
    check(gelu, &kernels_plain);
    check(gelu, &kernels_fast);
}

Test(bert_golden, the_masked_language_model)
{
    by_both(masked, "erf");
}

Test(bert_golden, the_masked_language_model_with_the_approximated_gelu)
{
    by_both(masked, "tanh");
}

Test(bert_golden, the_masked_language_model_that_tells_whether_a_text_follows)
{
    by_both(pretrained, "erf");
}

Test(bert_golden, the_classification_of_pooled_states)
{
    by_both(classified, "erf");
}

Test(bert_golden, the_classification_with_the_approximated_gelu)
{
    by_both(classified, "tanh");
}

/* BERT-base: 23,837,184 in the embeddings, 85,054,464 in twelve blocks, 590,592 in the pooler. */
Test(bert_golden, the_published_size_has_the_published_number_of_parameters)
{
    Error err = {0};
    const GptSpec base = {12, 12, 768, 512, 0.1, 0.1, GPT_GELU_ERF};
    TensorTable table = tensors_create(&kernels_plain.memory, learner_rig_arena());
    cr_assert(bert.weights(&table, &base, 30522, &err) &&
                  bert.pooler->weights(&table, 768, 0, &err) >= 0,
              "%s", err.text);
    cr_expect_eq(table.n_parameters, (size_t)109482240);
}

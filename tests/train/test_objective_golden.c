/* The fine-tuning objective as training runs it, against values made by PyTorch: the
 * classification form of tests/golden/gpt (L3 = L2 + 0.5 L1 over an uneven packed batch), in one
 * micro-batch and cut in two. */
#include <criterion/criterion.h>

#include "../golden_file.h"
#include "../golden_weights.h"
#include "model/gpt.h"
#include "train/objective.h"

TestSuite(objective_golden);

#define GOLDEN "tests/golden/gpt/gpt.json"

/* As in tests/model/test_gpt_golden.c: double shows the 12 digits of the file, float its
 * rounding (at most 1.1e-6 seen there). */
static const double TOLERANCE = sizeof(real) == sizeof(double) ? 1e-11 : 5e-6;

typedef struct Fixture {
    Arena *arena;
    const Json *file, *form;
    GptSpec spec;
    SpecEntryChoice model;
    Head head;
    Learner learner;
    Packer packer;
    Sequences sequences;
} Fixture;

/* The golden batch as the sequences of labelled examples, one each. */
static void make_sequences(Fixture *fixture)
{
    Error err = {0};
    Sequences *sequences = &fixture->sequences;
    const Json *form = fixture->form;
    int n = (int)json_size(golden_file_member(form, "start")) - 1;
    *sequences = (Sequences){
        .form = DATASET_CLASSIFICATION,
        .n = n,
        .n_sequences = n,
        .first = arena_alloc(fixture->arena, (size_t)n + 1, sizeof(int), &err),
        .start = golden_file_ints(golden_file_member(form, "start"), fixture->arena),
        .token = golden_file_ints(golden_file_member(form, "token"), fixture->arena),
        .truth = golden_file_doubles(golden_file_member(form, "label"), fixture->arena),
    };
    cr_assert(sequences->first, "%s", err.text);
    for (int e = 0; e <= n; e++) sequences->first[e] = e;
}

static void create(Fixture *fixture, int rows)
{
    Error err = {0};
    fixture->arena = arena_create("golden", &err);
    fixture->file = golden_file_open(GOLDEN, fixture->arena);
    fixture->form = golden_file_member(fixture->file, "classification");
    Json *model = json_clone(golden_file_member(fixture->file, "model"), fixture->arena, &err);
    json_remove(model, "architecture");
    const SpecReader reader = {GOLDEN, fixture->arena, &err};
    cr_assert(spec_read(&fixture->spec, gpt.entry.table, model, &reader, "$.model"), "%s",
              err.text);
    fixture->model = (SpecEntryChoice){.entry = &gpt.entry, .spec = &fixture->spec};
    make_sequences(fixture);
    const DatasetInfo info = {.form = DATASET_CLASSIFICATION,
                              .n_labels =
                                  (int)json_int(golden_file_member(fixture->file, "n_class"))};
    fixture->head = head_of(&info, HEAD_SOFT_BINS);
    const Sequences *sets[] = {&fixture->sequences};
    PackerLimits limits = packer_limits(sets, 1, rows);
    LearnerSetup setup = {
        .model = &fixture->model,
        .kernels = &kernels_fast,
        .n_vocab = (int)json_int(golden_file_member(fixture->file, "n_vocab")),
        .max_rows = limits.rows,
        .max_sequences = limits.sequences,
        .max_examples = limits.examples,
        .head = &fixture->head,
        .training = true,
    };
    cr_assert(learner_create(&fixture->learner, &setup, fixture->arena, &err), "%s", err.text);
    cr_assert(packer_create(&fixture->packer, &fixture->learner, fixture->arena, &err), "%s",
              err.text);
    golden_weights_fill(&fixture->learner.weights_table, fixture->learner.weights);
}

/* Forward and backward of all examples, in as many micro-batches as the rows allow. */
static ObjectiveLosses run(Fixture *fixture, int *n_micro_batches)
{
    static const uint32_t order[] = {0, 1, 2, 3, 4, 5, 6, 7};
    const int n = fixture->sequences.n;
    cr_assert_leq((size_t)n, sizeof order / sizeof *order);
    Objective objective = {
        .lm_coefficient = json_number(golden_file_member(fixture->file, "lm_coefficient")),
        .n_examples = n,
        .n_sequences = n,
    };
    ObjectiveLosses losses = {0};
    learner_zero_gradients(&fixture->learner);
    *n_micro_batches = 0;
    for (int done = 0; done < n; ++*n_micro_batches) {
        Batch batch;
        done += packer_fill(&fixture->packer, &batch, &fixture->learner, &fixture->sequences,
                            order + done, n - done);
        objective_run(&losses, &fixture->learner, &fixture->packer, &batch, &objective);
    }
    return losses;
}

static void expect_golden(int rows, int expected_micro_batches)
{
    Fixture fixture;
    int n_micro_batches;
    create(&fixture, rows);
    ObjectiveLosses losses = run(&fixture, &n_micro_batches);
    cr_expect_eq(n_micro_batches, expected_micro_batches, "%d micro-batches", n_micro_batches);
    const real loss = (real)(losses.task + 0.5 * losses.language_model);
    cr_expect_lt(
        golden_file_deviation(&loss, 1, golden_file_member(fixture.form, "loss"), fixture.arena),
        TOLERANCE, "loss %.12g", (double)loss);
    const Json *gradients = golden_file_member(fixture.form, "gradients");
    const TensorTable *table = &fixture.learner.weights_table;
    cr_expect_eq(json_size(gradients), (size_t)table->n, "every tensor has a gradient");
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        const double deviation =
            golden_file_deviation(fixture.learner.gradients + tensor->offset, tensor->n,
                                  golden_file_member(gradients, tensor->name), fixture.arena);
        cr_expect_lt(deviation, TOLERANCE, "%s: deviation %.2g", tensor->name, deviation);
    }
    arena_destroy(fixture.arena);
}

Test(objective_golden, one_micro_batch_gives_the_loss_and_every_gradient)
{
    expect_golden(1000, 1);
}

Test(objective_golden, micro_batches_add_up_to_the_same)
{
    expect_golden(1, 3); /* room for the longest example: 5, 16, then 2 and 9 tokens */
}

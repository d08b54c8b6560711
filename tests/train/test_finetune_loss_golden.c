/* The fine-tuning objective as training runs it, against values made by PyTorch: L3 = L2 + 0.5 L1 of
 * every kind of head over uneven packed batches, in one micro-batch and cut in several. */
#include <criterion/criterion.h>

#include "../golden_file.h"
#include "../golden_weights.h"
#include "learner/causal_lm.h"
#include "model/gpt.h"
#include "train/finetune_loss.h"

TestSuite(finetune_loss_golden);

#define GOLDEN "tests/golden/heads/heads.json"

/* A form's name in the file, and the head it is for. */
typedef struct GoldenForm {
    const char *name;
    DatasetForm form;
    HeadRegression regression;
    int micro_batches; /* where a pass has room for the longest example only */
} GoldenForm;

static const GoldenForm golden_forms[] = {
    {"classification", DATASET_CLASSIFICATION, HEAD_SOFT_BINS, 3},
    {"similarity", DATASET_SIMILARITY, HEAD_SOFT_BINS, 3},
    {"multiple-choice", DATASET_MULTIPLE_CHOICE, HEAD_SOFT_BINS, 4},
    {"soft-bins", DATASET_REGRESSION, HEAD_SOFT_BINS, 3},
    {"squared-error", DATASET_REGRESSION, HEAD_SQUARED_ERROR, 3},
};
enum { N_FORMS = sizeof golden_forms / sizeof *golden_forms };

/* As in tests/model/test_gpt_golden.c: double shows the 12 digits of the file, float its
 * rounding (at most 4.4e-12 and 7.6e-7 seen). */
static const double TOLERANCE = sizeof(real) == sizeof(double) ? 1e-11 : 5e-6;

typedef struct Fixture {
    Arena *arena;
    const char *name;
    const Json *file, *form;
    GptSpec spec;
    SpecEntryChoice model;
    Head head;
    Learner learner;
    Packer packer;
    Sequences sequences;
} Fixture;

/* The golden batch as the sequences of labelled examples. */
static void make_sequences(Fixture *fixture, DatasetForm form)
{
    Arena *arena = fixture->arena;
    const Json *first = golden_file_member(fixture->form, "first");
    const Json *start = golden_file_member(fixture->form, "start");
    fixture->sequences = (Sequences){
        .form = form,
        .n = (int)json_size(first) - 1,
        .n_sequences = (int)json_size(start) - 1,
        .first = golden_file_ints(first, arena),
        .start = golden_file_ints(start, arena),
        .token = golden_file_ints(golden_file_member(fixture->form, "token"), arena),
        .truth = golden_file_doubles(golden_file_member(fixture->form, "truth"), arena),
    };
}

static void create_learner(Fixture *fixture, int rows)
{
    Error err = {0};
    const Sequences *sets[] = {&fixture->sequences};
    LearnerSetup setup = packer_setup(&fixture->model, &kernels_fast, (TextTokens){.n = 1},
                                      &fixture->head, sets, 1, rows, true);
    setup.n_vocab = (int)json_int(golden_file_member(fixture->file, "n_vocab"));
    cr_assert(learner_create(&fixture->learner, &setup, fixture->arena, &err) &&
                  packer_create(&fixture->packer, &fixture->learner, fixture->arena, &err),
              "%s", err.text);
    golden_weights_fill(&fixture->learner.weights_table, fixture->learner.weights);
}

static void create(Fixture *fixture, const GoldenForm *golden, int rows)
{
    Error err = {0};
    *fixture = (Fixture){.arena = arena_create("golden", &err), .name = golden->name};
    fixture->file = golden_file_open(GOLDEN, fixture->arena);
    fixture->form = golden_file_member(fixture->file, golden->name);
    Json *model = json_clone(golden_file_member(fixture->file, "model"), fixture->arena, &err);
    json_remove(model, "architecture");
    const SpecReader reader = {GOLDEN, fixture->arena, &err};
    cr_assert(spec_read(&fixture->spec, gpt.entry.table, model, &reader, "$.model"), "%s",
              err.text);
    fixture->model = (SpecEntryChoice){.entry = &gpt.entry, .spec = &fixture->spec};
    const DatasetInfo info = {
        .form = golden->form,
        .n_labels = (int)json_int(golden_file_member(fixture->file, "n_class")),
        .low = json_number(golden_file_member(fixture->file, "low")),
        .high = json_number(golden_file_member(fixture->file, "high")),
    };
    fixture->head = head_of(&info, golden->regression, (HeadStates){0});
    make_sequences(fixture, golden->form);
    create_learner(fixture, rows);
}

static void expect(const Fixture *fixture, const real *found, size_t n, const Json *expected,
                   const char *what)
{
    double deviation = golden_file_deviation(found, n, expected, fixture->arena);
    cr_expect_lt(deviation, TOLERANCE, "%s, %s: deviation %.2g", fixture->name, what, deviation);
}

/* Forward and backward of all examples, in as many micro-batches as the rows allow. Outputs and
 * predictions are collected on the way. */
static UpdateLosses run(Fixture *fixture, real *outputs, real *predicted, int *n_micro_batches)
{
    static const uint32_t order[] = {0, 1, 2, 3, 4, 5, 6, 7};
    Learner *learner = &fixture->learner;
    const int n = fixture->sequences.n;
    cr_assert_leq((size_t)n, sizeof order / sizeof *order);
    FinetuneLoss terms = {
        .objective = &causal_lm,
        .lm_coefficient = json_number(golden_file_member(fixture->file, "lm_coefficient")),
        .n_examples = n,
        .n_sequences = fixture->sequences.n_sequences,
    };
    UpdateLosses losses = {0};
    learner_zero_gradients(learner);
    *n_micro_batches = 0;
    for (int done = 0; done < n; ++*n_micro_batches) {
        Batch batch;
        int taken = packer_fill(&fixture->packer, &batch, learner, &fixture->sequences,
                                order + done, n - done, PACKER_RIGHT_ANSWER);
        finetune_loss_run(&losses, learner, &fixture->packer, &batch, &terms);
        const HeadBuffers *buffers = &learner->head_buffers;
        for (int e = 0; e < taken; e++) {
            const real *z = buffers->z + buffers->first[e];
            int count = buffers->first[e + 1] - buffers->first[e];
            for (int k = 0; k < count; k++) *outputs++ = z[k];
            predicted[done + e] = (real)head_predict(&learner->head, z, count);
        }
        done += taken;
    }
    return losses;
}

static void expect_golden(const GoldenForm *golden, int rows, int expected_micro_batches)
{
    Fixture fixture;
    int n_micro_batches;
    real outputs[64], predicted[8];
    create(&fixture, golden, rows);
    const Json *form = fixture.form, *expected = golden_file_member(form, "outputs");
    cr_assert_leq(json_size(expected), sizeof outputs / sizeof *outputs);
    UpdateLosses losses = run(&fixture, outputs, predicted, &n_micro_batches);
    cr_expect_eq(n_micro_batches, expected_micro_batches, "%s: %d micro-batches", golden->name,
                 n_micro_batches);
    expect(&fixture, outputs, json_size(expected), expected, "outputs");
    expect(&fixture, predicted, (size_t)fixture.sequences.n, golden_file_member(form, "predicted"),
           "predictions");
    const real task = (real)losses.main, language_model = (real)losses.auxiliary;
    expect(&fixture, &task, 1, golden_file_member(form, "task_loss"), "loss of the task");
    expect(&fixture, &language_model, 1, golden_file_member(form, "lm_loss"), "loss of the LM");

    const Json *gradients = golden_file_member(form, "gradients");
    const TensorTable *table = &fixture.learner.weights_table;
    cr_expect_eq(json_size(gradients), (size_t)table->n, "every tensor has a gradient");
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        expect(&fixture, fixture.learner.gradients + tensor->offset, tensor->n,
               golden_file_member(gradients, tensor->name), tensor->name);
    }
    arena_destroy(fixture.arena);
}

Test(finetune_loss_golden, one_micro_batch_gives_outputs_losses_and_every_gradient)
{
    for (int f = 0; f < N_FORMS; f++) expect_golden(&golden_forms[f], 1000, 1);
}

Test(finetune_loss_golden, micro_batches_add_up_to_the_same)
{
    for (int f = 0; f < N_FORMS; f++)
        expect_golden(&golden_forms[f], 1, golden_forms[f].micro_batches);
}

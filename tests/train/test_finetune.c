#include <criterion/criterion.h>
#include <string.h>

#include "kernels/gemm_fp32.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "base/json.h"
#include "measure/score.h"
#include "model/gpt.h"
#include "model/weights.h"
#include "train_rig.h"

TestSuite(finetune, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

/* Goes over eight examples many times. The score and the loss of the last epoch. */
static void learn(double *score, double *loss, DatasetForm form, HeadRegression regression)
{
    enum { EPOCHS = 60 };
    Sequences set = learner_rig_sequences(form, 8);
    FinetuneSpec spec = train_rig_finetune_spec("{\"epochs\": 60, \"batch\": 8, \"learning_rate\": "
                                                "0.02, \"schedule\": \"warmup_constant\"}");
    FinetuneJob job = train_rig_finetune_job(&spec, &set, regression ? "squared" : "run");
    *(SpecEntryChoice *)job.model = learner_rig_model(0);
    job.head = learner_rig_head(form, regression);
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    const char *path = regression ? "squared/epochs.csv" : "run/epochs.csv";
    double scores[EPOCHS], losses[EPOCHS];
    cr_expect_eq(train_rig_column(scores, EPOCHS, path, 4), EPOCHS);
    train_rig_column(losses, EPOCHS, path, 3);
    *score = scores[EPOCHS - 1];
    *loss = losses[EPOCHS - 1];
}

static void learn_by_heart(DatasetForm form)
{
    double score, loss;
    learn(&score, &loss, form, HEAD_SOFT_BINS);
    cr_expect_eq(score, 1.0, "form %d: %g", (int)form, score);
    cr_expect_lt(loss, 0.1, "form %d: %g", (int)form, loss);
}

Test(finetune, learns_eight_examples_of_each_form_by_heart)
{
    learn_by_heart(DATASET_CLASSIFICATION);
    learn_by_heart(DATASET_SIMILARITY);
    learn_by_heart(DATASET_MULTIPLE_CHOICE);
}

Test(finetune, learns_eight_numbers_by_heart)
{
    double score, loss;
    learn(&score, &loss, DATASET_REGRESSION, HEAD_SOFT_BINS);
    cr_expect_gt(score, 0.99, "soft bins: %g", score);
    learn(&score, &loss, DATASET_REGRESSION, HEAD_SQUARED_ERROR);
    cr_expect_gt(score, 0.95, "squared error: %g", score);
    cr_expect_lt(loss, 0.02, "squared error: %g", loss);
}

/* The score of the weights that a run kept. */
static double score_of_kept(const FinetuneJob *job)
{
    Head head = job->head;
    Learner learner = learner_rig_learner(job->model, &head, job->validation, 100, false);
    Packer packer;
    Scores scores;
    bool degenerate;
    WeightsBlock block = {"", learner.weights};
    cr_assert(
        packer_create(&packer, &learner, learner_rig_arena(), &err) &&
            weights_load(file_join(learner_rig_arena(), job->folder, "weights.safetensors", &err),
                         &learner.weights_table, &block, 1, NULL, learner_rig_arena(), &err) &&
            score_examples(&scores, &learner, &packer, job->validation, learner_rig_arena(), &err),
        "%s", err.text);
    return metric_accuracy(job->validation->truth, scores.predicted, scores.n, &degenerate);
}

Test(finetune, keeps_the_weights_of_the_first_best_epoch)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 9);
    FinetuneSpec spec = train_rig_finetune_spec(
        "{\"epochs\": 12, \"batch\": 2, \"learning_rate\": 0.3, \"lm_coefficient\": 0.0}");
    FinetuneJob job = train_rig_finetune_job(&spec, &set, "run");
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    double score[12];
    cr_assert_eq(train_rig_column(score, 12, "run/epochs.csv", 4), 12);
    int best = 0;
    for (int e = 1; e < 12; e++)
        if (score[e] > score[best]) best = e;
    const Json *sums =
        json_parse_file(scratch_folder_path("run/finetune.json"), learner_rig_arena(), &err);
    cr_assert(sums, "%s", err.text);
    cr_expect_eq(json_int(json_get(sums, "best_epoch")), best);
    cr_expect_float_eq(json_number(json_get(sums, "validation_score")), score[best], 1e-8);
    cr_expect_float_eq(score_of_kept(&job), score[best], 1e-8);
}

Test(finetune, a_coefficient_of_0_has_no_language_model_loss_and_another_result)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 6);
    FinetuneSpec with = train_rig_finetune_spec("{\"epochs\": 1, \"batch\": 2}");
    FinetuneSpec without =
        train_rig_finetune_spec("{\"epochs\": 1, \"batch\": 2, \"lm_coefficient\": 0.0}");
    FinetuneJob job = train_rig_finetune_job(&with, &set, "with");
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    job = train_rig_finetune_job(&without, &set, "without");
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    double loss[3];
    cr_assert_eq(train_rig_column(loss, 3, "with/curve.csv", 3), 3);
    for (int t = 0; t < 3; t++) cr_expect_gt(loss[t], 0);
    train_rig_column(loss, 3, "without/curve.csv", 3);
    for (int t = 0; t < 3; t++) cr_expect_eq(loss[t], 0);
    cr_expect_not(train_rig_same("with/weights.safetensors", "without/weights.safetensors"));
}

/* Weights as pre-training leaves them, without special tokens or head. */
static const char *pretrained_weights(const SpecEntryChoice *model)
{
    Learner learner;
    LearnerSetup setup = {.model = model,
                          .kernels = &kernels_fast,
                          .n_vocab = LEARNER_RIG_TEXT_TOKENS,
                          .max_rows = 16,
                          .max_sequences = 2};
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 7);
    const char *path = arena_text(learner_rig_arena(), scratch_folder_path("pretrained"), &err);
    WeightsBlock block = {"", learner.weights};
    cr_assert(
        weights_save(path, &learner.weights_table, &block, 1, NULL, learner_rig_arena(), &err),
        "%s", err.text);
    return path;
}

static void load_weights(Learner *learner, const char *path)
{
    WeightsBlock block = {"", learner->weights};
    cr_assert(weights_load(scratch_folder_path(path), &learner->weights_table, &block, 1, NULL,
                           learner_rig_arena(), &err),
              "%s", err.text);
}

/* How many of a tensor's values differ between what training begins with and what it kept. */
static size_t n_changed(const Learner *before, const Learner *after, const char *name, size_t begin,
                        size_t end)
{
    const TensorTable *table = &before->weights_table;
    size_t n = 0, offset = table->items[tensors_find(table, name)].offset;
    for (size_t i = offset + begin; i < offset + end; i++)
        n += before->weights[i] != after->weights[i];
    return n;
}

Test(finetune, leaves_frozen_layers_as_they_were_and_trains_the_rest)
{
    enum { C = 8, TEXT = LEARNER_RIG_TEXT_TOKENS * C, ALL = LEARNER_RIG_VOCABULARY * C };
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 6);
    FinetuneSpec spec = train_rig_finetune_spec(
        "{\"epochs\": 1, \"batch\": 2, \"learning_rate\": 0.01, \"transfer_layers\": 0, "
        "\"freeze_transferred\": true}");
    FinetuneJob job = train_rig_finetune_job(&spec, &set, "run");
    job.pretrained = pretrained_weights(job.model);
    cr_assert(finetune_run(&job, &err), "%s", err.text);

    Learner before = learner_rig_learner(job.model, &job.head, &set, 100, false);
    Learner after = learner_rig_learner(job.model, &job.head, &set, 100, false);
    load_weights(&after, "run/weights.safetensors");
    cr_assert(weights_transfer(job.pretrained, &before.weights_table, before.weights, 0,
                               learner_rig_arena(), &err),
              "%s", err.text);
    cr_expect_eq(n_changed(&before, &after, "token_embedding.weight", 0, TEXT), 0);
    cr_expect_gt(n_changed(&before, &after, "token_embedding.weight", TEXT, ALL), 0);
    cr_expect_eq(
        n_changed(&before, &after, "position_embedding.weight", 0, LEARNER_RIG_CONTEXT * C), 0);
    cr_expect_gt(n_changed(&before, &after, "block.0.mlp.widen.weight", 0, C), 0);
    cr_expect_gt(n_changed(&before, &after, "head.weight", 0, C), 0);
}

/* Operations of all products. */
static double n_operations;

static void counted(real *c, const real *a, const real *b, GemmShape shape)
{
    n_operations += 2.0 * shape.M * shape.N * shape.K;
    gemm_fp32_fast(c, a, b, shape);
}

static double operations(const FinetuneSpec *spec, const Sequences *set, const char *folder)
{
    Kernels kernels = kernels_fast;
    kernels.products.whole = counted;
    FinetuneJob job = train_rig_finetune_job(spec, set, folder);
    job.kernels = &kernels;
    job.pretrained = pretrained_weights(job.model);
    n_operations = 0;
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    return n_operations;
}

/* A block has 12 C^2 weights in its matrices; the gradient of each takes a multiply-add a token. */
Test(finetune, makes_no_gradients_of_frozen_matrices)
{
    enum { C = 8 };
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 6);
    FinetuneSpec free = train_rig_finetune_spec("{\"epochs\": 1}");
    FinetuneSpec frozen = train_rig_finetune_spec("{\"epochs\": 1, \"freeze_transferred\": true}");
    const double layers = (double)((GptSpec *)learner_rig_model(0).spec)->n_layer;
    const double tokens = set.start[set.n_sequences];
    cr_expect_eq(operations(&free, &set, "free") - operations(&frozen, &set, "frozen"),
                 24 * C * C * layers * tokens);
}

Test(finetune, from_scratch_freezes_nothing)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 6);
    FinetuneSpec free = train_rig_finetune_spec("{\"epochs\": 1}");
    FinetuneSpec frozen = train_rig_finetune_spec("{\"epochs\": 1, \"freeze_transferred\": true}");
    FinetuneJob job = train_rig_finetune_job(&free, &set, "free");
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    job = train_rig_finetune_job(&frozen, &set, "frozen");
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    cr_expect(train_rig_same("free/weights.safetensors", "frozen/weights.safetensors"));
}

Test(finetune, trains_on_as_many_examples_as_asked_for)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 10);
    FinetuneSpec spec =
        train_rig_finetune_spec("{\"epochs\": 2, \"batch\": 2, \"train_examples\": 5}");
    FinetuneJob job = train_rig_finetune_job(&spec, &set, "run");
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    double update[9];
    cr_expect_eq(train_rig_column(update, 9, "run/curve.csv", 0), 6, "3 updates an epoch");
}

Test(finetune, updates_do_not_depend_on_how_they_are_cut_into_micro_batches)
{
    Sequences set = learner_rig_sequences(DATASET_SIMILARITY, 8);
    double loss[2][4];
    for (int i = 0; i < 2; i++) {
        FinetuneSpec spec = train_rig_finetune_spec(
            "{\"epochs\": 1, \"batch\": 2, \"classifier_dropout\": 0.0, \"learning_rate\": 0.01}");
        spec.micro_batch_tokens = i ? 1 : 1000;
        FinetuneJob job = train_rig_finetune_job(&spec, &set, i ? "parts" : "whole");
        *(SpecEntryChoice *)job.model = learner_rig_model(0);
        cr_assert(finetune_run(&job, &err), "%s", err.text);
        cr_assert_eq(train_rig_column(loss[i], 4, i ? "parts/curve.csv" : "whole/curve.csv", 2), 4);
    }
    for (int t = 0; t < 4; t++) cr_expect_float_eq(loss[0][t], loss[1][t], 1e-4, "update %d", t);
}

Test(finetune, that_diverges_says_so_and_leaves_nothing_that_looks_finished)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 8);
    FinetuneSpec spec = train_rig_finetune_spec(
        "{\"epochs\": 40, \"batch\": 2, \"learning_rate\": 1.0, \"schedule\": \"warmup_constant\","
        " \"adam\": {\"beta2\": 0.0, \"epsilon\": 1e-16, \"weight_decay\": 1.0, \"clip_norm\": "
        "0.0}}");
    FinetuneJob job = train_rig_finetune_job(&spec, &set, "run");
    cr_expect_not(finetune_run(&job, &err));
    cr_expect_eq(err.kind, ERROR_FAILED);
    cr_expect(strstr(err.text, "not a finite number"), "%s", err.text);
    cr_expect(strstr(err.text, "try: lower finetune.learning_rate"), "%s", err.text);
    cr_expect_not(file_exists(scratch_folder_path("run/finetune.json")));
}

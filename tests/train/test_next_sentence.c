/* Pre-training that asks, too, whether a text follows another, from end to end. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/parallel.h"
#include "learner/objectives.h"
#include "measure/likelihood.h"
#include "measure/perplexity.h"
#include "model/bert.h"
#include "model/weights.h"
#include "train/pretrain_step.h"
#include "train_rig.h"

TestSuite(next_sentence, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;
enum { PAIRS_COLUMN = 5 };

#define ASKED "\"next_sentence\": true, "

static PretrainSpec spec_of(const char *json)
{
    return train_rig_pretrain_spec(
        arena_format(learner_rig_arena(), &err,
                     "{\"objective\": \"masked-lm\", \"batch\": 8, \"learning_rate\": 0.003, "
                     "\"warmup_updates\": 20, %s}",
                     json));
}

static void run_on(const TokenFile *tokens, SpecEntryChoice model, const char *json,
                   const char *folder)
{
    PretrainSpec spec = spec_of(json);
    PretrainJob job = train_rig_pretrain_job(&spec, tokens, folder);
    *(SpecEntryChoice *)job.model = model;
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
}

static void run(const char *json, double dropout, const char *folder)
{
    const TokenFile tokens = learner_rig_tokens();
    run_on(&tokens, learner_rig_bert(dropout), json, folder);
}

/* Documents of one word each, said again and again: what follows says the same. */
static TokenFile words(void)
{
    enum { DOCUMENTS = 6, LENGTH = 40 };
    static const char *const names[DOCUMENTS] = {"a", "b", "c", "d", "e", "f"};
    size_t offset[DOCUMENTS + 1] = {0};
    int ids[DOCUMENTS * LENGTH];
    for (int d = 0; d < DOCUMENTS; d++) offset[d + 1] = offset[d] + LENGTH;
    for (int i = 0; i < DOCUMENTS * LENGTH; i++) ids[i] = i / LENGTH;
    const char *path = scratch_folder_path("words.bin");
    TokenFile file;
    cr_assert(token_file_write(path, ids, offset, names, DOCUMENTS, LEARNER_RIG_TEXT_TOKENS,
                               learner_rig_arena(), &err) &&
                  token_file_open(&file, path, LEARNER_RIG_TEXT_TOKENS, learner_rig_arena(), &err),
              "%s", err.text);
    return file;
}

static double mean(const double *values, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) sum += values[i];
    return sum / n;
}

Test(next_sentence, both_losses_fall_and_the_second_stands_in_the_curve)
{
    double pairs[1000], tokens[1000];
    const TokenFile file = words();
    static const GptSpec wide = {1, 2, 32, 16, 0, 0, GPT_GELU_ERF};
    const SpecEntryChoice model = {.entry = &bert.entry, .spec = (void *)&wide};
    run_on(&file, model, ASKED "\"tokens\": 93600", "run");
    const int n = train_rig_column(pairs, 1000, "run/curve.csv", PAIRS_COLUMN);
    cr_expect_eq(n, 900, "8 windows of 13 tokens each");
    cr_expect_eq(train_rig_column(tokens, 1000, "run/curve.csv", 2), n);
    cr_expect(strstr(scratch_folder_read("run/curve.csv"),
                     "update,tokens,loss,learning_rate,gradient_norm,next_sentence_loss\n"));
    cr_expect_float_eq(pairs[0], log(2), 0.1, "as good as no model: %g", pairs[0]);
    cr_expect_lt(mean(tokens + n - 50, 50), 0.7 * mean(tokens, 50));
    cr_expect_lt(mean(pairs + n - 50, 50), 0.5 * mean(pairs, 50), "%g, then %g", mean(pairs, 50),
                 mean(pairs + n - 50, 50));
}

Test(next_sentence, what_is_not_asked_for_leaves_no_trace)
{
    PretrainSpec off = spec_of("\"next_sentence\": false, \"tokens\": 320");
    PretrainSpec none = spec_of("\"tokens\": 320");
    Json *a = spec_write(&off, &pretrain_table, true, learner_rig_arena(), &err);
    Json *b = spec_write(&none, &pretrain_table, true, learner_rig_arena(), &err);
    cr_expect_str_eq(json_canonical(a, learner_rig_arena(), &err),
                     json_canonical(b, learner_rig_arena(), &err), "no stage has another key");
    run("\"tokens\": 320", 0, "off");
    cr_expect(strstr(scratch_folder_read("off/curve.csv"), "loss,learning_rate,gradient_norm\n"));
    cr_expect_not(strstr(scratch_folder_read("off/weights.safetensors") + 8, "pooler.weight"));
}

Test(next_sentence, the_seed_and_the_window_decide_whatever_the_passes)
{
    double loss[2][50], pairs[2][50];
    run(ASKED "\"tokens\": 1280, \"micro_batch\": 8", 0, "whole");
    run(ASKED "\"tokens\": 1280, \"micro_batch\": 3", 0, "parts");
    for (int i = 0; i < 2; i++) {
        const char *path = i ? "parts/curve.csv" : "whole/curve.csv";
        cr_expect_eq(train_rig_column(loss[i], 50, path, 2), 32);
        cr_expect_eq(train_rig_column(pairs[i], 50, path, PAIRS_COLUMN), 32);
    }
    for (int t = 0; t < 32; t++) {
        cr_expect_float_eq(loss[0][t], loss[1][t], 1e-4, "update %d", t);
        cr_expect_float_eq(pairs[0][t], pairs[1][t], 1e-4, "update %d", t);
    }
}

#ifndef REPRISE_DOUBLE /* weights are stored as float */
Test(next_sentence, has_the_same_bits_on_any_threads)
{
    static const char *const folders[] = {"one", "two", "three"};
    for (int threads = 1; threads <= 3; threads++) {
        char path[64];
        parallel_set_threads(threads);
        run(ASKED "\"tokens\": 1280", 0.1, folders[threads - 1]);
        snprintf(path, sizeof path, "%s/weights.safetensors", folders[threads - 1]);
        cr_expect(train_rig_same(path, "one/weights.safetensors"));
    }
}
#endif

/* A learner without what pairs need, with the weights of the run. */
static void load(Learner *learner, const LearnerSetup *setup)
{
    cr_assert(learner_create(learner, setup, learner_rig_arena(), &err), "%s", err.text);
    const WeightsBlock weights = {"", learner->weights};
    cr_assert(weights_load(scratch_folder_path("run/weights.safetensors"), &learner->weights_table,
                           &weights, 1, NULL, learner_rig_arena(), &err),
              "%s", err.text);
}

/* Held-out text is asked about as ever: one text a sequence, by the language model alone. */
Test(next_sentence, held_out_text_has_the_perplexity_that_the_language_model_gives_it)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = spec_of(ASKED "\"tokens\": 1280, \"checkpoints\": 1");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    const SpecEntryChoice model = learner_rig_bert(0);
    *(SpecEntryChoice *)job.model = model;
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
    const TextTokens text = {.n = LEARNER_RIG_TEXT_TOKENS};
    const WindowsQuestion question = {objectives_at(spec.objective),
                                      objectives_tokens(&bert, text)};
    const LearnerSetup setup = likelihood_setup(&model, &kernels_fast, text);
    Learner learner;
    load(&learner, &setup);
    cr_expect_lt(tensors_find(&learner.weights_table, "pooler.weight"), 0);
    PerplexityReport report;
    double during[2];
    cr_assert(perplexity_measure(&report, &learner, &question, &tokens, job.held_out, NULL,
                                 learner_rig_arena(), &err),
              "%s", err.text);
    cr_expect_eq(train_rig_column(during, 2, "run/held_out_curve.csv", 2), 1);
    cr_expect_float_eq(report.perplexity, during[0], 1e-6 * during[0]);
}

Test(next_sentence, the_pooler_goes_with_the_model_to_a_task)
{
    run(ASKED "\"tokens\": 1280", 0, "run");
    const SpecEntryChoice model = learner_rig_bert(0);
    const DatasetInfo info = {.form = DATASET_CLASSIFICATION, .n_labels = 2};
    const Head head = head_of(&info, HEAD_SOFT_BINS, (HeadStates){bert.pooler, true, false});
    PretrainSpec spec = spec_of(ASKED "\"tokens\": 1280");
    LearnerSetup setup =
        pretrain_setup(&spec, &model, &kernels_fast, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
    Learner whole, task;
    load(&whole, &setup);
    setup.next_sentence = false;
    setup.head = &head;
    cr_assert(learner_create(&task, &setup, learner_rig_arena(), &err), "%s", err.text);
    cr_assert(weights_transfer(scratch_folder_path("run/weights.safetensors"), &task.weights_table,
                               task.weights, 1, learner_rig_arena(), &err),
              "%s", err.text);
    const TensorInfo *from = tensors_named(&whole.weights_table, "pooler.weight");
    const TensorInfo *to = tensors_named(&task.weights_table, "pooler.weight");
    cr_expect_neq(whole.weights[from->offset], 0);
    cr_expect_arr_eq(task.weights + to->offset, whole.weights + from->offset,
                     from->n * sizeof(real));
    cr_expect_lt(tensors_find(&task.weights_table, "next_sentence.weight"), 0);
    cr_assert(weights_freeze(scratch_folder_path("run/weights.safetensors"), &task.weights_table, 0,
                             1, learner_rig_arena(), &err));
    cr_expect_eq(to->n_frozen, 0, "it goes with the last layer");
    cr_assert(weights_freeze(scratch_folder_path("run/weights.safetensors"), &task.weights_table, 1,
                             1, learner_rig_arena(), &err));
    cr_expect_eq(to->n_frozen, to->n);
    cr_expect_eq(tensors_named(&task.weights_table, "head.weight")->n_frozen, 0);
}

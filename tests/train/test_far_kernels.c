/* Everything that is done with a model, in memory that only kernels and their copies can reach: whatever
 * computed on it by hand would not survive. */
#include <criterion/criterion.h>
#include <signal.h>

#include "../scratch_folder.h"
#include "far_kernels.h"
#include "measure/generate.h"
#include "measure/likelihood.h"
#include "train_rig.h"

static Error err;

static void begin(void)
{
    learner_rig_begin();
    far_kernels_begin();
}

static void end(void)
{
    far_kernels_end();
    learner_rig_end();
}

TestSuite(far_kernels, .init = begin, .fini = end);

#define SETTINGS                                                                                   \
    "\"tokens\": 200, \"batch\": 4, \"micro_batch\": 2, \"warmup_updates\": 2, "                   \
    "\"save_every\": 3, \"checkpoints\": 2"

static void pretrain(const char *folder, const SpecEntryChoice *model, const char *settings,
                     const Kernels *kernels)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(settings);
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    job.model = model;
    job.kernels = kernels;
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
}

static void expect_same_pretraining(const SpecEntryChoice *model, const char *settings)
{
    pretrain("near", model, settings, &kernels_fast);
    pretrain("far", model, settings, &far_kernels);
    cr_expect(train_rig_same("far/weights.safetensors", "near/weights.safetensors"));
    cr_expect(train_rig_same("far/curve.csv", "near/curve.csv"));
    cr_expect(train_rig_same("far/held_out.csv", "near/held_out.csv"));
}

Test(far_kernels, pretrain_a_gpt)
{
    SpecEntryChoice model = learner_rig_model(0.1);
    expect_same_pretraining(&model, "{" SETTINGS "}");
}

Test(far_kernels, pretrain_an_lstm)
{
    SpecEntryChoice model = learner_rig_lstm(0.1);
    expect_same_pretraining(&model, "{" SETTINGS "}");
}

Test(far_kernels, pretrain_by_adafactor)
{
    SpecEntryChoice model = learner_rig_model(0.1);
    expect_same_pretraining(&model, "{" SETTINGS ", \"adafactor\": {\"factor_from\": 4}}");
}

static void finetune(const char *folder, DatasetForm form, HeadRegression regression,
                     const Kernels *kernels)
{
    Sequences set = learner_rig_sequences(form, 9);
    FinetuneSpec spec = train_rig_finetune_spec(
        "{\"epochs\": 2, \"batch\": 4, \"learning_rate\": 0.05, \"micro_batch_tokens\": 64}");
    FinetuneJob job = train_rig_finetune_job(&spec, &set, folder);
    job.head = learner_rig_head(form, regression);
    job.kernels = kernels;
    cr_assert(finetune_run(&job, &err), "%s", err.text);
}

static void expect_same_finetuning(DatasetForm form, HeadRegression regression)
{
    finetune("near", form, regression, &kernels_fast);
    finetune("far", form, regression, &far_kernels);
    cr_expect(train_rig_same("far/weights.safetensors", "near/weights.safetensors"));
    cr_expect(train_rig_same("far/curve.csv", "near/curve.csv"));
    cr_expect(train_rig_same("far/epochs.csv", "near/epochs.csv"));
}

Test(far_kernels, finetune_on_classes)
{
    expect_same_finetuning(DATASET_SIMILARITY, HEAD_SOFT_BINS);
}

Test(far_kernels, finetune_on_answers)
{
    expect_same_finetuning(DATASET_MULTIPLE_CHOICE, HEAD_SOFT_BINS);
}

Test(far_kernels, finetune_on_numbers)
{
    expect_same_finetuning(DATASET_REGRESSION, HEAD_SOFT_BINS);
}

Test(far_kernels, finetune_on_numbers_by_squared_error)
{
    expect_same_finetuning(DATASET_REGRESSION, HEAD_SQUARED_ERROR);
}

static Learner text_learner(const Kernels *kernels)
{
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    *model = learner_rig_model(0);
    Learner learner;
    LearnerSetup setup =
        likelihood_setup(model, kernels, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
    setup.max_rows = setup.max_sequences = 4 * LEARNER_RIG_CONTEXT;
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    return learner;
}

Test(far_kernels, write_text)
{
    Learner near = text_learner(&kernels_fast), far = text_learner(&far_kernels);
    GenerateSpec spec = {.tokens = 20, .temperature = 2, .top_k = 5, .seed = 3};
    TokenList prompt = {2, (int[]){3, 7}}, a, b;
    cr_assert(generate_tokens(&a, &near, &spec, &prompt, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS},
                              learner_rig_arena(), &err));
    cr_assert(generate_tokens(&b, &far, &spec, &prompt, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS},
                              learner_rig_arena(), &err));
    cr_expect_arr_eq(a.ids, b.ids, a.n * sizeof *a.ids);
}

Test(far_kernels, measure_likelihoods)
{
    Learner near = text_learner(&kernels_fast), far = text_learner(&far_kernels);
    int token[] = {1, 4, 7, 2, 5, 8, 0, 3}, start[] = {0, 5, 8}, from[] = {2, 1};
    LikelihoodTexts texts = {2, token, start, from, false, NULL};
    Likelihoods a, b;
    cr_assert(likelihood_measure(&a, &near, &texts, true, "texts", learner_rig_arena(), &err));
    cr_assert(likelihood_measure(&b, &far, &texts, true, "texts", learner_rig_arena(), &err));
    cr_expect_arr_eq(a.sum, b.sum, sizeof(double[2]));
    cr_expect_arr_eq(a.first, b.first, sizeof(bool[2]));
}

#ifndef __SANITIZE_ADDRESS__ /* which takes the signal for itself */
Test(far_kernels, a_look_into_a_block_ends_the_process, .signal = SIGSEGV)
{
    Learner far = text_learner(&far_kernels);
    volatile real value = far.weights[0];
    (void)value;
}
#endif

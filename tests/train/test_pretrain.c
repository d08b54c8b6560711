/* Pre-training on a corpus whose next token can be learnt. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/seal.h"
#include "base/progress.h"
#include "model/weights.h"
#include "train/pretrain_run.h"
#include "base/parallel.h"
#include "train_rig.h"

TestSuite(pretrain, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

Test(pretrain, counts_updates_rounded_up)
{
    const SpecEntryChoice model = learner_rig_model(0);
    PretrainSpec spec = train_rig_pretrain_spec("{\"tokens\": 1000, \"batch\": 4}");
    cr_expect_eq(pretrain_updates(&spec, &model), 32);
    spec.tokens = 1024;
    cr_expect_eq(pretrain_updates(&spec, &model), 32);
    spec.tokens = 1025;
    cr_expect_eq(pretrain_updates(&spec, &model), 33);
}

Test(pretrain, lowers_the_loss_and_the_held_out_perplexity)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        "{\"tokens\": 6400, \"batch\": 8, \"micro_batch\": 8, \"learning_rate\": 0.02,"
        " \"warmup_updates\": 5, \"checkpoints\": 2}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
    double loss[200], perplexity[3];
    cr_expect_eq(train_rig_column(loss, 200, "run/curve.csv", 2), 100);
    cr_expect_float_eq(loss[0], log(LEARNER_RIG_TEXT_TOKENS), 0.1, "as good as no model");
    cr_expect_lt(loss[99], 0.7);
    cr_expect_eq(train_rig_column(perplexity, 3, "run/held_out_curve.csv", 2), 2);
    cr_expect_lt(perplexity[1], perplexity[0]);
    cr_expect_lt(perplexity[1], 2);
}

Test(pretrain, leaves_what_its_header_lists_and_no_resume_point)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec =
        train_rig_pretrain_spec("{\"tokens\": 200, \"batch\": 4, \"checkpoints\": 2}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
    static const char *const files[] = {"checkpoint-0000004.safetensors",
                                        "checkpoint-0000007.safetensors",
                                        "curve.csv",
                                        "held_out.csv",
                                        "held_out_curve.csv",
                                        "pretrain.json",
                                        "weights.safetensors"};
    char **names;
    size_t n;
    cr_assert(file_list(&names, &n, job.folder, learner_rig_arena(), &err), "%s", err.text);
    size_t n_files = 0; /* seals stay beside what they are of until the stage is complete */
    for (size_t i = 0; i < n; i++)
        if (!seal_is_name(names[i])) names[n_files++] = names[i];
    cr_assert_eq(n_files, sizeof files / sizeof *files);
    for (size_t i = 0; i < n_files; i++) cr_expect_str_eq(names[i], files[i]);
    cr_expect(train_rig_same("run/checkpoint-0000007.safetensors", "run/weights.safetensors"));
    cr_expect(strstr(scratch_folder_read("run/held_out.csv"), "\n\"say \"\"f\"\"\",54,"));
}

Test(pretrain, gradients_add_up_over_micro_batches)
{
    TokenFile tokens = learner_rig_tokens();
    double loss[2][10];
    for (int i = 0; i < 2; i++) {
        static const char *const specs[] = {
            "{\"tokens\": 320, \"batch\": 4, \"micro_batch\": 4, \"warmup_updates\": 0}",
            "{\"tokens\": 320, \"batch\": 4, \"micro_batch\": 3, \"warmup_updates\": 0}"};
        PretrainSpec spec = train_rig_pretrain_spec(specs[i]);
        PretrainJob job = train_rig_pretrain_job(&spec, &tokens, i ? "whole" : "parts");
        *(SpecEntryChoice *)job.model = learner_rig_model(0); /* masks differ with the packing */
        cr_assert(pretrain_run(&job, &err), "%s", err.text);
        cr_expect_eq(train_rig_column(loss[i], 10, i ? "whole/curve.csv" : "parts/curve.csv", 2),
                     10);
    }
    for (int t = 0; t < 10; t++) cr_expect_float_eq(loss[0][t], loss[1][t], 1e-4, "update %d", t);
}

/* Sums of parts are rounded otherwise, and not by the number of threads. */
Test(pretrain, partial_sums_give_the_same_training_up_to_rounding)
{
    TokenFile tokens = learner_rig_tokens();
    double loss[3][10];
    for (int i = 0; i < 3; i++) {
        static const char *const folders[] = {"one", "four", "four-again"};
        PretrainSpec spec = train_rig_pretrain_spec(
            i ? "{\"tokens\": 320, \"batch\": 4, \"micro_batch\": 1, \"warmup_updates\": 0, "
                "\"partial_sums\": 4}"
              : "{\"tokens\": 320, \"batch\": 4, \"micro_batch\": 1, \"warmup_updates\": 0}");
        PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folders[i]);
        parallel_set_threads(i == 2 ? 3 : 1);
        cr_assert(pretrain_run(&job, &err), "%s", err.text);
        const char *curve = arena_format(learner_rig_arena(), &err, "%s/curve.csv", folders[i]);
        cr_expect_eq(train_rig_column(loss[i], 10, curve, 2), 10);
    }
    for (int t = 0; t < 10; t++) cr_expect_float_eq(loss[0][t], loss[1][t], 1e-4, "update %d", t);
    cr_expect(train_rig_same("four/weights.safetensors", "four-again/weights.safetensors"));
    cr_expect_not(train_rig_same("one/weights.safetensors", "four/weights.safetensors"),
                  "else this tells nothing apart");
}

Test(pretrain, without_any_training_text_says_what_to_change)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec("{\"tokens\": 200}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    memset((bool *)job.held_out, true, tokens.n_documents);
    cr_expect_not(pretrain_run(&job, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect(strstr(err.text, "all 6 documents are held out"), "%s", err.text);
    cr_expect(strstr(err.text, "try: corpus.held_out 0"), "%s", err.text);
}

Test(pretrain, with_nothing_held_out_has_no_perplexity)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec("{\"tokens\": 200}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    memset((bool *)job.held_out, false, tokens.n_documents);
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
    cr_expect_str_eq(scratch_folder_read("run/held_out_curve.csv"), "update,tokens,perplexity\n");
}

/* Moments that forget at once and nothing to keep a division from a zero: the next step is
 * endless. */
#define DIVERGING                                                                                  \
    "{\"tokens\": 3200, \"batch\": 4, \"learning_rate\": 1.0, \"warmup_updates\": 0,"              \
    " \"save_every\": 1, \"adam\": {\"beta2\": 0.0, \"epsilon\": 1e-16, \"weight_decay\": 1.0,"    \
    " \"clip_norm\": 0.0}}"

Test(pretrain, that_diverges_says_so_and_leaves_nothing_that_looks_finished)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(DIVERGING);
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    cr_expect_not(pretrain_run(&job, &err));
    cr_expect_eq(err.kind, ERROR_FAILED);
    cr_expect(strstr(err.text, "pre-training"), "%s", err.text);
    cr_expect(strstr(err.text, "not a finite number"), "%s", err.text);
    cr_expect(strstr(err.text, "try: lower pretrain.learning_rate"), "%s", err.text);
    cr_expect(strstr(err.text, "curve.csv shows the way there"), "%s", err.text);
    cr_expect_not(file_exists(scratch_folder_path("run/weights.safetensors")));
    cr_expect_not(file_exists(scratch_folder_path("run/pretrain.json")));
}

#ifndef REPRISE_DOUBLE /* weights are stored as float, in which a large double is infinite */

Test(pretrain, that_diverges_leaves_the_last_resume_point_of_finite_numbers)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(DIVERGING);
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    cr_expect_not(pretrain_run(&job, &err));
    LearnerSetup setup =
        pretrain_setup(&spec, job.model, job.kernels, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
    Learner learner;
    err = (Error){0};
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    WeightsBlock block = {"", learner.weights};
    cr_expect(weights_load(scratch_folder_path("run/resume.safetensors"), &learner.weights_table,
                           &block, 1, NULL, learner_rig_arena(), &err),
              "%s", err.text);
    cr_expect(learner_check_finite(&learner, &err), "%s", err.text);
}

#endif

/* --- what is said of a run -------------------------------------------------------------------- */

/* Of the training itself; scores of held-out text follow. */
static void keep(const ProgressUpdate *update, void *context)
{
    if (!strncmp(update->work[0]->title, "pre-training", 12))
        *(ProgressWork *)context = *update->work[0];
}

/* Documents end within a window now and then, so that it has a few tokens less. */
Test(pretrain, its_progress_ends_about_where_it_said_it_would)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec("{\"tokens\": 128, \"batch\": 4}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, "run");
    ProgressWork last = {0};
    progress_install(keep, &last);
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
    progress_install(NULL, NULL);
    cr_expect_eq(last.total, 128);
    cr_expect(last.done > 100 && last.done <= 128, "%g", last.done);
    cr_expect(last.loss > 0 && last.learning_rate >= 0, "%g, %g", last.loss, last.learning_rate);
    cr_expect_gt(last.losses.n, 0);
}

Test(pretrain, a_seed_that_is_not_given_is_1)
{
    cr_expect_eq(train_rig_pretrain_spec("{\"tokens\": 128}").seed, 1);
}

/* The least that can be true of a run, and less. */
Test(pretrain, sums_of_the_smallest_run_are_read_and_of_none_refused)
{
    static const char format[] =
        "{\"parameters\": %d, \"updates\": 1, \"tokens\": 1, \"corpus_tokens\": 1, "
        "\"held_out_tokens\": 0, \"held_out_bits_per_byte\": 0, \"held_out_perplexity\": 0, "
        "\"seconds\": 0}";
    for (int n = 0; n < 2; n++) {
        PretrainSums sums;
        Error wrong = {0};
        char *text = arena_format(learner_rig_arena(), &err, format, n);
        const SpecReader reader = {"sums", learner_rig_arena(), &wrong};
        const Json *json = json_parse_text(text, strlen(text), "sums", learner_rig_arena(), &err);
        cr_assert(json, "%s", err.text);
        cr_expect_eq(spec_read(&sums, &pretrain_run_sums_table, json, &reader, "$"), n == 1, "%s",
                     wrong.text);
    }
}

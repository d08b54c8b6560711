/* Cut off at any point and run again, a run ends in the same bits: asked to stop, killed, or
 * refused by the disk. Only the float build stores its numbers without rounding, so only there
 * bits can be the same. */
#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "train_rig.h"

#ifndef REPRISE_DOUBLE

TestSuite(resume, .init = learner_rig_begin, .fini = learner_rig_end);

/* --- kernels that stop the process at their n-th call ----------------------------------------- */

typedef void Stop(void);
static long calls_left; /* of any watched kernel; 0: never stops */
static Stop *stop;

static void count(void)
{
    if (calls_left > 0 && --calls_left == 0) stop();
}

static void kill_here(void)
{
    kill(getpid(), SIGKILL);
}

/* Called once an update, and when weights are saved. */
static double counted_norm(const real *values, size_t n)
{
    count();
    return kernels_fast.norm_squared(values, n);
}

/* Called in every pass, held-out and validation ones too. */
static void counted_pool(real *y, const real *x, const int *row, int G, int k, int channels)
{
    count();
    kernels_fast.pool_forward(y, x, row, G, k, channels);
}

static void counted_tied(const Products *products, real *loss, real *dx, real *dE, real *dbias,
                         const real *x, const real *E, const real *bias, const int *target,
                         const real *weight, real *scratch, int n, int channels, int V)
{
    count();
    kernels_fast.cross_entropy_tied(products, loss, dx, dE, dbias, x, E, bias, target, weight,
                                    scratch, n, channels, V);
}

static Kernels counting_kernels(void)
{
    Kernels kernels = kernels_fast;
    kernels.norm_squared = counted_norm;
    kernels.pool_forward = counted_pool;
    kernels.cross_entropy_tied = counted_tied;
    return kernels;
}

/* --- the two kinds of run --------------------------------------------------------------------- */

typedef struct Trial {
    const char *name;
    bool (*run)(const char *folder, const Kernels *kernels, Error *err);
    const char *files[8]; /* that must be the same; ends with NULL */
} Trial;

static bool pretrain(const char *folder, const Kernels *kernels, Error *err)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        "{\"tokens\": 380, \"batch\": 4, \"micro_batch\": 3, \"warmup_updates\": 3,"
        " \"checkpoints\": 5, \"save_every\": 4, \"learning_rate\": 0.01}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    job.kernels = kernels;
    return pretrain_run(&job, err);
}

static bool pretrain_masked(const char *folder, const Kernels *kernels, Error *err)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        "{\"objective\": \"masked-lm\", \"tokens\": 200, \"batch\": 4, \"micro_batch\": 3,"
        " \"warmup_updates\": 3, \"checkpoints\": 2, \"save_every\": 2}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    *(SpecEntryChoice *)job.model = learner_rig_encoder(0.1);
    job.kernels = kernels;
    return pretrain_run(&job, err);
}

/* Whether a text follows another is asked, too. */
static bool pretrain_pairs(const char *folder, const Kernels *kernels, Error *err)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        "{\"objective\": \"masked-lm\", \"next_sentence\": true, \"tokens\": 150, \"batch\": 4,"
        " \"micro_batch\": 3, \"warmup_updates\": 3, \"checkpoints\": 2, \"save_every\": 2}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    *(SpecEntryChoice *)job.model = learner_rig_bert(0.1);
    job.kernels = kernels;
    return pretrain_run(&job, err);
}

static bool pretrain_parts(const char *folder, const Kernels *kernels, Error *err)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        "{\"tokens\": 200, \"batch\": 5, \"micro_batch\": 1, \"partial_sums\": 4,"
        " \"warmup_updates\": 3, \"save_every\": 2}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    job.kernels = kernels;
    return pretrain_run(&job, err);
}

/* Matrices are factored and vectors are not. */
static bool pretrain_adafactor(const char *folder, const Kernels *kernels, Error *err)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        "{\"tokens\": 200, \"batch\": 4, \"micro_batch\": 3, \"schedule\": \"inverse_sqrt\","
        " \"warmup_updates\": 3, \"learning_rate\": 0.1, \"save_every\": 2,"
        " \"adafactor\": {\"factor_from\": 4}}");
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    job.kernels = kernels;
    return pretrain_run(&job, err);
}

static bool finetune_with(const char *settings, const char *folder, const Kernels *kernels,
                          Error *err)
{
    Sequences set = learner_rig_sequences(DATASET_SIMILARITY, 9);
    FinetuneSpec spec = train_rig_finetune_spec(settings);
    FinetuneJob job = train_rig_finetune_job(&spec, &set, folder);
    job.kernels = kernels;
    return finetune_run(&job, err);
}

static bool finetune(const char *folder, const Kernels *kernels, Error *err)
{
    return finetune_with(
        "{\"epochs\": 4, \"batch\": 4, \"learning_rate\": 0.05, \"micro_batch_tokens\": 64}",
        folder, kernels, err);
}

static bool finetune_adafactor(const char *folder, const Kernels *kernels, Error *err)
{
    return finetune_with("{\"epochs\": 2, \"batch\": 4, \"learning_rate\": 0.05,"
                         " \"schedule\": \"warmup_constant\", \"warmup\": 0,"
                         " \"adafactor\": {\"factor_from\": 4}}",
                         folder, kernels, err);
}

static const Trial pretrain_trial = {"pretrain",
                                     pretrain,
                                     {"weights.safetensors", "curve.csv", "held_out.csv",
                                      "held_out_curve.csv", "checkpoint-0000005.safetensors",
                                      "checkpoint-0000012.safetensors", NULL}};
static const Trial masked_trial = {
    "masked",
    pretrain_masked,
    {"weights.safetensors", "curve.csv", "held_out.csv", "held_out_curve.csv", NULL}};
static const Trial pairs_trial = {
    "pairs",
    pretrain_pairs,
    {"weights.safetensors", "curve.csv", "held_out.csv", "held_out_curve.csv", NULL}};
static const Trial parts_trial = {
    "parts", pretrain_parts, {"weights.safetensors", "curve.csv", "held_out.csv", NULL}};
static const Trial finetune_trial = {
    "finetune", finetune, {"weights.safetensors", "curve.csv", "epochs.csv", NULL}};

static const Trial adafactor_trials[] = {
    {"pretrain, adafactor", pretrain_adafactor, {"weights.safetensors", "curve.csv", NULL}},
    {"finetune, adafactor", finetune_adafactor, {"weights.safetensors", "curve.csv", NULL}},
};

static void run_whole(const Trial *trial)
{
    Error err = {0};
    cr_assert(trial->run("whole", &kernels_fast, &err), "%s", err.text);
}

static void expect_same(const Trial *trial, const char *folder, long n)
{
    for (int i = 0; trial->files[i]; i++) {
        char a[256], b[256];
        snprintf(a, sizeof a, "whole/%s", trial->files[i]);
        snprintf(b, sizeof b, "%s/%s", folder, trial->files[i]);
        cr_expect(train_rig_same(a, b), "%s, cut off at %ld: %s differs", trial->name, n,
                  trial->files[i]);
    }
}

/* In a process of its own: stops at call number n (0: not). Its exit status, or -1 when it was
 * killed. */
static int run_apart(const Trial *trial, const char *folder, Stop *how, long n)
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        Error err = {0};
        Kernels kernels = counting_kernels();
        calls_left = n;
        stop = how;
        bool ok = trial->run(folder, &kernels, &err);
        _exit(ok ? 0 : err.kind == ERROR_INTERRUPTED ? 3 : 1);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Cut off once at every call in turn; `expected` is how such a run ends. */
static void cut_once_everywhere(const Trial *trial, Stop *how, int expected)
{
    run_whole(trial);
    for (long n = 1;; n++) {
        char folder[32];
        snprintf(folder, sizeof folder, "cut-%ld", n);
        int status = run_apart(trial, folder, how, n);
        if (status == 0) break; /* over before call number n */
        cr_expect_eq(status, expected, "%s, cut off at %ld: status %d", trial->name, n, status);
        cr_assert_eq(run_apart(trial, folder, how, 0), 0);
        expect_same(trial, folder, n);
        cr_assert_gt(n, 0);
    }
}

/* Cut off again and again, each time a little later than the work that a saved point already
 * spares. */
static void cut_often(const Trial *trial, Stop *how)
{
    run_whole(trial);
    int status = -1, n_cuts = 0;
    for (long n = 6; status != 0; n += 1 + n / 8, n_cuts++)
        status = run_apart(trial, "often", how, n);
    cr_expect_gt(n_cuts, 2);
    expect_same(trial, "often", n_cuts);
}

Test(resume, pretraining_asked_to_stop_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&pretrain_trial, interrupt_request, 3);
}

Test(resume, finetuning_asked_to_stop_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&finetune_trial, interrupt_request, 3);
}

Test(resume, pretraining_killed_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&pretrain_trial, kill_here, -1);
}

Test(resume, masked_pretraining_killed_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&masked_trial, kill_here, -1);
}

Test(resume, pretraining_on_pairs_killed_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&pairs_trial, kill_here, -1);
}

Test(resume, pretraining_by_partial_sums_killed_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&parts_trial, kill_here, -1);
}

Test(resume, finetuning_killed_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&finetune_trial, kill_here, -1);
}

Test(resume, pretraining_by_adafactor_killed_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&adafactor_trials[0], kill_here, -1);
}

Test(resume, finetuning_by_adafactor_killed_anywhere_ends_in_the_same_bits)
{
    cut_once_everywhere(&adafactor_trials[1], kill_here, -1);
}

/* It keeps no first moment, and says whose the second is. */
Test(resume, what_adafactor_goes_on_from_is_named_after_it)
{
    Error err = {0};
    cr_assert_eq(run_apart(&adafactor_trials[0], "run", kill_here, 20), -1);
    const char *point = scratch_folder_read("run/resume.safetensors");
    const char *header = point + 8; /* behind its length; text, and in it no byte that is 0 */
    cr_expect(strstr(header, "\"adafactor.v.block.0.mlp.widen.weight\""));
    cr_expect_not(strstr(header, "adam"));
    cr_expect(adafactor_trials[0].run("run", &kernels_fast, &err), "%s", err.text);
}

Test(resume, cut_off_again_and_again_it_still_ends_in_the_same_bits)
{
    cut_often(&pretrain_trial, kill_here);
    cut_often(&finetune_trial, kill_here);
}

/* --- a disk and a memory that refuse ---------------------------------------------------------- */

/* What the rig makes is made before anything is refused. */
static PretrainJob pretrain_job;
static FinetuneJob finetune_job;

static bool pretrain_prepared(const char *folder, const Kernels *kernels, Error *err)
{
    PretrainJob job = pretrain_job;
    job.folder = folder;
    job.kernels = kernels;
    return pretrain_run(&job, err);
}

static bool finetune_prepared(const char *folder, const Kernels *kernels, Error *err)
{
    FinetuneJob job = finetune_job;
    job.folder = folder;
    job.kernels = kernels;
    return finetune_run(&job, err);
}

static const Trial prepared[] = {
    {"pretrain",
     pretrain_prepared,
     {"weights.safetensors", "curve.csv", "held_out_curve.csv", NULL}},
    {"finetune", finetune_prepared, {"weights.safetensors", "curve.csv", "epochs.csv", NULL}},
};

static void prepare(void)
{
    static TokenFile tokens;
    static Sequences set;
    static PretrainSpec pretrain_spec;
    static FinetuneSpec finetune_spec;
    tokens = learner_rig_tokens();
    set = learner_rig_sequences(DATASET_SIMILARITY, 5);
    pretrain_spec = train_rig_pretrain_spec(
        "{\"tokens\": 100, \"batch\": 4, \"checkpoints\": 2, \"save_every\": 2}");
    finetune_spec = train_rig_finetune_spec("{\"epochs\": 2, \"batch\": 3}");
    pretrain_job = train_rig_pretrain_job(&pretrain_spec, &tokens, "p");
    finetune_job = train_rig_finetune_job(&finetune_spec, &set, "f");
}

/* Refuses the n-th request for every n, until a run gets through; then each must get through the
 * second time. `refuse` says from which on. */
static void refuse_everywhere(const Trial *trial, void (*refuse)(long n), const char *name)
{
    Error err = {0};
    char folder[512];
    snprintf(folder, sizeof folder, "%s", scratch_folder_path("whole"));
    cr_assert(file_make_folder(folder, &err) && trial->run(folder, &kernels_fast, &err), "%s",
              err.text);
    for (long n = 1;; n++) {
        char place[64];
        snprintf(place, sizeof place, "%s-%s-%ld", trial->name, name, n);
        snprintf(folder, sizeof folder, "%s", scratch_folder_path(place));
        cr_assert(file_make_folder(folder, &err), "%s", err.text);
        refuse(n);
        bool ok = trial->run(folder, &kernels_fast, &err);
        refuse(0);
        if (ok) break;
        cr_expect_eq(err.kind, ERROR_FAILED, "%s", err.text);
        cr_expect(strstr(err.text, "out of memory") || strstr(err.text, folder), "%s", err.text);
        err = (Error){0};
        cr_assert(trial->run(folder, &kernels_fast, &err), "%s, refused at %ld: %s", place, n,
                  err.text);
        expect_same(trial, place, n);
        cr_assert(file_remove_tree(folder, &err), "%s", err.text);
    }
}

Test(resume, a_run_refused_by_the_disk_anywhere_ends_in_the_same_bits)
{
    prepare();
    for (int i = 0; i < 2; i++) refuse_everywhere(&prepared[i], file_fail_at, "disk");
}

Test(resume, a_run_refused_memory_anywhere_ends_in_the_same_bits)
{
    prepare();
    for (int i = 0; i < 2; i++) refuse_everywhere(&prepared[i], arena_fail_at, "memory");
}

/* --- what was complete already ---------------------------------------------------------------- */

Test(resume, a_run_that_was_complete_is_not_begun_anew)
{
    run_whole(&pretrain_trial);
    run_whole(&finetune_trial); /* into the same folder, which then holds both */
    cr_expect_eq(run_apart(&pretrain_trial, "whole", kill_here, 1), 0);
    cr_expect_eq(run_apart(&finetune_trial, "whole", kill_here, 1), 0);
}

Test(resume, a_damaged_resume_point_says_how_to_begin_anew)
{
    Error err = {0};
    cr_assert_eq(run_apart(&pretrain_trial, "run", kill_here, 20), -1);
    scratch_folder_write("run/resume.safetensors", "not weights", 11);
    cr_expect_not(pretrain_trial.run("run", &kernels_fast, &err));
    cr_expect(strstr(err.text, "run/resume.safetensors to begin this stage anew"), "%s", err.text);
}

#endif

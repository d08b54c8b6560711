#include "train/finetune.h"

#include <assert.h>
#include <math.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "base/progress.h"
#include "model/weights.h"
#include "train/checkpoint.h"
#include "train/curve.h"
#include "train/objective.h"
#include "train/packer.h"
#include "train/score.h"

static const SpecField finetune_fields[] = {
    SPEC_INT(FinetuneSpec, epochs, 3, 1, 1000, "passes over the training set (GPT-1, 4.1: 3)"),
    SPEC_INT(FinetuneSpec, batch, 32, 1, 65536, "examples an update (GPT-1, 4.1: 32)"),
    SPEC_REAL(FinetuneSpec, learning_rate, 6.25e-5, 0.0, 1.0, "maximum (GPT-1, 4.1: 6.25e-5)"),
    SPEC_CHOICE(FinetuneSpec, schedule, schedule_words, SCHEDULE_WARMUP_LINEAR,
                "course of the learning rate"),
    SPEC_REAL(FinetuneSpec, warmup, 0.002, 0.0, 1.0, "share of the updates (GPT-1, 4.1: 0.2 %)"),
    SPEC_REAL(FinetuneSpec, lm_coefficient, 0.5, 0.0, 100.0,
              "lambda of the auxiliary language model (GPT-1, 3.2)"),
    SPEC_REAL(FinetuneSpec, classifier_dropout, 0.1, 0.0, 0.9,
              "drop probability before the head (GPT-1, 4.1)"),
    SPEC_INT_OR(FinetuneSpec, transfer_layers, "all", 64, 64, 0, 64,
                "blocks taken from pre-training, embeddings always; more than there are: all"),
    SPEC_BOOL(FinetuneSpec, freeze_transferred, false,
              "leave what was transferred as it is: neither gradient step nor decay; the rows of "
              "the special tokens and the head are new and always train"),
    SPEC_INT(FinetuneSpec, train_examples, 0, 0, 1e9,
             "train on at most this many examples, drawn by seed; 0: all"),
    SPEC_INT(FinetuneSpec, micro_batch_tokens, 2048, 64, 1e6,
             "tokens a pass; gradients are summed over passes"),
    SPEC_CHOICE(FinetuneSpec, regression, head_regression_words, HEAD_SOFT_BINS,
                "how numbers are predicted: shares of the integers of their range (Tai et al. "
                "2015), or directly"),
    SPEC_STRUCT(FinetuneSpec, adam, &optimizer_table, "optimizer"),
    SPEC_END,
};
const SpecTable finetune_table = {"finetune", sizeof(FinetuneSpec), finetune_fields, NULL};

/* One run in progress. */
typedef struct Run {
    const FinetuneJob *job;
    Arena *arena, *scratch;
    Learner learner;
    Packer packer;
    OptimizerPlan plan;
    Curve curve, epochs;
    uint32_t *subset, *order; /* [n]: which examples are trained on; their order in this epoch */
    int n;
    int64_t updates_an_epoch;
    Checkpoint at;
    const char *resume_path, *weights_path;
    const char *sums_path; /* written last: with it the run is complete */
    double begun;
} Run;

LearnerSetup finetune_setup(const SpecEntryChoice *model, const Kernels *kernels, int n_vocab,
                            const Head *head, const Sequences *const *sets, int n_sets, int rows,
                            bool training)
{
    PackerLimits limits = packer_limits(sets, n_sets, rows);
    return (LearnerSetup){
        .model = model,
        .kernels = kernels,
        .n_vocab = n_vocab,
        .max_rows = limits.rows,
        .max_sequences = limits.sequences,
        .max_examples = limits.examples,
        .head = head,
        .training = training,
    };
}

/* The examples that are trained on: all, or a random subset that depends on the seed alone. */
static bool choose_subset(Run *run, Error *err)
{
    const FinetuneJob *job = run->job;
    int64_t limit = job->spec->train_examples;
    int all = job->train->n;
    assert(all > 0 && job->validation->n > 0);
    run->subset = arena_alloc(run->arena, (size_t)all, sizeof(uint32_t), err);
    run->order = arena_alloc(run->arena, (size_t)all, sizeof(uint32_t), err);
    if (!run->subset || !run->order) return false;
    rng_permutation(run->subset, (uint32_t)all, rng_key(job->seed, RNG_SUBSET, 0));
    run->n = limit > 0 && limit < all ? (int)limit : all;
    return true;
}

/* A resumed run knows it from the spec again: nothing about it is stored. */
static void freeze(Run *run)
{
    const FinetuneJob *job = run->job;
    if (job->pretrained && job->spec->freeze_transferred)
        tensors_freeze(&run->learner.weights_table, (int)job->spec->transfer_layers,
                       (size_t)(job->n_vocab - N_SPECIAL_TOKENS));
}

static bool prepare_weights(Run *run, Error *err)
{
    const FinetuneJob *job = run->job;
    const TensorTable *table = &run->learner.weights_table;
    freeze(run);
    tensors_initialize(table, run->learner.weights, job->seed);
    if (file_exists(run->resume_path))
        return checkpoint_load(&run->at, run->resume_path, &run->learner, run->scratch, err) &&
               curve_resume(&run->curve, run->at.update, run->scratch, err) &&
               curve_resume(&run->epochs, run->at.update, run->scratch, err);
    if (!job->pretrained) return true;
    return weights_transfer(job->pretrained, table, run->learner.weights,
                            (int)job->spec->transfer_layers, run->scratch, err);
}

static bool prepare(Run *run, Error *err)
{
    const FinetuneJob *job = run->job;
    const FinetuneSpec *spec = job->spec;
    const Sequences *sets[] = {job->train, job->validation};
    LearnerSetup setup = finetune_setup(job->model, job->kernels, job->n_vocab, &job->head, sets, 2,
                                        (int)spec->micro_batch_tokens, true);
    if (!choose_subset(run, err) || !learner_create(&run->learner, &setup, run->arena, err) ||
        !packer_create(&run->packer, &run->learner, run->arena, err))
        return false;
    run->updates_an_epoch = (run->n + spec->batch - 1) / spec->batch;
    run->plan = (OptimizerPlan){
        .adam = spec->adam,
        .learning_rate = spec->learning_rate,
        .schedule = (Schedule)spec->schedule,
        .warmup = spec->warmup,
        .updates = spec->epochs * run->updates_an_epoch,
    };
    run->at.best_epoch = -1;
    return curve_begin(&run->curve, job->folder, "curve.csv",
                       "update,epoch,task_loss,lm_loss,learning_rate,gradient_norm\n", run->arena,
                       err) &&
           curve_begin(&run->epochs, job->folder, "epochs.csv",
                       "update,epoch,train_loss,validation_loss,validation_score\n", run->arena,
                       err) &&
           prepare_weights(run, err);
}

/* What to do, and the curve as it was, to look at. */
static bool diverged(const Run *run, Error *err)
{
    error_hint(err, "lower finetune.learning_rate");
    return curve_save(&run->curve, err) &&
           error_hint(err, "%s shows the way there", run->curve.path);
}

static int sequences_in(const Sequences *sequences, const uint32_t *index, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++)
        count += sequences->first[index[i] + 1] - sequences->first[index[i]];
    return count;
}

static bool one_update(Run *run, const uint32_t *index, int n, int64_t epoch,
                       ObjectiveLosses *losses, Error *err)
{
    const FinetuneJob *job = run->job;
    Learner *learner = &run->learner;
    Objective objective = {
        .lm_coefficient = job->spec->lm_coefficient,
        .classifier_dropout = job->spec->classifier_dropout,
        .n_examples = n,
        .n_sequences = sequences_in(job->train, index, n),
    };
    *losses = (ObjectiveLosses){0};
    learner_zero_gradients(learner);
    uint64_t step = (uint64_t)run->at.update << 16; /* and the number of the micro-batch */
    for (int done = 0; done < n; step++) {
        Batch batch;
        done += packer_fill(&run->packer, &batch, learner, job->train, index + done, n - done);
        objective.dropout_key = rng_key(job->seed, RNG_DROPOUT, step);
        objective.head_key = rng_key(job->seed, RNG_HEAD_DROPOUT, step);
        objective_run(losses, learner, &run->packer, &batch, &objective);
    }
    tensors_zero_frozen(&learner->weights_table, learner->gradients);
    OptimizerReport report =
        optimizer_step(&run->plan, run->at.update, job->kernels, &learner->weights_table,
                       learner->weights, learner->m, learner->v, learner->gradients);
    if (!isfinite(losses->task) || !isfinite(losses->language_model) ||
        !isfinite(report.gradient_norm)) {
        error_set(err, "the loss is not a finite number at update %lld (loss %g, gradient norm %g)",
                  (long long)run->at.update, losses->task, report.gradient_norm);
        return diverged(run, err);
    }
    bool ok = curve_row(&run->curve, err, "%lld,%lld,%.9g,%.9g,%.9g,%.9g",
                        (long long)run->at.update, (long long)epoch, losses->task,
                        losses->language_model, report.rate, report.gradient_norm);
    run->at.update++;
    return ok;
}

/* The score on validation data; a better one than every earlier epoch's keeps these weights. */
static bool validate(Run *run, int64_t epoch, Error *err)
{
    if (!learner_is_finite(&run->learner)) {
        error_set(err, "a weight is not a finite number after epoch %lld", (long long)epoch + 1);
        return diverged(run, err);
    }
    ArenaMark mark = arena_mark(run->scratch);
    Scores scores;
    if (!score_examples(&scores, &run->learner, &run->packer, run->job->validation, run->scratch,
                        err))
        return false;
    bool degenerate;
    double score = run->job->metric->compute(run->job->validation->truth, scores.predicted,
                                             scores.n, &degenerate);
    arena_reset(run->scratch, mark);
    if (!curve_row(&run->epochs, err, "%lld,%lld,%.9g,%.9g,%.9g", (long long)run->at.update - 1,
                   (long long)epoch, run->at.epoch_loss, scores.loss, score))
        return false;
    run->at.epoch_loss = 0;
    if (run->at.best_epoch >= 0 && score <= run->at.best) return true;
    run->at.best = score;
    run->at.best_epoch = epoch;
    WeightsBlock block = {"", run->learner.weights};
    return weights_save(run->weights_path, &run->learner.weights_table, &block, 1, NULL,
                        run->scratch, err);
}

/* An epoch, or what is left of one that was interrupted. */
static bool one_epoch(Run *run, Progress *progress, Error *err)
{
    int64_t epoch = run->epochs.n_rows, batch = run->job->spec->batch;
    int64_t updates_done = run->at.update - epoch * run->updates_an_epoch;
    rng_permutation(run->order, (uint32_t)run->n,
                    rng_key(run->job->seed, RNG_ORDER, (uint64_t)epoch));
    for (int i = 0; i < run->n; i++) run->order[i] = run->subset[run->order[i]];
    for (int64_t done = updates_done * batch; done < run->n; done += batch) {
        if (!interrupt_check(err)) return false;
        int n = run->n - done < batch ? (int)(run->n - done) : (int)batch;
        ObjectiveLosses losses;
        if (!one_update(run, run->order + done, n, epoch, &losses, err)) return false;
        run->at.epoch_loss += losses.task * n / run->n;
        progress_values(progress, "epoch %lld  loss %.4f", (long long)epoch + 1, losses.task);
        progress_report(progress, (double)(epoch * run->n + done + n));
    }
    return validate(run, epoch, err);
}

/* The resume point comes after the best weights and curves, so what it names is always there. */
static bool save_resume_point(Run *run, Error *err)
{
    run->at.seconds += clock_seconds() - run->begun;
    run->begun = clock_seconds();
    return curve_save(&run->curve, err) && curve_save(&run->epochs, err) &&
           checkpoint_save(run->resume_path, &run->learner, &run->at, run->scratch, err);
}

static bool train(Run *run, Error *err)
{
    int64_t epochs = run->job->spec->epochs;
    double done_before = (double)run->at.update / (double)run->updates_an_epoch * run->n;
    Progress progress;
    progress_begin(&progress, "examples", (double)(epochs * run->n), done_before, "fine-tuning %s",
                   run->job->title);
    while (run->epochs.n_rows < epochs)
        if (!one_epoch(run, &progress, err) || !save_resume_point(run, err)) return false;
    progress_end(&progress);
    return true;
}

static bool finish(Run *run, Error *err)
{
    Arena *arena = run->scratch;
    Json *sums = json_new_object(arena, err);
    return sums &&
           json_set(sums, "parameters",
                    json_new_integer((int64_t)run->learner.weights_table.n_parameters, arena, err),
                    err) &&
           json_set(sums, "train_examples", json_new_integer(run->n, arena, err), err) &&
           json_set(sums, "updates", json_new_integer(run->at.update, arena, err), err) &&
           json_set(sums, "best_epoch", json_new_integer(run->at.best_epoch, arena, err), err) &&
           json_set(sums, "validation_score", json_new_number(run->at.best, arena, err), err) &&
           json_set(sums, "sequences", json_new_integer(run->job->train->n_sequences, arena, err),
                    err) &&
           json_set(sums, "truncated_sequences",
                    json_new_integer(run->job->train->n_truncated, arena, err), err) &&
           json_set(sums, "seconds", json_new_number(run->at.seconds, arena, err), err) &&
           json_write_file(run->sums_path, sums, arena, err);
}

/* Interruptions are noticed between updates only, so where the run stands can always be saved. */
static bool prepare_and_train(Run *run, Error *err)
{
    if (!prepare(run, err)) return false;
    bool done = train(run, err) && finish(run, err);
    if (err->kind == ERROR_INTERRUPTED) return save_resume_point(run, err) && done;
    return done;
}

static bool name_files(Run *run, Error *err)
{
    const char *folder = run->job->folder;
    run->resume_path = file_join(run->arena, folder, "resume.safetensors", err);
    run->weights_path = file_join(run->arena, folder, "weights.safetensors", err);
    run->sums_path = file_join(run->arena, folder, "finetune.json", err);
    return run->resume_path && run->weights_path && run->sums_path;
}

bool finetune_run(const FinetuneJob *job, Error *err)
{
    Run run = {.job = job, .begun = clock_seconds()};
    run.arena = arena_create("fine-tuning", err);
    run.scratch = arena_create("fine-tuning scratch", err);
    bool ok = run.arena && run.scratch && name_files(&run, err) &&
              (file_exists(run.sums_path) || prepare_and_train(&run, err)) &&
              file_remove_tree(run.resume_path, err);
    arena_destroy(run.scratch);
    arena_destroy(run.arena);
    return ok;
}

#include "train/pretrain.h"

#include <math.h>

#include "base/clock.h"
#include "base/elementary.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "model/weights.h"
#include "train/checkpoint.h"
#include "train/curve.h"
#include "train/perplexity.h"
#include "train/pretrain_step.h"

static const SpecField pretrain_fields[] = {
    SPEC_INT(PretrainSpec, tokens, SPEC_REQUIRED, 1, 1e15, "tokens to train on, repeats counted"),
    SPEC_INT(PretrainSpec, batch, 64, 1, 65536, "sequences an update (GPT-1, 4.1: 64)"),
    SPEC_INT(PretrainSpec, micro_batch, 16, 1, 65536,
             "sequences a pass; gradients are summed over passes"),
    SPEC_REAL(PretrainSpec, learning_rate, 2.5e-4, 0.0, 1.0, "maximum (GPT-1, 4.1: 2.5e-4)"),
    SPEC_CHOICE(PretrainSpec, schedule, schedule_words, SCHEDULE_WARMUP_COSINE,
                "course of the learning rate"),
    SPEC_INT(PretrainSpec, warmup_updates, 2000, 0, 1e9,
             "updates of linear warm-up (GPT-1, 4.1: 2,000)"),
    SPEC_STRUCT(PretrainSpec, adam, &optimizer_table, "optimizer"),
    SPEC_INT(PretrainSpec, seed, 1, 0, 1e15, "of initial weights, order and dropout"),
    SPEC_INT(PretrainSpec, checkpoints, 1, 1, 1000,
             "weights kept: this many, evenly spaced, the last at the end"),
    {.name = "save_every",
     .type = SPEC_TYPE_INT,
     .offset = offsetof(PretrainSpec, save_every),
     .numerics_free = true,
     .default_number = 100,
     .minimum = 1,
     .maximum = 1e9,
     .help = "updates between resume points; changes no number"},
    SPEC_END,
};
const SpecTable pretrain_table = {"pretrain", sizeof(PretrainSpec), pretrain_fields, NULL};

/* One run in progress. */
typedef struct Run {
    const PretrainJob *job;
    Arena *arena, *scratch;
    PretrainStep step;
    Curve curve, perplexity;
    Checkpoint at; /* updates done, seconds */
    const char *resume_path,
        *sums_path; /* the sums are written last: with them the run is complete */
    double begun;
} Run;

int64_t pretrain_updates(const PretrainSpec *spec, int n_context)
{
    int64_t tokens_an_update = spec->batch * n_context;
    return (spec->tokens + tokens_an_update - 1) / tokens_an_update;
}

LearnerSetup pretrain_setup(const PretrainSpec *spec, const SpecEntryChoice *model,
                            const Kernels *kernels, int n_vocab)
{
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    int64_t sequences = spec->micro_batch < spec->batch ? spec->micro_batch : spec->batch;
    return (LearnerSetup){
        .model = model,
        .kernels = kernels,
        .n_vocab = n_vocab,
        .max_rows = (int)sequences * n_context,
        .max_sequences = (int)sequences,
        .training = true,
    };
}

static char *in_folder(Run *run, const char *name, Error *err)
{
    return file_join(run->arena, run->job->folder, name, err);
}

/* Begins anew, or takes up the run that the folder holds. The perplexity of the last update is left
 * out, because `train` measures it again where it is due. */
static bool resume(Run *run, Error *err)
{
    if (!file_exists(run->resume_path)) return true;
    return checkpoint_load(&run->at, run->resume_path, &run->step.learner, run->scratch, err) &&
           curve_resume(&run->curve, run->at.update, run->scratch, err) &&
           curve_resume(&run->perplexity, run->at.update - 1, run->scratch, err);
}

static bool prepare(Run *run, Error *err)
{
    const PretrainJob *job = run->job;
    return pretrain_step_create(&run->step, job, run->arena, err) &&
           curve_begin(&run->curve, job->folder, "curve.csv",
                       "update,tokens,loss,learning_rate,gradient_norm\n", run->arena, err) &&
           curve_begin(&run->perplexity, job->folder, "held_out_curve.csv",
                       "update,tokens,perplexity\n", run->arena, err) &&
           resume(run, err);
}

/* What to do, and the curve as it was, to look at. */
static bool diverged(const Run *run, Error *err)
{
    error_hint(err, "lower pretrain.learning_rate or lengthen pretrain.warmup_updates; "
                    "`--kernels plain` tells whether a fast kernel is at fault");
    return curve_save(&run->curve, err) &&
           error_hint(err, "%s shows the way there", run->curve.path);
}

/* Nothing is kept of a run that is lost: neither to go on from nor to sample from. */
static bool check_weights(const Run *run, Error *err)
{
    if (learner_is_finite(&run->step.learner)) return true;
    error_set(err, "a weight is not a finite number after update %lld",
              (long long)run->at.update - 1);
    return diverged(run, err);
}

static bool save_resume_point(Run *run, Error *err)
{
    if (!check_weights(run, err)) return false;
    run->at.seconds += clock_seconds() - run->begun;
    run->begun = clock_seconds();
    return curve_save(&run->curve, err) && curve_save(&run->perplexity, err) &&
           checkpoint_save(run->resume_path, &run->step.learner, &run->at, run->scratch, err);
}

/* Is a stated checkpoint due after the last update? They are evenly spaced, the last at the end. */
static bool checkpoint_due(const Run *run)
{
    int64_t n = run->job->spec->checkpoints, updates = run->step.plan.updates,
            done = run->at.update;
    return done > 0 && done * n / updates != (done - 1) * n / updates;
}

static bool measure(Run *run, PerplexityReport *report, Error *err)
{
    if (!perplexity_measure(report, &run->step.learner, run->job->tokens, run->job->held_out,
                            run->job->token_bytes, run->scratch, err))
        return false;
    if (report->n_tokens == 0) return true; /* nothing held out: no row */
    return curve_row(&run->perplexity, err, "%lld,%lld,%.9g", (long long)run->at.update - 1,
                     (long long)run->at.tokens, report->perplexity);
}

static bool save_weights(Run *run, const char *name, Error *err)
{
    char *path = in_folder(run, name, err);
    WeightsBlock block = {"", run->step.learner.weights};
    return path &&
           weights_save(path, &run->step.learner.weights_table, &block, 1, NULL, run->scratch, err);
}

static bool stated_checkpoint(Run *run, Error *err)
{
    ArenaMark mark = arena_mark(run->scratch);
    PerplexityReport report;
    char *name =
        arena_format(run->arena, err, "checkpoint-%07lld.safetensors", (long long)run->at.update);
    bool ok = name && check_weights(run, err) && measure(run, &report, err) &&
              save_weights(run, name, err);
    arena_reset(run->scratch, mark);
    return ok;
}

static bool one_update(Run *run, Progress *progress, Error *err)
{
    int64_t t = run->at.update;
    PretrainStepReport report = pretrain_step_run(&run->step, t);
    double norm = report.optimizer.gradient_norm, rate = report.optimizer.rate;
    if (!isfinite(report.loss) || !isfinite(norm)) {
        error_set(err, "the loss is not a finite number at update %lld (loss %g, gradient norm %g)",
                  (long long)t, report.loss, norm);
        return diverged(run, err);
    }
    run->at.update = t + 1;
    run->at.tokens += (int64_t)report.n_positions;
    progress_values(progress, "loss %.4f  rate %.2e", report.loss, rate);
    progress_report(progress, (double)run->at.tokens);
    return curve_row(&run->curve, err, "%lld,%lld,%.9g,%.9g,%.9g", (long long)t,
                     (long long)run->at.tokens, report.loss, rate, norm);
}

/* A run that was stopped while it took a checkpoint has the update but not the checkpoint, so
 * what is due is looked at before the next update, not after the last. */
static bool train(Run *run, Error *err)
{
    int64_t an_update = run->job->spec->batch * run->step.learner.shape.n_context;
    Progress progress;
    progress_begin(&progress, "tokens", (double)(run->step.plan.updates * an_update),
                   (double)run->at.tokens, "pre-training %s",
                   run->step.learner.architecture->entry.name);
    for (;;) {
        if (checkpoint_due(run) && !stated_checkpoint(run, err)) return false;
        if (run->at.update >= run->step.plan.updates) break;
        if (!interrupt_check(err) || !one_update(run, &progress, err)) return false;
        if (run->at.update % run->job->spec->save_every == 0 && !save_resume_point(run, err))
            return false;
    }
    progress_end(&progress);
    return true;
}

static bool write_held_out(Run *run, const PerplexityReport *report, Error *err)
{
    Curve table;
    if (!curve_begin(&table, run->job->folder, "held_out.csv", "document,tokens,loss,perplexity\n",
                     run->arena, err))
        return false;
    for (size_t d = 0; d < report->n; d++) {
        const DocumentScore *document = &report->documents[d];
        double mean = document->n_tokens ? document->loss / (double)document->n_tokens : 0.0;
        char *name = curve_quote(document->name, run->scratch, err);
        if (!name || !curve_row(&table, err, "%s,%zu,%.9g,%.9g", name, document->n_tokens,
                                document->loss, elementary_exp64(mean)))
            return false;
    }
    return curve_save(&table, err);
}

static bool write_sums(Run *run, const PerplexityReport *report, Error *err)
{
    Arena *arena = run->scratch;
    Json *sums = json_new_object(arena, err);
    run->at.seconds += clock_seconds() - run->begun;
    return sums &&
           json_set(
               sums, "parameters",
               json_new_integer((int64_t)run->step.learner.weights_table.n_parameters, arena, err),
               err) &&
           json_set(sums, "updates", json_new_integer(run->step.plan.updates, arena, err), err) &&
           json_set(sums, "tokens", json_new_integer(run->at.tokens, arena, err), err) &&
           json_set(sums, "corpus_tokens",
                    json_new_integer((int64_t)run->step.windows.n_positions, arena, err), err) &&
           json_set(sums, "held_out_tokens",
                    json_new_integer((int64_t)report->n_tokens, arena, err), err) &&
           json_set(sums, "held_out_bits_per_byte",
                    json_new_number(report->bits_per_byte, arena, err), err) &&
           json_set(sums, "held_out_perplexity", json_new_number(report->perplexity, arena, err),
                    err) &&
           json_set(sums, "seconds", json_new_number(run->at.seconds, arena, err), err) &&
           json_write_file(run->sums_path, sums, arena, err);
}

/* The final scores by document, the weights, and last the sums. */
static bool finish(Run *run, Error *err)
{
    PerplexityReport report;
    return perplexity_measure(&report, &run->step.learner, run->job->tokens, run->job->held_out,
                              run->job->token_bytes, run->scratch, err) &&
           curve_save(&run->curve, err) && curve_save(&run->perplexity, err) &&
           write_held_out(run, &report, err) && save_weights(run, "weights.safetensors", err) &&
           write_sums(run, &report, err);
}

/* Interruptions are noticed between updates only, so where the run stands can always be saved. */
static bool prepare_and_train(Run *run, Error *err)
{
    if (!prepare(run, err)) return false;
    bool done = train(run, err) && finish(run, err);
    if (err->kind == ERROR_INTERRUPTED) return save_resume_point(run, err) && done;
    return done;
}

bool pretrain_run(const PretrainJob *job, Error *err)
{
    Run run = {.job = job, .begun = clock_seconds()};
    run.arena = arena_create("pre-training", err);
    run.scratch = arena_create("pre-training scratch", err);
    bool ok = run.arena && run.scratch &&
              (run.resume_path = in_folder(&run, "resume.safetensors", err)) &&
              (run.sums_path = in_folder(&run, "pretrain.json", err)) &&
              (file_exists(run.sums_path) || prepare_and_train(&run, err)) &&
              file_remove_tree(run.resume_path, err);
    arena_destroy(run.scratch);
    arena_destroy(run.arena);
    return ok;
}

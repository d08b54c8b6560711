#include "train/pretrain_run.h"

#include <stdio.h>

#include "measure/perplexity.h"
#include "train/held_out_file.h"
#include "train/milestones.h"
#include "train/pretrain_step.h"
#include "train/training.h"

typedef struct Run {
    const PretrainJob *job;
    PretrainStep step;
} Run;

static bool prepare(Training *training, Error *err)
{
    Run *run = training->state;
    PretrainStep *step = &run->step;
    if (!pretrain_step_create(step, run->job, training->arena, err)) return false;
    training->learner = &step->learner;
    training->plan = &step->plan;
    training->save_every = run->job->spec->save_every;
    training->total =
        (double)(step->plan.updates * run->job->spec->batch * step->learner.shape.n_context);
    training->title = arena_format(training->arena, err, "pre-training %s",
                                   step->learner.architecture->entry.name);
    return training->title != NULL;
}

static bool update(UpdateReport *report, Training *training, Error *err)
{
    Run *run = training->state;
    return pretrain_step_run(report, &run->step, training->at.update, err);
}

static bool record(Training *training, const UpdateReport *report, Error *err)
{
    Run *run = training->state;
    const double loss = report->losses.main, rate = report->optimizer.rate;
    training->at.tokens += (int64_t)run->step.n_positions;
    progress_losses(&training->progress, loss, rate);
    char pairs[32] = "";
    if (run->job->spec->next_sentence)
        snprintf(pairs, sizeof pairs, ",%.9g", report->losses.auxiliary);
    return curve_row(&training->curve, err, "%lld,%lld,%.9g,%.9g,%.9g%s",
                     (long long)training->at.update - 1, (long long)training->at.tokens, loss, rate,
                     report->optimizer.gradient_norm, pairs);
}

static double done(const Training *training)
{
    return (double)training->at.tokens;
}

static bool measure(Training *training, PerplexityReport *report, Error *err)
{
    const Run *run = training->state;
    const PretrainJob *job = run->job;
    return perplexity_measure(report, training->learner, &run->step.pack.question, job->tokens,
                              job->held_out, job->token_bytes, training->scratch, err);
}

/* Is a stated checkpoint due after the last update? They are evenly spaced, the last at the end. */
static bool checkpoint_due(const Training *training)
{
    const Run *run = training->state;
    int64_t n = run->job->spec->checkpoints, updates = training->plan->updates,
            finished = training->at.update;
    return finished > 0 && finished * n / updates != (finished - 1) * n / updates;
}

static bool due(Training *training, Error *err)
{
    if (!checkpoint_due(training)) return true;
    PerplexityReport report;
    char *name = milestones_file(training->at.update, training->scratch, err);
    if (!name || !measure(training, &report, err)) return false;
    if (report.n_tokens > 0 && /* else nothing is held out: no row */
        !curve_row(&training->measures, err, "%lld,%lld,%.9g", (long long)training->at.update - 1,
                   (long long)training->at.tokens, report.perplexity))
        return false;
    return training_save_weights(training, name, err);
}

static const SpecField sums_fields[] = {
    SPEC_INT(PretrainSums, parameters, SPEC_REQUIRED, 1, 0x1p53, "of the model"),
    SPEC_INT(PretrainSums, updates, SPEC_REQUIRED, 0, 0x1p53,
             "made; 0: the weights are published ones"),
    SPEC_INT(PretrainSums, tokens, SPEC_REQUIRED, 0, 0x1p53, "trained on"),
    SPEC_INT(PretrainSums, corpus_tokens, SPEC_REQUIRED, 0, 0x1p53, "that may be trained on"),
    SPEC_INT(PretrainSums, held_out_tokens, SPEC_REQUIRED, 0, 0x1p53, "scored"),
    SPEC_REAL(PretrainSums, held_out_bits_per_byte, SPEC_REQUIRED, 0, 1e300, "of those"),
    SPEC_REAL(PretrainSums, held_out_perplexity, SPEC_REQUIRED, 0, 1e300, "of those"),
    SPEC_REAL(PretrainSums, seconds, SPEC_REQUIRED, 0, 1e300, "that it took"),
    SPEC_END,
};
const SpecTable pretrain_run_sums_table = {"sums of a pre-training", sizeof(PretrainSums),
                                           sums_fields, NULL};

/* The final scores by document, and the weights. */
static Json *finish(Training *training, Error *err)
{
    const Run *run = training->state;
    PerplexityReport report;
    if (!measure(training, &report, err) ||
        !held_out_file_write(&report, training->folder, training->arena, err) ||
        !training_save_weights(training, TRAINING_WEIGHTS_FILE, err))
        return NULL;
    const PretrainSums sums = {
        .parameters = (int64_t)training->learner->weights_table.n_parameters,
        .updates = training->at.update,
        .tokens = training->at.tokens,
        .corpus_tokens = (int64_t)run->step.windows.n_positions,
        .held_out_tokens = (int64_t)report.n_tokens,
        .held_out_bits_per_byte = report.bits_per_byte,
        .held_out_perplexity = report.perplexity,
        .seconds = training_seconds(training),
    };
    return spec_write(&sums, &pretrain_run_sums_table, true, training->scratch, err);
}

#define CURVE_HEADER PRETRAIN_CURVE_COLUMNS ",learning_rate,gradient_norm"

static const TrainingKind kind = {
    .name = "pre-training",
    .unit = "tokens",
    .sums_name = PRETRAIN_SUMS_FILE,
    .curve_header = CURVE_HEADER "\n",
    .measures_name = PRETRAIN_HELD_OUT_CURVE_FILE,
    .measures_header = PRETRAIN_HELD_OUT_CURVE_COLUMNS "\n",
    .remedy = "lower pretrain.learning_rate or lengthen pretrain.warmup_updates; "
              "`--kernels plain` tells whether a fast kernel is at fault",
    .prepare = prepare,
    .update = update,
    .record = record,
    .due = due,
    .done = done,
    .finish = finish,
};

bool pretrain_run(const PretrainJob *job, Error *err)
{
    Run run = {.job = job};
    TrainingKind told = kind;
    if (job->spec->next_sentence) told.curve_header = CURVE_HEADER ",next_sentence_loss\n";
    return training_run(&told, &run, job->folder, err);
}

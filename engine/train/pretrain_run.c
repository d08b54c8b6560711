#include "train/pretrain_run.h"

#include "base/csv.h"
#include "base/elementary.h"
#include "measure/perplexity.h"
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

static UpdateReport update(Training *training)
{
    Run *run = training->state;
    return pretrain_step_run(&run->step, training->at.update);
}

static bool record(Training *training, const UpdateReport *report, Error *err)
{
    Run *run = training->state;
    const double loss = report->losses.main, rate = report->optimizer.rate;
    training->at.tokens += (int64_t)run->step.n_positions;
    progress_values(&training->progress, "loss %.4f  rate %.2e", loss, rate);
    return curve_row(&training->curve, err, "%lld,%lld,%.9g,%.9g,%.9g",
                     (long long)training->at.update - 1, (long long)training->at.tokens, loss, rate,
                     report->optimizer.gradient_norm);
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
    char *name = arena_format(training->scratch, err, "checkpoint-%07lld.safetensors",
                              (long long)training->at.update);
    if (!name || !measure(training, &report, err)) return false;
    if (report.n_tokens > 0 && /* else nothing is held out: no row */
        !curve_row(&training->measures, err, "%lld,%lld,%.9g", (long long)training->at.update - 1,
                   (long long)training->at.tokens, report.perplexity))
        return false;
    return training_save_weights(training, name, err);
}

static bool write_held_out(const Training *training, const PerplexityReport *report, Error *err)
{
    Curve table;
    if (!curve_begin(&table, training->folder, "held_out.csv", "document,tokens,loss,perplexity\n",
                     training->arena, err))
        return false;
    for (size_t d = 0; d < report->n; d++) {
        const DocumentScore *document = &report->documents[d];
        double mean = document->n_tokens ? document->loss / (double)document->n_tokens : 0.0;
        Buffer name = buffer_create(training->scratch);
        if (!csv_quoted(&name, document->name, err) ||
            !curve_row(&table, err, "%s%zu,%.9g,%.9g", name.data, document->n_tokens,
                       document->loss, elementary_exp64(mean)))
            return false;
    }
    return curve_save(&table, err);
}

/* The final scores by document, and the weights. */
static bool finish(Training *training, Json *sums, Error *err)
{
    Arena *arena = training->scratch;
    const Run *run = training->state;
    PerplexityReport report;
    return measure(training, &report, err) && write_held_out(training, &report, err) &&
           training_save_weights(training, "weights.safetensors", err) &&
           json_set(sums, "tokens", json_new_integer(training->at.tokens, arena, err), err) &&
           json_set(sums, "corpus_tokens",
                    json_new_integer((int64_t)run->step.windows.n_positions, arena, err), err) &&
           json_set(sums, "held_out_tokens", json_new_integer((int64_t)report.n_tokens, arena, err),
                    err) &&
           json_set(sums, "held_out_bits_per_byte",
                    json_new_number(report.bits_per_byte, arena, err), err) &&
           json_set(sums, "held_out_perplexity", json_new_number(report.perplexity, arena, err),
                    err);
}

static const TrainingKind kind = {
    .name = "pre-training",
    .unit = "tokens",
    .sums_name = "pretrain.json",
    .curve_header = "update,tokens,loss,learning_rate,gradient_norm\n",
    .measures_name = "held_out_curve.csv",
    .measures_header = "update,tokens,perplexity\n",
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
    return training_run(&kind, &run, job->folder, err);
}

#include "train/finetune_run.h"

#include "measure/score.h"
#include "model/weights.h"
#include "train/finetune_step.h"
#include "train/training.h"

typedef struct Run {
    const FinetuneJob *job;
    FinetuneStep step;
} Run;

static bool prepare(Training *training, Error *err)
{
    Run *run = training->state;
    FinetuneStep *step = &run->step;
    if (!finetune_step_create(step, run->job, training->arena, err)) return false;
    training->learner = &step->learner;
    training->plan = &step->plan;
    training->save_every = step->updates_an_epoch;
    training->total = (double)finetune_step_examples(step, step->plan.updates);
    training->title = arena_format(training->arena, err, "fine-tuning %s", run->job->title);
    training->at.best_epoch = -1;
    return training->title != NULL;
}

static bool begin(Training *training, Error *err)
{
    const Run *run = training->state;
    if (!run->job->pretrained) return true;
    return weights_transfer(run->job->pretrained, &training->learner->weights_table,
                            training->learner->weights, (int)run->job->spec->transfer_layers,
                            training->scratch, err);
}

static UpdateReport update(Training *training)
{
    Run *run = training->state;
    return finetune_step_run(&run->step, training->at.update);
}

static bool record(Training *training, const UpdateReport *report, Error *err)
{
    const Run *run = training->state;
    const int64_t t = training->at.update - 1, epoch = finetune_step_epoch(&run->step, t);
    const UpdateLosses *losses = &report->losses;
    if (t % run->step.updates_an_epoch == 0) training->at.epoch_loss = 0;
    training->at.epoch_loss += losses->main * run->step.n_examples / run->step.n;
    progress_values(&training->progress, "epoch %lld  loss %.4f", (long long)epoch + 1,
                    losses->main);
    return curve_row(&training->curve, err, "%lld,%lld,%.9g,%.9g,%.9g,%.9g", (long long)t,
                     (long long)epoch, losses->main, losses->auxiliary, report->optimizer.rate,
                     report->optimizer.gradient_norm);
}

static double done(const Training *training)
{
    const Run *run = training->state;
    return (double)finetune_step_examples(&run->step, training->at.update);
}

/* The score on validation data, and the loss. */
static bool score(double *score, double *loss, const Training *training, Error *err)
{
    Run *run = training->state;
    const Sequences *validation = run->job->validation;
    Scores scores;
    bool degenerate;
    if (!score_examples(&scores, training->learner, &run->step.packer, validation,
                        training->scratch, err))
        return false;
    *loss = scores.loss;
    return metric_measure(score, &degenerate, run->job->metric, validation->truth, scores.predicted,
                          scores.n, err);
}

/* After an epoch; a better score than every earlier epoch's keeps these weights. */
static bool due(Training *training, Error *err)
{
    const Run *run = training->state;
    Checkpoint *at = &training->at;
    if (at->update == 0 || at->update % run->step.updates_an_epoch != 0) return true;
    const int64_t epoch = finetune_step_epoch(&run->step, at->update - 1);
    double value, loss;
    if (!score(&value, &loss, training, err) ||
        !curve_row(&training->measures, err, "%lld,%lld,%.9g,%.9g,%.9g", (long long)at->update - 1,
                   (long long)epoch, at->epoch_loss, loss, value))
        return false;
    if (at->best_epoch >= 0 && value <= at->best) return true;
    at->best = value;
    at->best_epoch = epoch;
    return training_save_weights(training, "weights.safetensors", err);
}

static bool finish(Training *training, Json *sums, Error *err)
{
    Arena *arena = training->scratch;
    const Run *run = training->state;
    const Sequences *train = run->job->train;
    return json_set(sums, "train_examples", json_new_integer(run->step.n, arena, err), err) &&
           json_set(sums, "best_epoch", json_new_integer(training->at.best_epoch, arena, err),
                    err) &&
           json_set(sums, "validation_score", json_new_number(training->at.best, arena, err),
                    err) &&
           json_set(sums, "sequences", json_new_integer(train->n_sequences, arena, err), err) &&
           json_set(sums, "truncated_sequences", json_new_integer(train->n_truncated, arena, err),
                    err);
}

static const TrainingKind kind = {
    .name = "fine-tuning",
    .unit = "examples",
    .sums_name = "finetune.json",
    .curve_header = "update,epoch,task_loss,lm_loss,learning_rate,gradient_norm\n",
    .measures_name = "epochs.csv",
    .measures_header = "update,epoch,train_loss,validation_loss,validation_score\n",
    .remedy = "lower finetune.learning_rate",
    .prepare = prepare,
    .begin = begin,
    .update = update,
    .record = record,
    .due = due,
    .done = done,
    .finish = finish,
};

bool finetune_run(const FinetuneJob *job, Error *err)
{
    Run run = {.job = job};
    return training_run(&kind, &run, job->folder, err);
}

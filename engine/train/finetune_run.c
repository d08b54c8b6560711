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

static bool update(UpdateReport *report, Training *training, Error *err)
{
    Run *run = training->state;
    return finetune_step_run(report, &run->step, training->at.update, err);
}

static bool record(Training *training, const UpdateReport *report, Error *err)
{
    const Run *run = training->state;
    const int64_t t = training->at.update - 1, epoch = finetune_step_epoch(&run->step, t);
    const UpdateLosses *losses = &report->losses;
    if (t % run->step.updates_an_epoch == 0) training->at.epoch_loss = 0;
    training->at.epoch_loss += losses->main * run->step.n_examples / run->step.n;
    progress_note(&training->progress, "epoch %lld", (long long)epoch + 1);
    progress_losses(&training->progress, losses->main, report->optimizer.rate);
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
    return training_save_weights(training, TRAINING_WEIGHTS_FILE, err);
}

static const SpecField sums_fields[] = {
    SPEC_INT(FinetuneSums, parameters, SPEC_REQUIRED, 1, 0x1p53, "of the model"),
    SPEC_INT(FinetuneSums, updates, SPEC_REQUIRED, 1, 0x1p53, "made"),
    SPEC_INT(FinetuneSums, train_examples, SPEC_REQUIRED, 1, 0x1p31, "trained on"),
    SPEC_INT(FinetuneSums, best_epoch, SPEC_REQUIRED, 0, 0x1p31, "whose weights were kept, from 0"),
    SPEC_REAL(FinetuneSums, validation_score, SPEC_REQUIRED, -1e300, 1e300, "of those"),
    SPEC_INT(FinetuneSums, sequences, SPEC_REQUIRED, 1, 0x1p31, "of the training split"),
    SPEC_INT(FinetuneSums, truncated_sequences, SPEC_REQUIRED, 0, 0x1p31, "that lost tokens"),
    SPEC_REAL(FinetuneSums, seconds, SPEC_REQUIRED, 0, 1e300, "that it took"),
    SPEC_END,
};
const SpecTable finetune_run_sums_table = {"sums of a fine-tuning", sizeof(FinetuneSums),
                                           sums_fields, NULL};

static Json *finish(Training *training, Error *err)
{
    const Run *run = training->state;
    const FinetuneSums sums = {
        .parameters = (int64_t)training->learner->weights_table.n_parameters,
        .updates = training->at.update,
        .train_examples = run->step.n,
        .best_epoch = training->at.best_epoch,
        .validation_score = training->at.best,
        .sequences = run->job->train->n_sequences,
        .truncated_sequences = run->job->train->n_truncated,
        .seconds = training_seconds(training),
    };
    return spec_write(&sums, &finetune_run_sums_table, true, training->scratch, err);
}

static const TrainingKind kind = {
    .name = "fine-tuning",
    .unit = "examples",
    .sums_name = FINETUNE_SUMS_FILE,
    .curve_header = FINETUNE_CURVE_COLUMNS ",learning_rate,gradient_norm\n",
    .measures_name = FINETUNE_EPOCHS_FILE,
    .measures_header = FINETUNE_EPOCHS_COLUMNS "\n",
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

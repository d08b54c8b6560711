#include "report/version/version_curves.h"

#include "train/series.h"
#include "train/finetune_run.h"
#include "train/pretrain_run.h"
#include "train/training.h"

/* Of a curve, at most; and of all curves of one measure of fine-tuning together, so that many runs do not make
 * a large file. */
enum { PRETRAINING_POINTS = 200, FINETUNING_POINTS = 50, FEWEST_POINTS = 8, ALL_POINTS = 2500 };

/* What one curve is drawn from: places of columns; tokens may be -1. */
typedef struct Columns {
    CurvesMeasure measure;
    int update, tokens, value;
} Columns;

/* Rows of a series as at most `max_points` points, each the mean of a window of rows. `point` says what they
 * have in common. Updates are counted from 0 in the files: done are one more. */
static bool add_series(Curves *curves, const Series *series, CurvePoint point,
                       const Columns *columns, double updates_an_epoch, size_t max_points,
                       Arena *arena, Error *err)
{
    size_t window = (series->n_rows + max_points - 1) / max_points;
    for (size_t begin = 0; begin < series->n_rows; begin += window) {
        size_t end = series->n_rows - begin < window ? series->n_rows : begin + window;
        point.measure = columns->measure;
        point.update = series_mean(series, begin, end, columns->update) + 1;
        if (columns->tokens >= 0) point.tokens = series_mean(series, begin, end, columns->tokens);
        if (updates_an_epoch > 0) point.epoch = point.update / updates_an_epoch;
        point.value = series_mean(series, begin, end, columns->value);
        if (!curves_add(curves, point, arena, err)) return false;
    }
    return true;
}

static bool read_pretraining(Curves *curves, const OutcomePretrain *pretrain, int cell,
                             Arena *arena, Error *err)
{
    static const Columns of_loss = {CURVES_PRETRAINING_LOSS, PRETRAIN_CURVE_UPDATE,
                                    PRETRAIN_CURVE_TOKENS, PRETRAIN_CURVE_LOSS},
                         of_perplexity = {
                             CURVES_HELD_OUT_PERPLEXITY, PRETRAIN_HELD_OUT_CURVE_UPDATE,
                             PRETRAIN_HELD_OUT_CURVE_TOKENS, PRETRAIN_HELD_OUT_CURVE_PERPLEXITY};
    Series loss, held_out;
    const CurvePoint point = {.cell = cell, .task = -1};
    if (pretrain->updates == 0) return true; /* published weights have no course */
    return series_read(&loss, pretrain->folder, TRAINING_CURVE_FILE, PRETRAIN_CURVE_COLUMNS, arena,
                       err) &&
           series_read(&held_out, pretrain->folder, PRETRAIN_HELD_OUT_CURVE_FILE,
                       PRETRAIN_HELD_OUT_CURVE_COLUMNS, arena, err) &&
           add_series(curves, &loss, point, &of_loss, 0, PRETRAINING_POINTS, arena, err) &&
           add_series(curves, &held_out, point, &of_perplexity, 0, PRETRAINING_POINTS, arena, err);
}

static bool read_finetuning(Curves *curves, const OutcomeRun *run, size_t max_points, Arena *arena,
                            Error *err)
{
    static const Columns steps[] = {
        {CURVES_TASK_LOSS, FINETUNE_CURVE_UPDATE, -1, FINETUNE_CURVE_TASK_LOSS},
        {CURVES_LM_LOSS, FINETUNE_CURVE_UPDATE, -1, FINETUNE_CURVE_LM_LOSS}};
    static const Columns ends[] = {
        {CURVES_VALIDATION_LOSS, FINETUNE_EPOCHS_UPDATE, -1, FINETUNE_EPOCHS_VALIDATION_LOSS},
        {CURVES_VALIDATION_SCORE, FINETUNE_EPOCHS_UPDATE, -1, FINETUNE_EPOCHS_VALIDATION_SCORE}};
    Series loss, epochs;
    if (!series_read(&loss, run->finetune_folder, TRAINING_CURVE_FILE, FINETUNE_CURVE_COLUMNS,
                     arena, err) ||
        !series_read(&epochs, run->finetune_folder, FINETUNE_EPOCHS_FILE, FINETUNE_EPOCHS_COLUMNS,
                     arena, err))
        return false;
    double updates_an_epoch = epochs.n_rows ? (double)loss.n_rows / (double)epochs.n_rows : 0;
    const CurvePoint point = {.cell = run->cell, .task = run->task, .seed = run->seed};
    for (int i = 0; i < 2; i++)
        if (!add_series(curves, &loss, point, &steps[i], updates_an_epoch, max_points, arena, err))
            return false;
    for (int i = 0; i < 2; i++)
        if (!add_series(curves, &epochs, point, &ends[i], updates_an_epoch, FINETUNING_POINTS,
                        arena, err))
            return false;
    return true;
}

bool version_curves(Curves *curves, const Outcome *outcome, const Numbers *numbers, Arena *arena,
                    Error *err)
{
    *curves = (Curves){0};
    for (int c = 0; c < outcome->n_cells; c++)
        if (numbers_first_cell(numbers, c) == c &&
            !read_pretraining(curves, &outcome->pretrains[c], c, arena, err))
            return false;
    size_t max_points = outcome->n_runs > 0 ? ALL_POINTS / (size_t)outcome->n_runs : 0;
    if (max_points > FINETUNING_POINTS) max_points = FINETUNING_POINTS;
    if (max_points < FEWEST_POINTS) max_points = FEWEST_POINTS;
    for (int r = 0; r < outcome->n_runs; r++)
        if (!read_finetuning(curves, &outcome->runs[r], max_points, arena, err)) return false;
    return true;
}

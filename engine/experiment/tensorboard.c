#include "experiment/tensorboard.h"

#include "base/escape.h"
#include "base/file.h"
#include "experiment/event_file.h"
#include "experiment/plan_check.h"
#include "experiment/selection.h"
#include "question/experiment_asked.h"
#include "stages/stage_finetune.h"
#include "stages/stage_pretrain.h"
#include "train/series.h"
#include "train/training.h"

/* Readers know event files by a part of their names. */
#define EVENTS_FILE "events.out.tfevents.0.reprise"

/* A curve in a training's folder, and what stands before the names of its columns; update and how far that is come
 * first. */
typedef struct Course {
    const char *file, *columns, *prefix;
} Course;
enum { N_COURSES = 2, FIRST_VALUE = 2 };

static const Course pretraining[N_COURSES] = {
    {TRAINING_CURVE_FILE, PRETRAIN_CURVE_COLUMNS, "pretrain"},
    {PRETRAIN_HELD_OUT_CURVE_FILE, PRETRAIN_HELD_OUT_CURVE_COLUMNS, "held_out"},
};
static const Course finetuning[N_COURSES] = {
    {TRAINING_CURVE_FILE, FINETUNE_CURVE_COLUMNS, "finetune"},
    {FINETUNE_EPOCHS_FILE, FINETUNE_EPOCHS_COLUMNS, "epoch"},
};

static bool add_course(EventFile *events, const Series *series, const char *prefix,
                       double update_seconds, Arena *arena, Error *err)
{
    for (size_t column = FIRST_VALUE; column < series->n_columns; column++) {
        const char *tag = arena_format(arena, err, "%s/%s", prefix, series->column[column]);
        if (!tag) return false;
        for (size_t row = 0; row < series->n_rows; row++) {
            const double updates = series_value(series, row, 0) + 1; /* counted from 0 */
            if (!event_file_add(events, update_seconds * updates, (int64_t)updates, tag,
                                (float)series_value(series, row, (int)column), err))
                return false;
        }
    }
    return true;
}

static bool write_events(const char *path, const Stage *stage, const Course *courses,
                         double update_seconds, Arena *arena, Error *err)
{
    EventFile events = event_file_create(arena);
    if (!event_file_begin(&events, err)) return false;
    for (int i = 0; i < N_COURSES; i++) {
        Series series;
        if (!series_read(&series, stage->folder, courses[i].file, courses[i].columns, arena, err) ||
            !add_course(&events, &series, courses[i].prefix, update_seconds, arena, err))
            return false;
    }
    return file_write(path, events.bytes.data, events.bytes.size, err);
}

/* Published weights have no course. */
static bool write_pretraining(TensorboardWritten *written, const char *path, const Stage *stage,
                              Arena *arena, Error *err)
{
    PretrainSums sums;
    if (!stage_pretrain_read(&sums, stage, arena, err)) return false;
    written->n += sums.updates > 0;
    return sums.updates == 0 ||
           write_events(path, stage, pretraining, sums.seconds / (double)sums.updates, arena, err);
}

static bool write_finetuning(TensorboardWritten *written, const char *path, const Stage *stage,
                             Arena *arena, Error *err)
{
    FinetuneSums sums;
    if (!stage_finetune_read(&sums, stage, arena, err)) return false;
    written->n++;
    return write_events(path, stage, finetuning, sums.seconds / (double)sums.updates, arena, err);
}

typedef bool Write(TensorboardWritten *written, const char *path, const Stage *stage, Arena *arena,
                   Error *err);

/* stage NULL: its candidate is not chosen yet. */
static bool write_training(TensorboardWritten *written, Write *write, const Plan *plan,
                           const Stage *stage, const char *folder, Arena *arena, Error *err)
{
    if (!stage || !stage->done) {
        written->n_missing++;
        return true;
    }
    const ArenaMark mark = arena_mark(arena);
    const char *path = file_join(arena, folder, EVENTS_FILE, err);
    const bool ok =
        path && plan_check_stage(plan, stage, err) && write(written, path, stage, arena, err);
    arena_reset(arena, mark);
    return ok || error_wrap(err, "exporting %s", stage->title);
}

static char *subfolder(const char *folder, const char *name, Arena *arena, Error *err)
{
    Buffer safe = buffer_create(arena);
    return escape_file_name(&safe, name, err) ? file_join(arena, folder, safe.data, err) : NULL;
}

static bool write_tasks(TensorboardWritten *written, const Plan *plan, const PlanCell *cell,
                        const char *folder, Arena *arena, Error *err)
{
    const IntList *seeds = &plan->experiment->seeds;
    for (int t = 0; t < plan->n_tasks; t++) {
        const PlanCell *chosen = selection_cell(cell, t);
        const char *task = subfolder(folder, plan->tasks[t].name, arena, err);
        for (size_t s = 0; s < seeds->n; s++) {
            const char *path =
                task ? arena_format(arena, err, "%s/seed-%lld", task, (long long)seeds->items[s])
                     : NULL;
            const Stage *stage = chosen->finetune[(size_t)t * seeds->n + s];
            if (!path || !write_training(written, write_finetuning, plan, stage, path, arena, err))
                return false;
        }
    }
    return true;
}

/* Whether a cell before this one has the same pre-training. */
static bool is_shared(const Plan *plan, int cell)
{
    for (int c = 0; c < cell; c++)
        if (plan->cells[c].pretrain == plan->cells[cell].pretrain) return true;
    return false;
}

static bool write_cell(TensorboardWritten *written, const Plan *plan, int c, const char *folder,
                       Arena *arena, Error *err)
{
    const PlanCell *cell = &plan->cells[c];
    const char *path = subfolder(folder, cell->name, arena, err);
    const char *pretrain = path ? file_join(arena, path, "pre-training", err) : NULL;
    if (!pretrain ||
        (cell->pretrain && !is_shared(plan, c) &&
         !write_training(written, write_pretraining, plan, cell->pretrain, pretrain, arena, err)))
        return false;
    return write_tasks(written, plan, cell, path, arena, err);
}

bool tensorboard_write(TensorboardWritten *written, const Plan *plan, const char *folder,
                       Arena *arena, Error *err)
{
    const Experiment *experiment = plan->experiment;
    *written = (TensorboardWritten){0};
    for (int c = 0; c < plan->n_cells; c++)
        if (!write_cell(written, plan, c, folder, arena, err)) return false;
    if (written->n > 0) return true;
    error_set(err, "no training of '%s' at scale %s is done", experiment->name, experiment->scale);
    return experiment_asked_hint(err, experiment->name, experiment->scale, "");
}

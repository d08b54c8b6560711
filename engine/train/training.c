#include "train/training.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "base/seal.h"
#include "model/weights.h"

static bool resume(Training *training, Error *err)
{
    Checkpoint *at = &training->at;
    if (!checkpoint_load(at, training->resume_path, training->learner, training->scratch, err))
        return false;
    training->saved_update = at->update;
    return curve_resume(&training->curve, at->update, training->scratch, err) &&
           curve_resume(&training->measures, at->update - 1, training->scratch, err);
}

static bool prepare(Training *training, Error *err)
{
    const TrainingKind *kind = training->kind;
    if (!kind->prepare(training, err) ||
        !curve_begin(&training->curve, training->folder, TRAINING_CURVE_FILE, kind->curve_header,
                     training->arena, err) ||
        !curve_begin(&training->measures, training->folder, kind->measures_name,
                     kind->measures_header, training->arena, err))
        return false;
    if (file_exists(training->resume_path)) return resume(training, err);
    return !kind->begin || kind->begin(training, err);
}

/* What to do, and the curve as it was, to look at. */
static bool diverged(const Training *training, Error *err)
{
    error_hint(err, "%s", training->kind->remedy);
    return curve_save(&training->curve, err) &&
           error_hint(err, "%s shows the way there", training->curve.path);
}

/* Nothing is kept of a run that is lost: neither to go on from nor to work with. */
static bool check_weights(const Training *training, Error *err)
{
    if (learner_check_finite(training->learner, err)) return true;
    error_wrap(err, "%s, after update %lld", training->kind->name,
               (long long)training->at.update - 1);
    return diverged(training, err);
}

double training_seconds(Training *training)
{
    training->at.seconds += clock_seconds() - training->begun;
    training->begun = clock_seconds();
    return training->at.seconds;
}

static bool save_resume_point(Training *training, Error *err)
{
    if (!check_weights(training, err)) return false;
    (void)training_seconds(training);
    if (!curve_save(&training->curve, err) || !curve_save(&training->measures, err) ||
        !seal_break(training->resume_path, err) ||
        !checkpoint_save(training->resume_path, training->learner, &training->at, training->scratch,
                         err) ||
        !seal_set(training->resume_path, err))
        return false;
    training->saved_update = training->at.update;
    return true;
}

/* Where a run stands that is asked to stop, whatever that takes; the signal is told already. */
static bool keep(Training *training, Error *err)
{
    if (training->at.update == training->saved_update) return true;
    log_info("%s: stopping after update %lld, which is kept; Ctrl-C again ends at once",
             training->title, (long long)training->at.update);
    interrupt_hold(true);
    const bool kept = save_resume_point(training, err);
    interrupt_hold(false);
    return kept;
}

bool training_save_weights(Training *training, const char *name, Error *err)
{
    if (!check_weights(training, err)) return false;
    const Learner *learner = training->learner;
    char *path = file_join(training->scratch, training->folder, name, err);
    WeightsBlock block = {"", learner->weights};
    return path && seal_break(path, err) &&
           weights_save(path, &learner->weights_table, &block, 1, NULL, training->scratch, err) &&
           seal_set(path, err);
}

static bool lost(const Training *training, const UpdateReport *report, Error *err)
{
    const Learner *learner = training->learner;
    const TensorInfo *tensor = tensors_not_finite(&learner->weights_table, learner->gradients);
    error_set(err,
              "%s: the loss is not a finite number at update %lld (loss %g, gradient norm %g%s%s)",
              training->kind->name, (long long)training->at.update, report->losses.main,
              report->optimizer.gradient_norm, tensor ? ", first in that of " : "",
              tensor ? tensor->name : "");
    return diverged(training, err);
}

static bool one_update(Training *training, Error *err)
{
    UpdateReport report;
    if (!training->kind->update(&report, training, err)) return false;
    if (!update_is_finite(&report)) return lost(training, &report, err);
    training->at.update++;
    bool ok = training->kind->record(training, &report, err);
    progress_report(&training->progress, training->kind->done(training));
    return ok;
}

static bool do_due(Training *training, Error *err)
{
    ArenaMark mark = arena_mark(training->scratch);
    bool ok = training->kind->due(training, err);
    arena_reset(training->scratch, mark);
    return ok;
}

/* A run that was stopped while it did what was due has the update but not that, so what is due is
 * looked at before the next update, not after the last. */
static bool train(Training *training, Error *err)
{
    const TrainingKind *kind = training->kind;
    progress_begin(&training->progress, kind->unit, training->total, kind->done(training), "%s",
                   training->title);
    for (;;) {
        if (!do_due(training, err)) return false;
        if (training->at.update >= training->plan->updates) break;
        if (!interrupt_check(err) || !one_update(training, err)) return false;
        if (training->at.update % training->save_every == 0 && !save_resume_point(training, err))
            return false;
    }
    progress_end(&training->progress);
    return true;
}

/* The curves, the kind's own files, and last the sums. */
static bool finish(Training *training, Error *err)
{
    if (!curve_save(&training->curve, err) || !curve_save(&training->measures, err)) return false;
    Json *sums = training->kind->finish(training, err);
    return sums && seal_write_json(training->sums_path, sums, training->scratch, err);
}

/* An update that is interrupted is none, so where the run stands can always be saved. */
static bool prepare_and_train(Training *training, Error *err)
{
    if (!prepare(training, err)) return false;
    bool done = train(training, err) && finish(training, err);
    if (err->kind == ERROR_INTERRUPTED) return keep(training, err) && done;
    return done;
}

bool training_run(const TrainingKind *kind, void *state, const char *folder, Error *err)
{
    Training training = {.kind = kind, .state = state, .folder = folder, .begun = clock_seconds()};
    Arena *arena = training.arena = arena_create(kind->name, err);
    training.scratch = arena_create("training scratch", err);
    bool ok = arena && training.scratch &&
              (training.resume_path = file_join(arena, folder, TRAINING_RESUME_FILE, err)) &&
              (training.sums_path = file_join(arena, folder, kind->sums_name, err)) &&
              (file_exists(training.sums_path) || prepare_and_train(&training, err)) &&
              seal_remove(training.resume_path, err);
    arena_destroy(training.scratch);
    arena_destroy(arena);
    return ok;
}

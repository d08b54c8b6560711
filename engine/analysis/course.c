#include "analysis/course.h"

#include <math.h>

static double highest_score(const EvidenceRun *run)
{
    double highest = -INFINITY;
    for (int i = 0; i < run->n_epochs; i++) highest = fmax(highest, run->validation_score[i]);
    return highest;
}

/* Updates are counted from 0, so a row's update has been made when the next number has. */
static double updates_until(const EvidenceRun *run, double target)
{
    double before = 0, score_before = 0;
    for (int i = 0; i < run->n_epochs; i++) {
        double updates = run->update[i] + 1;
        double score = run->validation_score[i];
        if (score >= target) {
            if (i == 0 || score == score_before) return updates;
            return before + (updates - before) * (target - score_before) / (score - score_before);
        }
        before = updates;
        score_before = score;
    }
    return (double)NAN;
}

void course_updates(double *value, const ScoreDraws *scores, size_t cell, size_t other, size_t task)
{
    for (size_t s = 0; s < scores->n_seeds; s++) {
        const EvidenceRun *run = score_draws_evidence(scores, cell, task, s);
        const EvidenceRun *opponent = score_draws_evidence(scores, other, task, s);
        value[s] = updates_until(run, fmin(highest_score(run), highest_score(opponent)));
    }
}

bool course_gaps(double *value, const ScoreDraws *scores, size_t cell, size_t task, Error *err)
{
    for (size_t s = 0; s < scores->n_seeds; s++) {
        const NumbersRun *named = score_draws_run(scores, cell, task, s);
        const EvidenceRun *run = score_draws_evidence(scores, cell, task, s);
        int64_t epoch = named->best_epoch - 1;
        if (epoch < 0 || epoch >= run->n_epochs)
            return error_set(err, "'%s' on '%s', seed %lld: there is no epoch %lld of %d",
                             named->cell, named->task, (long long)named->seed,
                             (long long)named->best_epoch, run->n_epochs);
        value[s] = run->train_loss[epoch] - run->validation_loss[epoch];
    }
    return true;
}

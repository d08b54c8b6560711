#include "analysis/course.h"

#include <math.h>

#include "result/series.h"

typedef struct Course {
    Series series;
    int update, train_loss, validation_loss, validation_score; /* columns */
} Course;

static bool read_course(Course *course, const OutcomeRun *run, Arena *arena, Error *err)
{
    if (!series_read(&course->series, run->finetune_folder, "epochs.csv", arena, err)) return false;
    course->update = series_column(&course->series, "update", err);
    course->train_loss = series_column(&course->series, "train_loss", err);
    course->validation_loss = series_column(&course->series, "validation_loss", err);
    course->validation_score = series_column(&course->series, "validation_score", err);
    return course->update >= 0 && course->train_loss >= 0 && course->validation_loss >= 0 &&
           course->validation_score >= 0;
}

static double highest_score(const Course *course)
{
    double highest = -INFINITY;
    for (size_t i = 0; i < course->series.n_rows; i++)
        highest = fmax(highest, series_value(&course->series, i, course->validation_score));
    return highest;
}

/* Updates are counted from 0, so a row's update has been made when the next number has. */
static double updates_until(const Course *course, double target)
{
    double before = 0, score_before = 0;
    for (size_t i = 0; i < course->series.n_rows; i++) {
        double updates = series_value(&course->series, i, course->update) + 1;
        double score = series_value(&course->series, i, course->validation_score);
        if (score >= target) {
            if (i == 0 || score == score_before) return updates;
            return before + (updates - before) * (target - score_before) / (score - score_before);
        }
        before = updates;
        score_before = score;
    }
    return (double)NAN;
}

bool course_updates(double *value, const ScoreDraws *scores, size_t cell, size_t other, size_t task,
                    Arena *scratch, Error *err)
{
    for (size_t s = 0; s < scores->n_seeds; s++) {
        ArenaMark mark = arena_mark(scratch);
        Course course, opponent;
        if (!read_course(&course, score_draws_run(scores, cell, task, s), scratch, err) ||
            !read_course(&opponent, score_draws_run(scores, other, task, s), scratch, err))
            return false;
        value[s] = updates_until(&course, fmin(highest_score(&course), highest_score(&opponent)));
        arena_reset(scratch, mark);
    }
    return true;
}

bool course_gaps(double *value, const ScoreDraws *scores, size_t cell, size_t task, Arena *scratch,
                 Error *err)
{
    for (size_t s = 0; s < scores->n_seeds; s++) {
        ArenaMark mark = arena_mark(scratch);
        const OutcomeRun *run = score_draws_run(scores, cell, task, s);
        Course course;
        if (!read_course(&course, run, scratch, err)) return false;
        size_t epoch = (size_t)run->best_epoch;
        if (epoch >= course.series.n_rows)
            return error_set(err, "%s: has no row for epoch %lld", course.series.path,
                             (long long)run->best_epoch);
        value[s] = series_value(&course.series, epoch, course.train_loss) -
                   series_value(&course.series, epoch, course.validation_loss);
        arena_reset(scratch, mark);
    }
    return true;
}

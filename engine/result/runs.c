#include "result/runs.h"

#include <string.h>

#include "base/csv.h"

static bool add_value(Buffer *csv, const NumbersRun *run, const char *split, const char *metric,
                      double value, Error *err)
{
    if (!csv_text(csv, run->cell, err) || !csv_text(csv, run->task, err) ||
        !buffer_format(csv, err, "%lld,", (long long)run->seed) || !csv_text(csv, split, err) ||
        !csv_text(csv, metric, err) || !csv_number(csv, value, err))
        return false;
    csv_end(csv);
    return true;
}

static const char *metric_of(const Numbers *numbers, const char *task)
{
    const NumbersTask *row = numbers->tasks.items;
    return row[numbers_task_place(numbers, task)].metric;
}

bool runs_write(Buffer *csv, const Numbers *numbers, Error *err)
{
    const NumbersRun *run = numbers->runs.items;
    if (!buffer_add_text(csv, "cell,task,seed,split,metric,value\n", err)) return false;
    for (size_t i = 0; i < numbers->runs.n; i++, run++) {
        const char *metric = metric_of(numbers, run->task);
        bool other = strcmp(metric, "accuracy") != 0;
        if (!add_value(csv, run, "validation", metric, run->validation_score, err) ||
            (other &&
             !add_value(csv, run, "validation", "accuracy", run->validation_accuracy, err)) ||
            !add_value(csv, run, "validation", "loss", run->validation_loss, err) ||
            !add_value(csv, run, "validation", "best epoch", (double)run->best_epoch, err) ||
            !add_value(csv, run, "test", metric, run->test_score, err) ||
            (other && !add_value(csv, run, "test", "accuracy", run->test_accuracy, err)) ||
            !add_value(csv, run, "test", "loss", run->test_loss, err) ||
            !add_value(csv, run, "train", "examples", (double)run->train_examples, err))
            return false;
    }
    return true;
}

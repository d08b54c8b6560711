#include "analysis/confusion.h"

#include <string.h>

static bool is_class(double value, int n_classes)
{
    return value >= 0 && value < n_classes && value == (double)(int)value;
}

/* False: there is a value that is no class. */
static bool add_run(Confusion *confusion, const EvidenceTask *task, const EvidenceRun *run)
{
    const int n = confusion->n_classes;
    for (int e = 0; e < task->n; e++) {
        if (!is_class(task->truth[e], n) || !is_class(run->predicted[e], n)) return false;
        confusion->count[(int)task->truth[e] * n + (int)run->predicted[e]]++;
    }
    return true;
}

bool confusion_make(Confusion *confusion, const Evidence *evidence, const Experiment *experiment,
                    const char *variant, int task, int n_classes, Arena *arena, Error *err)
{
    const size_t n = (size_t)n_classes;
    *confusion = (Confusion){n_classes, arena_alloc(arena, n * n, sizeof(int64_t), err)};
    if (!confusion->count) return false;
    for (int c = 0; c < evidence->n_cells; c++) {
        if (strcmp(experiment->cells[c].variant, variant) != 0) continue;
        const EvidenceRun *run =
            &evidence->runs[(c * evidence->n_tasks + task) * evidence->n_seeds];
        for (int s = 0; s < evidence->n_seeds; s++)
            if (!add_run(confusion, &evidence->tasks[task], &run[s])) {
                confusion->n_classes = 0;
                return true;
            }
    }
    return true;
}

int64_t confusion_count(const Confusion *confusion, int class, int answer)
{
    return confusion->count[class * confusion->n_classes + answer];
}

int64_t confusion_of_class(const Confusion *confusion, int class)
{
    int64_t n = 0;
    for (int k = 0; k < confusion->n_classes; k++) n += confusion_count(confusion, class, k);
    return n;
}

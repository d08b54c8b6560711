#include "experiment/plan_tasks.h"

static bool unknown_metric(const DatasetInfo *info, const Plan *plan, Error *err)
{
    const char *known[16];
    size_t n = 0;
    for (; metrics[n] && n < sizeof known / sizeof *known; n++) known[n] = metrics[n]->name;
    SpecReader reader = {
        arena_format(plan->arena, err, "%s/%s.json", plan->places.data.manifests, info->name),
        plan->arena, err};
    if (!reader.file) return false;
    error_usage(err, "%s: $.metric: unknown metric '%s'", reader.file, info->metric);
    return spec_suggest_hint(&reader, info->metric, known, n);
}

/* A data set can be fine-tuned on, done without fine-tuning, or both. */
static bool check_use(const DatasetInfo *info, bool zero_shot, Error *err)
{
    if (zero_shot && info->zero_shot.heuristic == HEURISTIC_NONE) {
        error_usage(err, "data set '%s' does not say how to do it without fine-tuning", info->name);
        return error_hint(err, "take it out of zero_shot_tasks, or give its manifest a zero_shot");
    }
    if (zero_shot || dataset_form_is_tuned(info->form)) return true;
    error_usage(err, "data set '%s' has nothing to be fine-tuned on", info->name);
    return error_hint(err, "name it in zero_shot_tasks instead of tasks");
}

/* Correlations are of numbers, everything else is of classes. */
static bool check_metric(const StageTask *task, Error *err)
{
    bool has_numbers = task->info->form == DATASET_REGRESSION;
    if (task->metric->of_numbers == has_numbers) return true;
    error_usage(err, "data set '%s': its rows have %s, of which '%s' is no metric", task->name,
                has_numbers ? "numbers" : "classes", task->metric->name);
    return error_hint(err, has_numbers ? "pearson or spearman" : "accuracy, f1 or matthews");
}

static bool open_task(StageTask *task, const char *name, bool zero_shot, Plan *plan, Error *err)
{
    const DataShelfItem *item = data_shelf_open(plan->data, name, err);
    if (!item) return false;
    *task =
        (StageTask){.name = name, .dataset = item->dataset, .info = item->info, .hash = item->hash};
    if (!dataset_form_is_labelled(task->info->form)) {
        error_usage(err, "task '%s' has no labels: its form is '%s'", name,
                    dataset_form_words[task->info->form]);
        return error_hint(err,
                          "name a labelled data set in tasks; a corpus belongs in corpus.data");
    }
    if (!check_use(task->info, zero_shot, err)) return false;
    task->metric = metric_find(task->info->metric);
    if (!task->metric) return unknown_metric(task->info, plan, err);
    return check_metric(task, err) && lengths_open(&task->lengths, task->dataset, plan->arena, err);
}

/* What is wrong is told of all of them. */
static bool open_list(StageTask **tasks, int *n, const TextList *names, bool zero_shot, Plan *plan,
                      Error *err)
{
    *n = (int)names->n;
    *tasks = arena_alloc(plan->arena, names->n, sizeof(StageTask), err);
    if (!*tasks) return false;
    bool done = true;
    for (int t = 0; t < *n; t++)
        done &= open_task(&(*tasks)[t], names->text[t], zero_shot, plan, err);
    return done;
}

bool plan_tasks_open(Plan *plan, Error *err)
{
    const Experiment *experiment = plan->experiment;
    return open_list(&plan->tasks, &plan->n_tasks, &experiment->tasks, false, plan, err) &&
           open_list(&plan->zero_shot_tasks, &plan->n_zero_shot_tasks, &experiment->zero_shot_tasks,
                     true, plan, err);
}

#include "experiment/plan_find.h"

#include <string.h>

const PlanCell *plan_find_cell(const Plan *plan, const char *name, Error *err)
{
    if (!name) return &plan->cells[0];
    const char **names = arena_alloc(plan->arena, (size_t)plan->n_cells, sizeof *names, err);
    if (!names) return NULL;
    for (int c = 0; c < plan->n_cells; c++) {
        names[c] = plan->cells[c].name;
        if (!strcmp(names[c], name)) return &plan->cells[c];
    }
    error_usage(err, "experiment '%s' has no cell '%s'", plan->experiment->name, name);
    (void)spec_suggest_hint(&(SpecReader){"command line", plan->arena, err}, name, names,
                            (size_t)plan->n_cells);
    return NULL;
}

bool plan_find_task(int *position, const Plan *plan, const char *name, Error *err)
{
    const char **names = arena_alloc(plan->arena, (size_t)plan->n_tasks, sizeof *names, err);
    if (!names) return false;
    for (*position = 0; *position < plan->n_tasks; ++*position) {
        names[*position] = plan->tasks[*position].name;
        if (!strcmp(names[*position], name)) return true;
    }
    error_usage(err, "experiment '%s' has no task '%s'", plan->experiment->name, name);
    return spec_suggest_hint(&(SpecReader){"command line", plan->arena, err}, name, names,
                             (size_t)plan->n_tasks);
}

bool plan_find_seed(size_t *position, const Plan *plan, int64_t seed, Error *err)
{
    *position = 0;
    if (seed < 0) return true;
    for (size_t n = plan->experiment->seeds.n; *position < n; ++*position)
        if (plan->experiment->seeds.items[*position] == seed) return true;
    error_usage(err, "experiment '%s' has no seed %lld", plan->experiment->name, (long long)seed);
    return error_hint(err, "one of its `seeds`, the first of which is %lld",
                      (long long)plan->experiment->seeds.items[0]);
}

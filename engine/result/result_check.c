#include "result/result_check.h"

#include <string.h>

static bool check_texts(const Result *result, const SpecReader *reader)
{
    const Provenance *provenance = &result->provenance;
    const struct {
        const char *text, *path;
    } needed[] = {
        {result->version, "$.version"},
        {provenance->engine_version, "$.provenance.engine_version"},
        {provenance->engine_commit, "$.provenance.engine_commit"},
        {provenance->compiler, "$.provenance.compiler"},
        {provenance->flags, "$.provenance.flags"},
        {provenance->cpu, "$.provenance.cpu"},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!needed[i].text) good = spec_error(reader, needed[i].path, "is missing");
    return good;
}

static bool check_cells(const Result *result, const SpecReader *reader)
{
    const Experiment *experiment = result->experiment;
    const TextList *cells = &result->numbers->cells;
    if (cells->n != experiment->n_cells)
        return spec_error(reader, "$.numbers.cells", "%zu cells, where the experiment has %zu",
                          cells->n, experiment->n_cells);
    for (size_t c = 0; c < cells->n; c++)
        if (strcmp(cells->text[c], experiment->cells[c].name) != 0)
            return spec_error(reader, spec_path_item(reader, "$.numbers.cells", c),
                              "is not '%s', the experiment's", experiment->cells[c].name);
    return true;
}

/* All combinations, cell-major, then task, then seed. */
static bool check_runs(const Result *result, const SpecReader *reader)
{
    const Numbers *numbers = result->numbers;
    const NumbersTask *task = numbers->tasks.items;
    const NumbersRun *run = numbers->runs.items;
    const IntList *seeds = &result->experiment->seeds;
    size_t n_tasks = numbers->tasks.n, n = numbers->cells.n * n_tasks * seeds->n;
    if (numbers->runs.n != n)
        return spec_error(reader, "$.numbers.runs",
                          "%zu runs, of %zu cells, %zu tasks and %zu seeds", numbers->runs.n,
                          numbers->cells.n, n_tasks, seeds->n);
    for (size_t r = 0; r < n; r++) {
        const char *cell = numbers->cells.text[r / seeds->n / n_tasks];
        const char *name = task[r / seeds->n % n_tasks].name;
        int64_t seed = seeds->items[r % seeds->n];
        if (strcmp(run[r].cell, cell) != 0 || strcmp(run[r].task, name) != 0 || run[r].seed != seed)
            return spec_error(reader, spec_path_item(reader, "$.numbers.runs", r),
                              "is not '%s' on '%s' with seed %lld", cell, name, (long long)seed);
    }
    return true;
}

static bool check_scores(const Result *result, const SpecReader *reader)
{
    const Numbers *numbers = result->numbers;
    const NumbersTask *task = numbers->tasks.items;
    bool good = true;
    for (size_t c = 0; c < numbers->cells.n; c++)
        for (size_t t = 0; t < numbers->tasks.n + (numbers->tasks.n > 1); t++) {
            const char *name = t < numbers->tasks.n ? task[t].name : NUMBERS_ALL_TASKS;
            if (!numbers_score(numbers, numbers->cells.text[c], name))
                good = spec_error(reader, "$.numbers.scores", "there is none of '%s' on '%s'",
                                  numbers->cells.text[c], name);
        }
    return good;
}

static bool check_models(const Result *result, const SpecReader *reader)
{
    const Numbers *numbers = result->numbers;
    const NumbersPretrain *pretrain = numbers->pretrains.items;
    bool good = true;
    for (size_t i = 0; i < numbers->pretrains.n; i++) {
        bool known = pretrain[i].cells.n > 0;
        for (size_t k = 0; k < pretrain[i].cells.n; k++)
            known &= spec_list_find(&numbers->cells, pretrain[i].cells.text[k]) >= 0;
        if (!known)
            good = spec_error(reader, spec_path_item(reader, "$.numbers.pretrains", i),
                              "is not of cells of this result");
    }
    return good;
}

static bool check_probes(const Numbers *numbers, const SpecList *probes, const char *path,
                         const SpecReader *reader)
{
    const NumbersProbe *probe = probes->items;
    bool good = true;
    for (size_t i = 0; i < probes->n; i++)
        if (spec_list_find(&numbers->cells, probe[i].cell) < 0 || !probe[i].points.n ||
            (probe[i].kind == PROBE_ZERO_SHOT) != (probe[i].task != NULL))
            good = spec_error(reader, spec_path_item(reader, path, i),
                              "needs a cell of this result, points, and a task just where it is "
                              "zero-shot");
    return good;
}

bool result_check(const Result *result, const char *path, Error *err)
{
    const SpecReader reader = {.file = path, .arena = result->arena, .err = err};
    const Findings *findings = &result->findings;
    bool good = check_texts(result, &reader) & check_cells(result, &reader);
    good = good && check_runs(result, &reader) && check_scores(result, &reader);
    good &= check_models(result, &reader) &
            check_probes(result->numbers, &findings->numbers.probes, "$.numbers.probes", &reader) &
            check_probes(result->numbers, &findings->timings.probes, "$.timings.probes", &reader);
    return good || error_hint(err, "take %s back to what was committed", path);
}

#include "result/evidence.h"

#include <math.h>
#include <string.h>

#include "result/evidence_facets.h"
#include "result/values.h"

/* --- the file -------------------------------------------------------------------------------------- */

typedef struct TaskFields {
    const char *task, *truth;
} TaskFields;

typedef struct RunFields {
    const char *cell, *task, *predicted;
    int64_t seed, epochs;
    const char *update, *train_loss, *validation_loss, *validation_score;
} RunFields;

typedef struct PointFields {
    double x, value;
    const char *units, *weights;
} PointFields;

typedef struct ProbeFields {
    int kind;
    const char *cell, *task, *metric, *truth;
    double chance, best;
    int64_t units;
    SpecList points; /* of PointFields */
    SpecList facets; /* of evidence_facets_table */
} ProbeFields;

typedef struct FileFields {
    int64_t format;
    SpecList tasks, runs, probes;
} FileFields;

static const SpecField task_fields[] = {
    SPEC_TEXT_REQUIRED(TaskFields, task, "data set"),
    SPEC_TEXT_REQUIRED(TaskFields, truth, "of its test examples"),
    SPEC_END,
};
static const SpecTable task_table = {"task", sizeof(TaskFields), task_fields, NULL};

static const SpecField run_fields[] = {
    SPEC_TEXT_REQUIRED(RunFields, cell, "variant at a grid point"),
    SPEC_TEXT_REQUIRED(RunFields, task, "data set"),
    SPEC_INT(RunFields, seed, SPEC_REQUIRED, -1e18, 1e18, "of fine-tuning"),
    SPEC_TEXT_REQUIRED(RunFields, predicted, "test examples"),
    SPEC_INT(RunFields, epochs, SPEC_REQUIRED, 0, 1e9, "of fine-tuning"),
    SPEC_TEXT_REQUIRED(RunFields, update, "last of each epoch, from 0"),
    SPEC_TEXT_REQUIRED(RunFields, train_loss, "of each epoch"),
    SPEC_TEXT_REQUIRED(RunFields, validation_loss, "after each epoch"),
    SPEC_TEXT_REQUIRED(RunFields, validation_score, "after each epoch"),
    SPEC_END,
};
static const SpecTable run_table = {"run", sizeof(RunFields), run_fields, NULL};

static const SpecField point_fields[] = {
    SPEC_REAL(PointFields, x, SPEC_REQUIRED, -1e300, 1e300, "what the curve is over"),
    SPEC_REAL(PointFields, value, SPEC_REQUIRED, -1e300, 1e300, "of all units"),
    SPEC_TEXT_REQUIRED(PointFields, units, "that are resampled"),
    SPEC_TEXT(PointFields, weights, NULL, "of them", .sparse = true),
    SPEC_END,
};
static const SpecTable point_table = {"point", sizeof(PointFields), point_fields, NULL};

static const SpecField probe_fields[] = {
    SPEC_CHOICE(ProbeFields, kind, probe_kind_words, SPEC_REQUIRED, "what was measured"),
    SPEC_TEXT_REQUIRED(ProbeFields, cell, "variant at a grid point"),
    SPEC_TEXT(ProbeFields, task, NULL, "data set", .sparse = true),
    SPEC_TEXT(ProbeFields, metric, NULL, "of its scores", .sparse = true),
    SPEC_REAL(ProbeFields, chance, (double)NAN, -1e300, 1e300, "score of guessing", .sparse = true),
    SPEC_REAL(ProbeFields, best, (double)NAN, -1e300, 1e300, "score of the best model",
              .sparse = true),
    SPEC_INT(ProbeFields, units, SPEC_REQUIRED, 0, 1e9, "at each point"),
    SPEC_TEXT(ProbeFields, truth, NULL, "of the units", .sparse = true),
    SPEC_STRUCTS(ProbeFields, points, &point_table, "the curve"),
    SPEC_STRUCTS(ProbeFields, facets, &evidence_facets_table, "what units are counted by",
                 .sparse = true),
    SPEC_END,
};
static const SpecTable probe_table = {"probe", sizeof(ProbeFields), probe_fields, NULL};

static const SpecField file_fields[] = {
    SPEC_INT(FileFields, format, SPEC_REQUIRED, 1, 1, "of the file"),
    SPEC_STRUCTS(FileFields, tasks, &task_table, "truths"),
    SPEC_STRUCTS(FileFields, runs, &run_table, "one (cell, task, seed) each"),
    SPEC_STRUCTS(FileFields, probes, &probe_table, "without fine-tuning", .sparse = true),
    SPEC_END,
};
static const SpecTable file_table = {"evidence", sizeof(FileFields), file_fields, NULL};

/* --- writing --------------------------------------------------------------------------------------- */

typedef struct Writing {
    const Evidence *evidence;
    const Experiment *experiment;
    const Numbers *numbers;
    Arena *arena;
    Error *err;
} Writing;

static const char *text_of(const Writing *writing, const double *value, int n)
{
    return values_write(value, (size_t)n, writing->arena, writing->err);
}

static void *list_make(SpecList *list, int n, size_t size, const Writing *writing)
{
    *list = (SpecList){(size_t)n, arena_alloc(writing->arena, (size_t)n, size, writing->err)};
    return list->items;
}

static bool write_tasks(SpecList *list, const Writing *writing)
{
    const NumbersTask *task = writing->numbers->tasks.items;
    TaskFields *fields = list_make(list, writing->evidence->n_tasks, sizeof *fields, writing);
    for (int t = 0; fields && t < writing->evidence->n_tasks; t++) {
        const EvidenceTask *from = &writing->evidence->tasks[t];
        fields[t] = (TaskFields){task[t].name, text_of(writing, from->truth, from->n)};
        if (!fields[t].truth) return false;
    }
    return fields != NULL;
}

static bool write_run(RunFields *fields, const EvidenceRun *run, const NumbersRun *named, int n,
                      const Writing *writing)
{
    *fields = (RunFields){
        .cell = named->cell,
        .task = named->task,
        .seed = named->seed,
        .epochs = run->n_epochs,
        .predicted = text_of(writing, run->predicted, n),
        .update = text_of(writing, run->update, run->n_epochs),
        .train_loss = text_of(writing, run->train_loss, run->n_epochs),
        .validation_loss = text_of(writing, run->validation_loss, run->n_epochs),
        .validation_score = text_of(writing, run->validation_score, run->n_epochs),
    };
    return fields->predicted && fields->update && fields->train_loss && fields->validation_loss &&
           fields->validation_score;
}

static bool write_runs(SpecList *list, const Writing *writing)
{
    const Evidence *evidence = writing->evidence;
    const NumbersRun *named = writing->numbers->runs.items;
    RunFields *fields = list_make(list, (int)writing->numbers->runs.n, sizeof *fields, writing);
    if (!fields) return false;
    for (int r = 0; r < (int)list->n; r++) {
        int task = r / evidence->n_seeds % evidence->n_tasks;
        if (!write_run(&fields[r], &evidence->runs[r], &named[r], evidence->tasks[task].n, writing))
            return false;
    }
    return true;
}

static bool write_probe(ProbeFields *fields, const EvidenceProbe *probe, const Writing *writing)
{
    const bool scored = probe->kind == PROBE_ZERO_SHOT;
    *fields = (ProbeFields){.kind = (int)probe->kind,
                            .cell = writing->numbers->cells.text[probe->cell],
                            .chance = (double)NAN,
                            .best = (double)NAN,
                            .units = probe->n_units};
    if (scored) {
        fields->task = writing->experiment->zero_shot_tasks.text[probe->task];
        fields->metric = probe->metric->name;
        fields->chance = probe->chance;
        fields->best = probe->best;
        fields->truth = text_of(writing, probe->truth, probe->n_units);
        if (!fields->truth || !evidence_facets_write(&fields->facets, &probe->facets,
                                                     probe->n_units, writing->arena, writing->err))
            return false;
    }
    PointFields *point = list_make(&fields->points, probe->n_points, sizeof *point, writing);
    for (int k = 0; point && k < probe->n_points; k++) {
        size_t at = (size_t)k * (size_t)probe->n_units;
        point[k] = (PointFields){.x = probe->x[k], .value = probe->value[k]};
        point[k].units = text_of(writing, probe->unit + at, probe->n_units);
        if (probe->weight) point[k].weights = text_of(writing, probe->weight + at, probe->n_units);
        if (!point[k].units || (probe->weight && !point[k].weights)) return false;
    }
    return point != NULL;
}

static bool write_probes(SpecList *list, const Writing *writing)
{
    ProbeFields *fields = list_make(list, writing->evidence->n_probes, sizeof *fields, writing);
    for (int i = 0; fields && i < writing->evidence->n_probes; i++)
        if (!write_probe(&fields[i], &writing->evidence->probes[i], writing)) return false;
    return fields != NULL;
}

bool evidence_write(const char *path, const Evidence *evidence, const Experiment *experiment,
                    const Numbers *numbers, Arena *arena, Error *err)
{
    const Writing writing = {evidence, experiment, numbers, arena, err};
    FileFields fields = {.format = 1};
    if (!write_tasks(&fields.tasks, &writing) || !write_runs(&fields.runs, &writing) ||
        !write_probes(&fields.probes, &writing))
        return false;
    Json *json = spec_write(&fields, &file_table, true, arena, err);
    return json && json_write_file(path, json, arena, err);
}

/* --- reading --------------------------------------------------------------------------------------- */

typedef struct Reading {
    Evidence *evidence;
    const Experiment *experiment;
    const Numbers *numbers;
    SpecReader reader;
} Reading;

/* n values under a key; *good turns false where they are not. */
static const double *values_of(const Reading *reading, bool *good, const char *text, int n,
                               const char *path, const char *key)
{
    const SpecReader *reader = &reading->reader;
    Error why = {0};
    const double *value = values_read(text, (size_t)n, reader->arena, &why);
    if (!value) *good = spec_error(reader, spec_path_key(reader, path, key), "%s", why.text);
    return value;
}

static bool read_tasks(const Reading *reading, const SpecList *list)
{
    Evidence *evidence = reading->evidence;
    const SpecReader *reader = &reading->reader;
    const NumbersTask *task = reading->numbers->tasks.items;
    const TaskFields *fields = list->items;
    if (list->n != reading->numbers->tasks.n)
        return spec_error(reader, "$.tasks", "%zu tasks, where the numbers have %zu", list->n,
                          reading->numbers->tasks.n);
    evidence->n_tasks = (int)list->n;
    evidence->tasks = arena_alloc(reader->arena, list->n, sizeof *evidence->tasks, reader->err);
    if (!evidence->tasks) return false;
    bool good = true;
    for (size_t t = 0; t < list->n; t++) {
        const char *path = spec_path_item(reader, "$.tasks", t);
        EvidenceTask *to = &evidence->tasks[t];
        *to = (EvidenceTask){metric_find(task[t].metric), (int)task[t].test_examples, NULL};
        to->truth = values_of(reading, &good, fields[t].truth, to->n, path, "truth");
        if (strcmp(fields[t].task, task[t].name) != 0 || !to->metric || to->n < 1)
            good = spec_error(reader, path, "is not '%s', a task with a metric and test examples",
                              task[t].name);
    }
    return good;
}

static bool read_run(const Reading *reading, EvidenceRun *run, const RunFields *fields, int n,
                     const char *path)
{
    bool good = true;
    run->n_epochs = (int)fields->epochs;
    run->predicted = values_of(reading, &good, fields->predicted, n, path, "predicted");
    run->update = values_of(reading, &good, fields->update, run->n_epochs, path, "update");
    run->train_loss =
        values_of(reading, &good, fields->train_loss, run->n_epochs, path, "train_loss");
    run->validation_loss =
        values_of(reading, &good, fields->validation_loss, run->n_epochs, path, "validation_loss");
    run->validation_score = values_of(reading, &good, fields->validation_score, run->n_epochs, path,
                                      "validation_score");
    return good;
}

static bool read_runs(const Reading *reading, const SpecList *list)
{
    Evidence *evidence = reading->evidence;
    const SpecReader *reader = &reading->reader;
    const NumbersRun *named = reading->numbers->runs.items;
    const RunFields *fields = list->items;
    evidence->n_cells = (int)reading->numbers->cells.n;
    evidence->n_seeds = (int)reading->experiment->seeds.n;
    size_t expected =
        (size_t)evidence->n_cells * (size_t)evidence->n_tasks * (size_t)evidence->n_seeds;
    if (list->n != reading->numbers->runs.n || list->n != expected)
        return spec_error(reader, "$.runs", "%zu runs, where the numbers have %zu of %zu", list->n,
                          reading->numbers->runs.n, expected);
    evidence->runs = arena_alloc(reader->arena, list->n, sizeof *evidence->runs, reader->err);
    if (!evidence->runs) return false;
    bool good = true;
    for (size_t r = 0; r < list->n; r++) {
        const char *path = spec_path_item(reader, "$.runs", r);
        int task = (int)r / evidence->n_seeds % evidence->n_tasks;
        good &= read_run(reading, &evidence->runs[r], &fields[r], evidence->tasks[task].n, path);
        if (strcmp(fields[r].cell, named[r].cell) != 0 ||
            strcmp(fields[r].task, named[r].task) != 0 || fields[r].seed != named[r].seed)
            good = spec_error(reader, path, "is not '%s' on '%s' with seed %lld", named[r].cell,
                              named[r].task, (long long)named[r].seed);
    }
    return good;
}

/* The units of all points in one array each. */
static bool read_points(const Reading *reading, EvidenceProbe *probe, const ProbeFields *fields,
                        const char *path)
{
    const SpecReader *reader = &reading->reader;
    const PointFields *point = fields->points.items;
    const bool weighted = probe->kind == PROBE_CONTEXT_WINDOW || probe->kind == PROBE_POSITION;
    size_t n = (size_t)probe->n_points, n_units = (size_t)probe->n_units;
    double *x = arena_alloc(reader->arena, n, sizeof *x, reader->err);
    double *value = arena_alloc(reader->arena, n, sizeof *value, reader->err);
    double *unit = arena_alloc(reader->arena, n * n_units, sizeof *unit, reader->err);
    double *weight = arena_alloc(reader->arena, n * n_units, sizeof *weight, reader->err);
    if (!x || !value || !unit || !weight) return false;
    bool good = true;
    for (size_t k = 0; k < n && good; k++) {
        const char *at = spec_path_item(reader, spec_path_key(reader, path, "points"), k);
        x[k] = point[k].x;
        value[k] = point[k].value;
        const double *units = values_of(reading, &good, point[k].units, (int)n_units, at, "units");
        if (units) memcpy(unit + k * n_units, units, n_units * sizeof *unit);
        if (!weighted) continue;
        const double *weights = values_of(reading, &good, point[k].weights ? point[k].weights : "",
                                          (int)n_units, at, "weights");
        if (weights) memcpy(weight + k * n_units, weights, n_units * sizeof *weight);
    }
    probe->x = x;
    probe->value = value;
    probe->unit = unit;
    probe->weight = weighted ? weight : NULL;
    return good;
}

static bool read_probe(const Reading *reading, EvidenceProbe *probe, const ProbeFields *fields,
                       const char *path)
{
    const SpecReader *reader = &reading->reader;
    *probe = (EvidenceProbe){.kind = (ProbeKind)fields->kind,
                             .cell = spec_list_find(&reading->numbers->cells, fields->cell),
                             .task = -1,
                             .chance = fields->chance,
                             .best = fields->best,
                             .n_points = (int)fields->points.n,
                             .n_units = (int)fields->units};
    if (probe->cell < 0) return spec_error(reader, path, "no cell is called '%s'", fields->cell);
    bool good = read_points(reading, probe, fields, path);
    if (probe->kind != PROBE_ZERO_SHOT) return good;
    probe->task =
        fields->task ? spec_list_find(&reading->experiment->zero_shot_tasks, fields->task) : -1;
    probe->metric = fields->metric ? metric_find(fields->metric) : NULL;
    probe->truth = values_of(reading, &good, fields->truth ? fields->truth : "", probe->n_units,
                             path, "truth");
    if (probe->task < 0 || !probe->metric || !(probe->best > probe->chance))
        return spec_error(reader, path,
                          "needs a task of the experiment, its metric, and a best "
                          "score above chance");
    return evidence_facets_read(&probe->facets, &fields->facets, probe->n_units, reader, path) &&
           good;
}

static bool read_probes(const Reading *reading, const SpecList *list)
{
    Evidence *evidence = reading->evidence;
    const SpecReader *reader = &reading->reader;
    const ProbeFields *fields = list->items;
    evidence->n_probes = (int)list->n;
    evidence->probes = arena_alloc(reader->arena, list->n, sizeof *evidence->probes, reader->err);
    if (!evidence->probes) return false;
    bool good = true;
    for (size_t i = 0; i < list->n; i++)
        good &= read_probe(reading, &evidence->probes[i], &fields[i],
                           spec_path_item(reader, "$.probes", i));
    return good;
}

bool evidence_read(Evidence *evidence, const char *path, const Experiment *experiment,
                   const Numbers *numbers, Arena *arena, Error *err)
{
    const Reading reading = {
        evidence, experiment, numbers, {.file = path, .arena = arena, .err = err}};
    FileFields fields;
    *evidence = (Evidence){0};
    Json *json = json_parse_file(path, arena, err);
    return json && spec_read(&fields, &file_table, json, &reading.reader, "$") &&
           read_tasks(&reading, &fields.tasks) && read_runs(&reading, &fields.runs) &&
           read_probes(&reading, &fields.probes);
}

#include "report/table/table_probe.h"

#include <math.h>
#include <string.h>

#include "analysis/models.h"
#include "task/metric.h"

enum { MOST_COLUMNS = 8 };

/* How a kind is shown. */
typedef struct Form {
    const char *title;
    int digits;
    bool highest; /* is best */
} Form;

static const Form forms[N_PROBE_KINDS] = {
    [PROBE_ZERO_SHOT] = {"Zero-shot scores × 100 of the language model at the end of pre-training "
                         "[95 % interval over examples]",
                         1, true},
    [PROBE_CONTEXT_WINDOW] = {"Held-out perplexity, given the k tokens before [95 % interval over "
                              "documents]",
                              1, false},
    [PROBE_POSITION] = {"Held-out loss in nats a token, by position in the context [95 % interval "
                        "over documents]",
                        2, false},
    [PROBE_TRAINING_RATE] = {"Training rate in tokens a second, by tokens a sequence [95 % "
                             "interval over repeats]; of this machine, and no part of what a "
                             "re-run must reproduce",
                             0, true},
};

static const SpecList *probes_of(const Result *result, ProbeKind kind)
{
    return kind == PROBE_TRAINING_RATE ? &result->findings.timings.probes
                                       : &result->numbers->probes;
}

/* Probes of one kind: one for each model and (zero-shot) task. */
typedef struct Probes {
    size_t n;
    const NumbersProbe **items;
    const char **model; /* [n] names */
    TextList models, tasks;
} Probes;

static bool list_probes(Probes *probes, const Result *result, ProbeKind kind, Error *err)
{
    const SpecList *list = probes_of(result, kind);
    const NumbersProbe *probe = list->items;
    Models models;
    *probes = (Probes){.items = arena_alloc(result->arena, list->n, sizeof *probes->items, err),
                       .model = arena_alloc(result->arena, list->n, sizeof(char *), err)};
    probes->models.text = arena_alloc(result->arena, list->n, sizeof(char *), err);
    probes->tasks.text = arena_alloc(result->arena, list->n, sizeof(char *), err);
    if (!probes->items || !probes->model || !probes->models.text || !probes->tasks.text ||
        !models_find(&models, result, kind == PROBE_TRAINING_RATE, err))
        return false;
    for (size_t i = 0; i < list->n; i++) {
        if (probe[i].kind != (int)kind || probe[i].points.n == 0) continue;
        int cell = models_cell(&models, result, probe[i].cell);
        if (cell < 0) continue;
        const char *name = models_name(&models, result, cell, err);
        if (!name) return false;
        probes->items[probes->n] = &probe[i];
        probes->model[probes->n++] = name;
        spec_list_place(&probes->models, name);
        if (probe[i].task) spec_list_place(&probes->tasks, probe[i].task);
    }
    return true;
}

static void add_models(Table *table, const TextList *models)
{
    for (size_t c = 0; c < models->n; c++)
        table->row[table->n_rows++] = (TableRow){models->text[c], TABLE_ROW_CELL, false};
}

/* --- zero-shot ---------------------------------------------------------------------------------- */

/* All tasks together have no metric but the normalised one. */
static const char *metric_of(const Result *result, const char *task)
{
    const ProvenanceData *data = provenance_data(&result->provenance, task);
    const Metric *metric = data && data->metric ? metric_find(data->metric) : NULL;
    return metric ? metric->title : "normalised";
}

static bool make_zero_shot(Table *table, Probes *probes, const Result *result, Error *err)
{
    const size_t n_models = probes->models.n;
    if (!table_allocate(table, n_models + 2, probes->tasks.n, 1, result->arena, err)) return false;
    add_models(table, &probes->models);
    table->row[table->n_rows++] = (TableRow){"guessing", TABLE_ROW_OTHER, true};
    table->row[table->n_rows++] = (TableRow){"best model", TABLE_ROW_OTHER, false};
    for (size_t t = 0; t < probes->tasks.n; t++)
        table->column[t] =
            (TableColumn){probes->tasks.text[t], metric_of(result, probes->tasks.text[t]),
                          probes->tasks.text[t], 1};
    for (size_t i = 0; i < probes->n; i++) {
        const NumbersProbe *probe = probes->items[i];
        const NumbersPoint *last = (const NumbersPoint *)probe->points.items + probe->points.n - 1;
        const ProvenanceStage *stage =
            provenance_stage_of(&result->provenance, probe->task, probe->cell);
        size_t row = (size_t)spec_list_place(&probes->models, probes->model[i]);
        size_t column = (size_t)spec_list_place(&probes->tasks, probe->task);
        *table_field(table, row, column) = (TableField){.kind = TABLE_SCORE,
                                                        .value = last->value,
                                                        .low = last->low,
                                                        .high = last->high,
                                                        .stage = stage ? stage->key : NULL};
        if (isfinite(probe->chance))
            *table_field(table, n_models, column) =
                (TableField){.kind = TABLE_PLAIN, .value = probe->chance};
        if (isfinite(probe->best))
            *table_field(table, n_models + 1, column) =
                (TableField){.kind = TABLE_PLAIN, .value = probe->best};
    }
    return true;
}

/* --- curves ------------------------------------------------------------------------------------- */

/* The points shown: all of few, of many those nearest to even steps of the logarithm, with the first and the
 * last. */
static size_t choose(size_t *chosen, const NumbersProbe *probe)
{
    const NumbersPoint *point = probe->points.items;
    const size_t n = probe->points.n;
    size_t n_chosen = 0;
    const double first = log(fmax(point[0].x, 1)), last = log(fmax(point[n - 1].x, 1));
    for (size_t i = 0; i < n; i++) {
        double wanted = first + (last - first) * (double)n_chosen / (MOST_COLUMNS - 1);
        bool is_last = i + 1 == n;
        if (n > MOST_COLUMNS && !is_last && log(fmax(point[i].x, 1)) < wanted - 1e-9) continue;
        if (n_chosen == MOST_COLUMNS - 1 && !is_last) continue;
        chosen[n_chosen++] = i;
    }
    return n_chosen;
}

static bool make_curves(Table *table, Probes *probes, const Form *form, const Result *result,
                        Error *err)
{
    size_t chosen[MOST_COLUMNS], n = choose(chosen, probes->items[0]);
    const NumbersPoint *point = probes->items[0]->points.items;
    if (!table_allocate(table, probes->models.n, n, 1, result->arena, err)) return false;
    add_models(table, &probes->models);
    for (size_t c = 0; c < n; c++) {
        const char *title = arena_format(result->arena, err, "%.6g", point[chosen[c]].x);
        if (!title) return false;
        table->column[c] = (TableColumn){title, NULL, NULL, form->digits};
    }
    for (size_t i = 0; i < probes->n; i++) {
        point = probes->items[i]->points.items;
        size_t row = (size_t)spec_list_place(&probes->models, probes->model[i]);
        for (size_t c = 0; c < n && chosen[c] < probes->items[i]->points.n; c++)
            *table_field(table, row, c) = (TableField){.kind = TABLE_NUMBER,
                                                       .value = point[chosen[c]].value,
                                                       .low = point[chosen[c]].low,
                                                       .high = point[chosen[c]].high};
    }
    return true;
}

bool table_probe_make(Table *tables, size_t *n, const Result *result, Error *err)
{
    *n = 0;
    for (int kind = 0; kind < N_PROBE_KINDS; kind++) {
        Table *table = &tables[*n];
        Probes probes;
        if (!list_probes(&probes, result, (ProbeKind)kind, err)) return false;
        if (probes.n == 0) continue;
        bool made = kind == PROBE_ZERO_SHOT
                        ? make_zero_shot(table, &probes, result, err)
                        : make_curves(table, &probes, &forms[kind], result, err);
        if (!made) return false;
        table->title = forms[kind].title;
        table->experiment = result->experiment->name;
        for (size_t c = 0; c < table->n_columns; c++)
            table_mark_best(table, c, forms[kind].highest);
        (*n)++;
    }
    return true;
}

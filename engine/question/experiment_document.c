#include "question/experiment_document.h"

#include <string.h>

#include "question/experiment_fields.h"

void experiment_document_measures(bool measures[N_MEASURES], const TextList *asked)
{
    measures[MEASURE_FINE_TUNING] = asked->n == 0;
    for (size_t i = 0; i < asked->n; i++)
        for (int m = 0; m < N_MEASURES; m++)
            if (strcmp(asked->text[i], experiment_measure_words[m]) == 0) measures[m] = true;
}

/* --- writing ------------------------------------------------------------------------------------ */

static Json *write_cells(const Experiment *experiment, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; i < experiment->n_cells && list; i++) {
        const ExperimentCell *cell = &experiment->cells[i];
        Json *json = json_new_object(arena, err);
        if (!json || !json_set(json, "name", json_new_text(cell->name, arena, err), err) ||
            !json_set(json, "variant", json_new_text(cell->variant, arena, err), err) ||
            !json_set(json, "point", json_clone(cell->point, arena, err), err) ||
            !json_set(json, "settings", json_clone(cell->json, arena, err), err) ||
            !json_add(list, json, err))
            return NULL;
    }
    return list;
}

static Json *write_texts(const TextList *texts, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; i < texts->n && list; i++)
        if (!json_add(list, json_new_text(texts->text[i], arena, err), err)) return NULL;
    return list;
}

Json *experiment_document_write(const Experiment *experiment, const Json *report, Arena *arena,
                                Error *err)
{
    const char *measured[N_MEASURES];
    size_t n_measured = 0;
    for (int m = 0; m < N_MEASURES; m++)
        if (experiment->measures[m]) measured[n_measured++] = experiment_measure_words[m];
    ExperimentFields fields = {.format = 1,
                               .title = experiment->title,
                               .question = experiment->question,
                               .description = experiment->description,
                               .select_seeds = experiment->select ? experiment->select_seeds : 0,
                               .claims = {experiment->n_claims, (void *)experiment->claims},
                               .measure = {n_measured, measured}};
    Json *document = spec_write(&fields, &experiment_fields_table, true, arena, err);
    Json *seeds = json_new_list(arena, err);
    if (!document || !seeds) return NULL;
    json_remove(document, "$schema");
    json_remove(document, "extends");
    for (size_t i = 0; i < experiment->seeds.n; i++)
        if (!json_add(seeds, json_new_integer(experiment->seeds.items[i], arena, err), err))
            return NULL;
    if (!json_set(document, "name", json_new_text(experiment->name, arena, err), err) ||
        !json_set(document, "scale", json_new_text(experiment->scale, arena, err), err) ||
        !json_set(document, "tasks", write_texts(&experiment->tasks, arena, err), err) ||
        !json_set(document, "zero_shot_tasks",
                  write_texts(&experiment->zero_shot_tasks, arena, err), err) ||
        !json_set(document, "seeds", seeds, err) ||
        !json_set(document, "cells", write_cells(experiment, arena, err), err))
        return NULL;
    if (experiment->omitted.n > 0 &&
        !json_set(document, "omitted", write_texts(&experiment->omitted, arena, err), err))
        return NULL;
    Json *select = experiment->select ? json_clone(experiment->select, arena, err) : NULL;
    if (experiment->select && !json_set(document, "select", select, err)) return NULL;
    json_remove(document, "report");
    if (!report) return document;
    return json_set(document, "report", json_clone(report, arena, err), err) ? document : NULL;
}

/* --- reading ------------------------------------------------------------------------------------ */

typedef struct CellFields {
    const char *name, *variant;
    Json *point, *settings;
} CellFields;

static const SpecField cell_fields[] = {
    SPEC_TEXT_REQUIRED(CellFields, name, "unique"),
    SPEC_TEXT_REQUIRED(CellFields, variant, "of the experiment"),
    SPEC_ANY(CellFields, point, "dotted path -> value"),
    SPEC_ANY(CellFields, settings, "resolved"),
    SPEC_END,
};
static const SpecTable cell_table = {"cell", sizeof(CellFields), cell_fields, NULL};

typedef struct DocumentFields {
    int64_t format;
    const char *title, *question, *description, *name, *scale;
    SpecList claims, cells;
    TextList measure, tasks, zero_shot_tasks, omitted;
    IntList seeds;
    int64_t select_seeds;
    Json *report, *select;
} DocumentFields;

static const SpecField document_fields[] = {
    SPEC_INT(DocumentFields, format, 1, 1, 1, "of the document"),
    SPEC_TEXT(DocumentFields, title, "", "in a few words"),
    SPEC_TEXT(DocumentFields, question, NULL, "what is asked"),
    SPEC_TEXT(DocumentFields, description, NULL, "for the reader"),
    SPEC_STRUCTS(DocumentFields, claims, &experiment_claim_table, "statements to test"),
    SPEC_TEXTS(DocumentFields, measure, "what is measured"),
    SPEC_TEXT(DocumentFields, name, "", "of the experiment"),
    SPEC_TEXT(DocumentFields, scale, "", "it was asked at"),
    SPEC_TEXTS(DocumentFields, tasks, "fine-tuned on"),
    SPEC_TEXTS(DocumentFields, zero_shot_tasks, "never fine-tuned on"),
    SPEC_TEXTS(DocumentFields, omitted, "what the scale leaves out", .sparse = true),
    SPEC_INTS(DocumentFields, seeds, INT64_MIN, INT64_MAX, "of fine-tuning"),
    SPEC_STRUCTS(DocumentFields, cells, &cell_table, "rows"),
    SPEC_ANY(DocumentFields, report, "table and figures"),
    SPEC_ANY(DocumentFields, select, "dotted path -> list of values"),
    SPEC_INT(DocumentFields, select_seeds, 0, 0, 1000, "first seeds that it is selected by"),
    SPEC_END,
};
static const SpecTable document_table = {"spec", sizeof(DocumentFields), document_fields, NULL};

/* Variants are named in the order in which their cells come. */
static bool read_cells(Experiment *experiment, const SpecList *list, Arena *arena, Error *err)
{
    ExperimentCell *cells = arena_alloc(arena, list->n, sizeof *cells, err);
    const CellFields *fields = list->items;
    experiment->variants.text = arena_alloc(arena, list->n, sizeof(char *), err);
    if (!cells || !experiment->variants.text) return false;
    for (size_t c = 0; c < list->n; c++) {
        const Json *point = fields[c].point ? fields[c].point : json_new_object(arena, err);
        if (!point) return false;
        cells[c] = (ExperimentCell){.name = fields[c].name,
                                    .variant = fields[c].variant,
                                    .point = point,
                                    .json = fields[c].settings};
        spec_list_place(&experiment->variants, fields[c].variant);
    }
    experiment->n_cells = list->n;
    experiment->cells = cells;
    return true;
}

bool experiment_document_read(Experiment *experiment, const Json *document, const char *path,
                              Arena *arena, Error *err)
{
    const SpecReader reader = {.file = path, .arena = arena, .err = err};
    DocumentFields fields;
    if (!document || json_type(document) != JSON_OBJECT_VALUE)
        return spec_error(&reader, "$.spec", "is missing: the experiment as it was resolved");
    if (!spec_read(&fields, &document_table, document, &reader, "$.spec")) return false;
    *experiment = (Experiment){.name = fields.name,
                               .scale = fields.scale,
                               .title = fields.title,
                               .question = fields.question,
                               .description = fields.description,
                               .n_claims = fields.claims.n,
                               .claims = fields.claims.items,
                               .tasks = fields.tasks,
                               .zero_shot_tasks = fields.zero_shot_tasks,
                               .omitted = fields.omitted,
                               .seeds = fields.seeds,
                               .select = fields.select,
                               .select_seeds = fields.select_seeds,
                               .document = document};
    experiment_document_measures(experiment->measures, &fields.measure);
    return read_cells(experiment, &fields.cells, arena, err) &&
           experiment_report_read(&experiment->report, fields.report, &reader);
}

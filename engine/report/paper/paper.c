#include "report/paper/paper.h"

#include "base/escape.h"
#include "base/file.h"
#include "report/figure/figures.h"
#include "report/paper/paper_parts.h"
#include "report/table/tables.h"
#include "report/version/version_draw.h"

typedef struct Writing {
    const PaperPlaces *places;
    const PaperResults *results;
    Arena *arena;
    Error *err;
} Writing;

static bool write_text(const Writing *writing, const Buffer *text, const char *folder,
                       const char *name, const char *end)
{
    char *path = arena_format(writing->arena, writing->err, "%s/%s%s%s", writing->places->out,
                              folder, name, end);
    return path && file_write(path, text->size ? text->data : "", text->size, writing->err);
}

/* --- tables ----------------------------------------------------------------------------------------- */

static const TableSpelling *const spellings[] = {&table_latex, &table_html};
static const char *const endings[] = {".tex", ".html"};

/* HTML has them below each table. */
static bool write_notes(const Writing *writing, const Tables *tables, const char *name)
{
    Buffer text = buffer_create(writing->arena);
    for (size_t t = 0; t < tables->n; t++)
        for (size_t i = 0; i < tables->items[t].notes.n; i++)
            if (!escape_latex_format(&text, writing->err, "\\tablenote{%s}\n",
                                     tables->items[t].notes.text[i]))
                return false;
    return write_text(writing, &text, "tables/", name, "-notes.tex");
}

static bool write_tables(const Writing *writing, const Tables *tables, const char *name)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        Buffer text = buffer_create(writing->arena);
        if (!tables_write(&text, tables, spellings[i], writing->err) ||
            !write_text(writing, &text, "tables/", name, endings[i]))
            return false;
    }
    return write_notes(writing, tables, name);
}

/* In the form of the original: NAME-original-1, ...; one for each of its own tables. */
static bool write_original(const Writing *writing, const Result *result, size_t nth,
                           const ExperimentColumns *columns)
{
    Tables tables = {.n = 1};
    bool any;
    char *name = arena_format(writing->arena, writing->err, "%s-original-%zu",
                              result->experiment->name, nth + 1);
    return name &&
           paper_tables_original(&tables.items[0], &any, result, columns, &writing->places->data,
                                 writing->err) &&
           (!any || write_tables(writing, &tables, name));
}

static bool write_originals(const Writing *writing, const Result *result)
{
    const ExperimentReport *report = &result->experiment->report;
    ExperimentColumns all = {NULL, {0}};
    for (size_t g = 0; g < report->n_groups; g++)
        if (!write_original(writing, result, g, &report->groups[g])) return false;
    return report->n_groups || !report->table.paper ||
           (paper_tables_tasks(&all.tasks, result, writing->err) &&
            write_original(writing, result, 0, &all));
}

/* --- of a result ------------------------------------------------------------------------------------- */

static bool write_result(const Writing *writing, const Result *result)
{
    Tables tables;
    Buffer question = buffer_create(writing->arena);
    const char *name = result->experiment->name;
    return paper_question(&question, result, writing->err) &&
           paper_versions(&question, result, writing->places->results, writing->err) &&
           write_text(writing, &question, "questions/", name, ".tex") &&
           tables_make(&tables, result, writing->err) && write_tables(writing, &tables, name) &&
           write_originals(writing, result) &&
           figures_copy_all(result, writing->places->out, writing->err);
}

/* --- of all of them ---------------------------------------------------------------------------------- */

static bool write_values(const Writing *writing, const Ledger *ledger)
{
    Buffer latex = buffer_create(writing->arena), tsv = buffer_create(writing->arena);
    return paper_values(&latex, &tsv, writing->results, ledger, writing->err) &&
           write_text(writing, &latex, "", "values", ".tex") &&
           write_text(writing, &tsv, "", "values", ".tsv");
}

static bool write_ledger(const Writing *writing)
{
    Ledger ledger;
    Buffer text = buffer_create(writing->arena);
    if (!ledger_read(&ledger, writing->places->results, writing->places->experiments,
                     writing->arena, writing->err))
        return false;
    paper_ledger_keep(&ledger, writing->results);
    return paper_ledger(&text, &ledger, writing->err) &&
           write_text(writing, &text, "", "ledger", ".tex") && write_values(writing, &ledger);
}

static bool write_sources(const Writing *writing)
{
    Buffer settings = buffer_create(writing->arena), data = buffer_create(writing->arena);
    Buffer provenance = buffer_create(writing->arena);
    return paper_settings(&settings, writing->results, writing->err) &&
           write_text(writing, &settings, "", "settings", ".tex") &&
           paper_data(&data, writing->results, writing->places, writing->err) &&
           write_text(writing, &data, "", "data", ".tex") &&
           paper_provenance(&provenance, writing->results, writing->places, writing->err) &&
           write_text(writing, &provenance, "", "provenance", ".tex");
}

bool paper_write(const PaperPlaces *places, Arena *arena, Error *err)
{
    PaperResults results;
    if (!paper_results_read(&results, places, arena, err) || !file_remove_tree(places->out, err))
        return false;
    const Writing writing = {places, &results, arena, err};
    for (size_t i = 0; i < results.n; i++)
        if (!version_draw_describe(&results.items[i], &places->data, err) ||
            !write_result(&writing, &results.items[i]))
            return false;
    return write_ledger(&writing) && write_sources(&writing);
}

#include "report/version/version_draw.h"

#include "base/file.h"
#include "report/figure/figures.h"
#include "report/page/page.h"
#include "report/table/tables.h"
#include "result/result_evidence.h"

static bool write_text(const Result *result, const char *folder, const char *name,
                       const Buffer *text, Error *err)
{
    char *path = file_join(result->arena, folder, name, err);
    return path && file_write(path, text->data, text->size, err);
}

/* In every spelling; `markdown` is what the page shows. */
static bool draw_tables(const Result *result, const char *folder, Buffer *markdown, Error *err)
{
    Tables tables;
    if (!tables_make(&tables, result, err)) return false;
    for (const TableSpelling *const *spelling = tables_spellings; *spelling; spelling++) {
        Buffer text = buffer_create(result->arena);
        if (!tables_write(&text, &tables, *spelling, err) ||
            !write_text(result, folder, (*spelling)->file, &text, err))
            return false;
        if (*spelling == &table_markdown) *markdown = text;
    }
    Buffer floating = buffer_create(result->arena);
    return tables_write_float(&floating, &tables, result, err) &&
           write_text(result, folder, TABLES_FLOAT_FILE, &floating, err);
}

bool version_draw(const Result *result, const char *folder, Error *err)
{
    Buffer table = buffer_create(result->arena), page = buffer_create(result->arena);
    Evidence evidence;
    bool exists;
    return result_evidence_exists(&exists, result, err) &&
           (!exists || result_evidence_read(&evidence, result, err)) &&
           draw_tables(result, folder, &table, err) && figures_write_all(result, folder, err) &&
           page_write(&page, result, exists ? &evidence : NULL, table.data, err) &&
           write_text(result, folder, RESULT_PAGE_FILE, &page, err);
}

bool version_draw_plot(const Result *result, const char *folder, Error *err)
{
    return figures_plot_all(result, folder, err);
}

/* Of what a result does not say: all that it may say, or the names of classes alone, which are left out where the manifest
 * is gone. */
static bool describe(Result *result, const char *name, const DatasetPlaces *places, Error *err)
{
    const ProvenanceData *known = provenance_data(&result->provenance, name);
    if (!known || known->labels.n) return true;
    ProvenanceData *data = (ProvenanceData *)result->provenance.data.items;
    ProvenanceData found = *known;
    Error gone = {0};
    const Dataset *dataset = dataset_open(name, places, result->arena, known->metric ? &gone : err);
    if (dataset) provenance_describe(&found, dataset_info(dataset));
    else if (!known->metric)
        return error_wrap(err, "describing '%s', of which %s/result.json gives the name alone",
                          name, result->folder);
    if (known->metric) data[known - data].labels = found.labels;
    else data[known - data] = found;
    return true;
}

bool version_draw_describe(Result *result, const DatasetPlaces *places, Error *err)
{
    const Experiment *experiment = result->experiment;
    for (size_t t = 0; t < experiment->tasks.n; t++)
        if (!describe(result, experiment->tasks.text[t], places, err)) return false;
    for (size_t t = 0; t < experiment->zero_shot_tasks.n; t++)
        if (!describe(result, experiment->zero_shot_tasks.text[t], places, err)) return false;
    return true;
}

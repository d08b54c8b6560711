#include "report/version/version.h"

#include <string.h>

#include "base/file.h"
#include "analysis/analysis.h"
#include "base/csv.h"
#include "result/draft.h"
#include "report/figure/figures.h"
#include "report/page/page.h"
#include "result/result_file.h"
#include "report/table/tables.h"
#include "result/versions.h"

bool version_find(Findings *findings, HashText *hash, const Outcome *outcome, Arena *arena,
                  Error *err)
{
    if (!analysis_make(findings, outcome, arena, err)) return false;
    Json *json = spec_write(&findings->numbers, &numbers_table, true, arena, err);
    return json && json_hash(hash, json, arena, err);
}

static bool write_text(const Draft *draft, const char *name, const Buffer *text, Error *err)
{
    char *path = file_join(draft->arena, draft->folder, name, err);
    return path && file_write(path, text->data, text->size, err);
}

/* --- runs.csv ------------------------------------------------------------------------------------- */

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
    while (strcmp(row->name, task) != 0) row++;
    return row->metric;
}

static bool write_runs(const Draft *draft, Error *err)
{
    const NumbersRun *run = draft->numbers->runs.items;
    Buffer csv = buffer_create(draft->arena);
    if (!buffer_add_text(&csv, "cell,task,seed,split,metric,value\n", err)) return false;
    for (size_t i = 0; i < draft->numbers->runs.n; i++, run++) {
        const char *metric = metric_of(draft->numbers, run->task);
        bool other = strcmp(metric, "accuracy") != 0;
        if (!add_value(&csv, run, "validation", metric, run->validation_score, err) ||
            (other &&
             !add_value(&csv, run, "validation", "accuracy", run->validation_accuracy, err)) ||
            !add_value(&csv, run, "validation", "loss", run->validation_loss, err) ||
            !add_value(&csv, run, "validation", "best epoch", (double)run->best_epoch, err) ||
            !add_value(&csv, run, "test", metric, run->test_score, err) ||
            (other && !add_value(&csv, run, "test", "accuracy", run->test_accuracy, err)) ||
            !add_value(&csv, run, "test", "loss", run->test_loss, err) ||
            !add_value(&csv, run, "train", "examples", (double)run->train_examples, err))
            return false;
    }
    return write_text(draft, "runs.csv", &csv, err);
}

/* --- the folder ----------------------------------------------------------------------------------- */

static bool write_curves(const Draft *draft, Error *err)
{
    Buffer csv = buffer_create(draft->arena);
    return curves_write(&csv, &draft->curves, draft->outcome, err) &&
           write_text(draft, "curves.csv", &csv, err);
}

/* In every spelling; `markdown` is what the page shows. */
static bool write_tables(const Draft *draft, Buffer *markdown, Error *err)
{
    Tables tables;
    if (!tables_make(&tables, draft, err)) return false;
    for (const TableSpelling *const *spelling = tables_spellings; *spelling; spelling++) {
        Buffer text = buffer_create(draft->arena);
        if (!tables_write(&text, &tables, *spelling, err) ||
            !write_text(draft, (*spelling)->file, &text, err))
            return false;
        if (*spelling == &table_markdown) *markdown = text;
    }
    return true;
}

/* Beside the versions, under a name that is not one's; renamed when complete. */
static bool write_version(VersionWritten *written, const Findings *findings, const HashText *hash,
                          const Outcome *outcome, const Provenance *provenance, Arena *arena,
                          Error *err)
{
    Draft draft = {.outcome = outcome,
                   .findings = findings,
                   .numbers = &findings->numbers,
                   .version = written->version,
                   .arena = arena};
    Buffer table = buffer_create(arena), page = buffer_create(arena);
    draft.folder = arena_format(arena, err, "%s.part", written->folder);
    if (!draft.folder || !file_remove_tree(draft.folder, err) ||
        !file_make_folder(draft.folder, err) || !curves_read(&draft.curves, outcome, arena, err) ||
        !result_file_write(&draft, hash, provenance, err) || !write_runs(&draft, err) ||
        !write_curves(&draft, err) || !write_tables(&draft, &table, err) ||
        !figures_draw_all(&draft, err) || !page_write(&page, &draft, provenance, table.data, err) ||
        !write_text(&draft, "README.md", &page, err) ||
        !file_rename(draft.folder, written->folder, err))
        return false;
    written->table = table.data;
    return true;
}

/* The newest version with the same numbers. */
static bool find_same(VersionWritten *written, const HashText *hash, const Versions *versions,
                      Arena *arena, Error *err)
{
    for (size_t i = versions->names.n; i-- > 0;) {
        Numbers numbers;
        HashText other;
        if (!versions_read(&numbers, &other, versions, versions->names.text[i], arena, err))
            return false;
        if (strcmp(other.text, hash->text) != 0) continue;
        written->reproduced = true;
        written->version = versions->names.text[i];
        return true;
    }
    return true;
}

static bool hold_against_previous(VersionWritten *written, const Numbers *numbers,
                                  const Versions *versions, Arena *arena, Error *err)
{
    Numbers before;
    HashText hash;
    if (!versions->names.n) return true;
    written->previous = versions->names.text[versions->names.n - 1];
    return versions_read(&before, &hash, versions, written->previous, arena, err) &&
           comparison_make(&written->moved, &before, numbers, arena, err);
}

static bool read_table(VersionWritten *written, const Versions *versions, Arena *arena, Error *err)
{
    char *table, *path = versions_path(versions, written->version, "table.md", arena, err);
    size_t size;
    if (!path || !file_read(&table, &size, path, arena, err)) return false;
    written->table = table;
    return true;
}

bool version_write(VersionWritten *written, const Outcome *outcome, const char *results,
                   Arena *arena, Error *err)
{
    const Experiment *experiment = outcome->plan->experiment;
    Versions versions;
    Findings findings;
    HashText hash;
    Provenance provenance;
    *written = (VersionWritten){0};
    if (!version_find(&findings, &hash, outcome, arena, err) ||
        !versions_list(&versions, results, experiment->name, experiment->scale, arena, err) ||
        !find_same(written, &hash, &versions, arena, err))
        return false;
    if (!written->reproduced) written->version = versions_next(&versions, arena, err);
    if (!written->version) return false;
    written->folder = arena_format(arena, err, "%s/%s", versions.folder, written->version);
    if (!written->folder) return false;
    if (written->reproduced) return read_table(written, &versions, arena, err);
    if (!provenance_read(&provenance, outcome, arena, err) ||
        !hold_against_previous(written, &findings.numbers, &versions, arena, err) ||
        !write_version(written, &findings, &hash, outcome, &provenance, arena, err))
        return error_wrap(err, "writing the result %s", written->folder);
    written->dirty = provenance.dirty;
    return true;
}

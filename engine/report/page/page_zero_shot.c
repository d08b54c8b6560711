#include "report/page/page_zero_shot.h"

#include <string.h>

#include "analysis/models.h"
#include "base/markdown.h"
#include "data/dataset/dataset_manifest.h"
#include "learner/objectives.h"
#include "report/page/page_architecture.h"

/* The models that did one task, in the order of the cells. */
typedef struct Columns {
    size_t n;
    const EvidenceProbe **probe;
    const char **name;
    const double **right; /* [n][units] 1 where the example was right at the end of pre-training */
} Columns;

typedef struct Page {
    Buffer *text;
    const Result *result;
    const Evidence *evidence;
    Models models;
    Error *err;
} Page;

static const char *task_name(const Page *page, int task)
{
    return page->result->experiment->zero_shot_tasks.text[task];
}

/* --- how they were asked -------------------------------------------------------------------------------- */

static const Architecture *architecture_at(const Page *page, int cell)
{
    return page_architecture_of(&page->result->experiment->cells[cell]);
}

/* The first cell of a model that was asked without fine-tuning. */
static bool is_asked(const Page *page, int cell)
{
    for (int i = 0; i < page->evidence->n_probes; i++)
        if (page->evidence->probes[i].kind == PROBE_ZERO_SHOT &&
            page->evidence->probes[i].cell == cell)
            return models_cell(&page->models, page->result,
                               page->result->numbers->cells.text[cell]) >= 0;
    return false;
}

/* One that reads from left to right is asked as everyone expects. */
static bool is_other(const Page *page, int cell)
{
    const Architecture *architecture = architecture_at(page, cell);
    return architecture && is_asked(page, cell) && !architecture_continues_text(architecture);
}

/* NULL: not known, or not asked. */
static const char *likelihood_of(const Page *page, int cell)
{
    const Architecture *architecture = architecture_at(page, cell);
    return architecture && is_asked(page, cell) ? objectives_of(architecture)->likelihood : NULL;
}

/* This one and those that are asked as it is: “GPT”, “LSTM”. */
static bool write_names(const Page *page, int cell, const char *before)
{
    for (int c = 0; c < page->evidence->n_cells; c++) {
        if (likelihood_of(page, c) != likelihood_of(page, cell)) continue;
        const char *name = models_name(&page->models, page->result, c, page->err);
        if (!name ||
            !markdown_format(page->text, page->err, "%s“%s”", c == cell ? before : ", ", name))
            return false;
    }
    return true;
}

static bool is_first_asked_so(const Page *page, int cell)
{
    int c = 0;
    while (likelihood_of(page, c) != likelihood_of(page, cell)) c++;
    return c == cell;
}

static bool write_ways(const Page *page)
{
    bool expected = true, first = true;
    for (int c = 0; c < page->evidence->n_cells; c++) expected &= !is_other(page, c);
    if (expected) return true;
    if (!buffer_add_text(
            page->text, "\nHow likely a text is, each model is asked as it was trained", page->err))
        return false;
    for (int c = 0; c < page->evidence->n_cells; c++) {
        const char *likelihood = likelihood_of(page, c);
        if (!likelihood || !is_first_asked_so(page, c)) continue;
        if (!write_names(page, c, first ? ": " : "; ") ||
            !buffer_format(page->text, page->err, " for the %s", likelihood))
            return false;
        first = false;
    }
    return buffer_add_text(page->text, ".\n", page->err);
}

/* --- the models of a task ------------------------------------------------------------------------------- */

static const double *right_of(const EvidenceProbe *probe, Arena *arena, Error *err)
{
    const size_t n = (size_t)probe->n_units;
    const double *last = probe->unit + (size_t)(probe->n_points - 1) * n;
    double *right = arena_alloc(arena, n, sizeof *right, err);
    for (size_t e = 0; right && e < n; e++) right[e] = last[e] == probe->truth[e];
    return right;
}

static bool find_columns(Columns *columns, const Page *page, int task)
{
    Arena *arena = page->result->arena;
    const size_t most = (size_t)page->evidence->n_probes;
    *columns = (Columns){.probe = arena_alloc(arena, most, sizeof *columns->probe, page->err),
                         .name = arena_alloc(arena, most, sizeof *columns->name, page->err),
                         .right = arena_alloc(arena, most, sizeof *columns->right, page->err)};
    if (!columns->probe || !columns->name || !columns->right) return false;
    for (size_t i = 0; i < most; i++) {
        const EvidenceProbe *probe = &page->evidence->probes[i];
        if (probe->kind != PROBE_ZERO_SHOT || probe->task != task || !is_asked(page, probe->cell))
            continue;
        const size_t n = columns->n++;
        columns->probe[n] = probe;
        columns->name[n] = models_name(&page->models, page->result, probe->cell, page->err);
        columns->right[n] = right_of(probe, arena, page->err);
        if (!columns->name[n] || !columns->right[n]) return false;
    }
    return true;
}

/* --- one facet ------------------------------------------------------------------------------------------ */

static bool write_head(const Page *page, const Columns *columns, const char *facet)
{
    if (!markdown_format(page->text, page->err, "\n| %s | examples |", facet)) return false;
    for (size_t c = 0; c < columns->n; c++)
        if (!markdown_format(page->text, page->err, " %s |", columns->name[c])) return false;
    if (!buffer_add_text(page->text, "\n|---|---:|", page->err)) return false;
    for (size_t c = 0; c < columns->n; c++)
        if (!buffer_add_text(page->text, "---:|", page->err)) return false;
    return buffer_add_char(page->text, '\n', page->err);
}

static bool write_facet(const Page *page, const Columns *columns, size_t f)
{
    const Facet *facet = &columns->probe[0]->facets.items[f];
    if (!write_head(page, columns, facet->name)) return false;
    for (size_t v = 0; v < facet->values.n; v++) {
        const int n = columns->probe[0]->n_units;
        if (!markdown_format(page->text, page->err, "| %s |", facet->values.text[v]) ||
            !buffer_format(page->text, page->err, " %d |",
                           dataset_facets_count(facet, (int)v, columns->right[0], n).n))
            return false;
        for (size_t c = 0; c < columns->n; c++) {
            const FacetCount count = dataset_facets_count(facet, (int)v, columns->right[c], n);
            if (!buffer_format(page->text, page->err, " %.1f |", 100.0 * count.right / count.n))
                return false;
        }
        if (!buffer_add_char(page->text, '\n', page->err)) return false;
    }
    return true;
}

/* The first is shown; others, which are finer, unfold. */
static bool write_facets(const Page *page, int task)
{
    Columns columns;
    if (!find_columns(&columns, page, task)) return false;
    if (columns.n == 0 || columns.probe[0]->facets.n == 0) return true;
    const Facets *facets = &columns.probe[0]->facets;
    if (!markdown_format(page->text, page->err,
                         "\n%s: the share of its examples, in %%, that were right at the end of "
                         "pre-training, by %s\n",
                         task_name(page, task), facets->items[0].name) ||
        !write_facet(page, &columns, 0))
        return false;
    for (size_t f = 1; f < facets->n; f++)
        if (!buffer_add_text(page->text, "\n<details><summary>by ", page->err) ||
            !markdown_format(page->text, page->err, "%s</summary>\n", facets->items[f].name) ||
            !write_facet(page, &columns, f) ||
            !buffer_add_text(page->text, "\n</details>\n", page->err))
            return false;
    return true;
}

/* --- others --------------------------------------------------------------------------------------------- */

static bool write_others(const Page *page, int task)
{
    const ProvenanceData *data = provenance_data(&page->result->provenance, task_name(page, task));
    const DatasetOther *other = data ? data->others.items : NULL;
    const size_t n = data ? data->others.n : 0;
    if (n > 0 &&
        !markdown_format(page->text, page->err,
                         "\nScores of others on %s, without fine-tuning: ", task_name(page, task)))
        return false;
    for (size_t i = 0; i < n; i++) {
        const bool told = i + 1 < n && !strcmp(other[i].where, other[i + 1].where);
        if (!markdown_text(page->text, other[i].model, page->err) ||
            !buffer_format(page->text, page->err, " %.1f", other[i].score) ||
            (!told && !markdown_format(page->text, page->err, " (%s)", other[i].where)) ||
            !buffer_add_text(page->text, i + 1 < n ? ", " : ".\n", page->err))
            return false;
    }
    return true;
}

bool page_zero_shot(Buffer *text, const Result *result, const Evidence *evidence, Error *err)
{
    Page page = {.text = text, .result = result, .evidence = evidence, .err = err};
    if (!models_find(&page.models, result, false, err) || !write_ways(&page)) return false;
    for (size_t t = 0; t < result->experiment->zero_shot_tasks.n; t++)
        if (!write_facets(&page, (int)t) || !write_others(&page, (int)t)) return false;
    return true;
}

#include <string.h>

#include "analysis/cell_words.h"
#include "analysis/changes.h"
#include "analysis/comparison.h"
#include "base/escape.h"
#include "base/file.h"
#include "report/paper/paper_parts.h"
#include "result/versions.h"

static const char *statement_of(const Experiment *experiment, const char *id)
{
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (!strcmp(experiment->claims[i].id, id)) return experiment->claims[i].statement;
    return id;
}

/* Claims whose verdict is another. */
static bool write_verdicts(Buffer *latex, const Comparison *comparison, Error *err)
{
    const ChangesClaim *claim = comparison->claims.items;
    for (size_t i = 0; i < comparison->claims.n; i++) {
        const int old = claim[i].before, new = claim[i].after;
        if (old >= 0 && new >= 0 && old != new &&
            !escape_latex_format(latex, err,
                                 "\\item \\emph{%s}: \\verdict{%s}, was \\verdict{%s}\n",
                                 statement_of(comparison->side[1].result->experiment, claim[i].id),
                                 verdict_words[new], verdict_words[old]))
            return false;
    }
    return true;
}

static bool is_moved(const ComparisonRow *row)
{
    return row->verdict == COMPARISON_BETTER || row->verdict == COMPARISON_WORSE;
}

static bool write_moved(Buffer *latex, const Experiment *experiment, const Comparison *comparison,
                        Error *err)
{
    for (size_t i = 0; i < comparison->n; i++) {
        const ComparisonRow *row = &comparison->rows[i];
        const char *cell = cell_words(experiment, row->cell, latex->arena, err);
        if (!cell) return false;
        if (is_moved(row) &&
            (!escape_latex_format(latex, err, "\\item %s, %s: %s, ", cell, row->what,
                                  comparison_verdict_words[row->verdict]) ||
             !buffer_format(latex, err, "%.1f was %.1f\n", row->measure->scale * row->after,
                            row->measure->scale * row->before)))
            return false;
    }
    return true;
}

/* How many numbers did what. */
static bool write_counts(Buffer *latex, const Comparison *comparison, Error *err)
{
    bool any = false;
    for (int v = 0; v < N_COMPARISON_VERDICTS; v++) {
        if (!comparison->count[v]) continue;
        if (!escape_latex_format(latex, err, any ? ", %zu %s" : "%zu %s", comparison->count[v],
                                 comparison_verdict_words[v]))
            return false;
        any = true;
    }
    return true;
}

/* What was asked for that had not been before. */
static bool write_asked(Buffer *latex, const Experiment *before, const Experiment *after,
                        Error *err)
{
    TextList settings;
    if (!changes_settings(&settings, before, after, latex->arena, err)) return false;
    for (size_t i = 0; i < settings.n; i++)
        if (!escape_latex_format(latex, err, i ? "; %s" : " Asked for: %s", settings.text[i]))
            return false;
    return !settings.n || buffer_add_char(latex, '.', err);
}

/* --- from one version to the next ------------------------------------------------------------------- */

/* Without the evidence, of which the draws for all versions of all results would take a minute. */
static bool write_change(Buffer *latex, const Result *before, const Result *after, Error *err)
{
    Comparison comparison;
    Buffer list = buffer_create(latex->arena);
    const ComparisonSide a = {.result = before}, b = {.result = after};
    if (!comparison_make(&comparison, &a, &b, latex->arena, err) ||
        !escape_latex_format(latex, err, "\\item %s against %s, number by number, by seed: ",
                             after->version, before->version) ||
        !write_counts(latex, &comparison, err) || !buffer_add_text(latex, ".", err) ||
        !write_asked(latex, before->experiment, after->experiment, err) ||
        !buffer_add_char(latex, '\n', err) || !write_verdicts(&list, &comparison, err) ||
        !write_moved(&list, after->experiment, &comparison, err))
        return false;
    return list.size == 0 ||
           buffer_format(latex, err, "\\begin{itemize}\n%s\\end{itemize}\n", list.data);
}

static Result *read_version(const Versions *versions, size_t i, Arena *arena, Error *err)
{
    const char *name = versions->names.text[i];
    char *folder = file_join(arena, versions->folder, name, err);
    Result *result = arena_alloc(arena, 1, sizeof *result, err);
    if (!folder || !result || !result_read(result, folder, arena, err)) return NULL;
    if (!result->version) result->version = name;
    return result;
}

bool paper_versions(Buffer *latex, const Result *result, const char *results, Error *err)
{
    Versions versions;
    const Experiment *experiment = result->experiment;
    if (!versions_list(&versions, results, experiment->name, experiment->scale, latex->arena, err))
        return false;
    if (versions.names.n < 2) return true;
    if (!buffer_add_text(latex,
                         "\n\\paragraph{What changed between versions.}\n"
                         "\\begin{itemize}\n",
                         err))
        return false;
    const Result *before = read_version(&versions, 0, latex->arena, err);
    for (size_t i = 1; before && i < versions.names.n; i++) {
        const Result *after = read_version(&versions, i, latex->arena, err);
        if (!after || !write_change(latex, before, after, err)) return false;
        before = after;
    }
    return before && buffer_add_text(latex, "\\end{itemize}\n", err);
}

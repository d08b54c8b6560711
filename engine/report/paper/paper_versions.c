#include <string.h>

#include "analysis/cell_words.h"
#include "base/escape.h"
#include "report/paper/paper_parts.h"
#include "result/comparison.h"
#include "result/versions.h"

/* The verdict on a claim as a whole: that of its last row; -1: it was not measured. */
static int whole_verdict(const Numbers *numbers, const char *id)
{
    const NumbersClaim *claim = numbers->claims.items;
    int verdict = -1;
    for (size_t i = 0; i < numbers->claims.n; i++)
        if (!strcmp(claim[i].id, id)) verdict = claim[i].verdict;
    return verdict;
}

/* Claims whose verdict is another. */
static bool write_verdicts(Buffer *latex, const Numbers *before, const Numbers *after, Error *err)
{
    const NumbersClaim *claim = after->claims.items;
    for (size_t i = 0; i < after->claims.n; i++) {
        const bool last = i + 1 == after->claims.n || strcmp(claim[i].id, claim[i + 1].id) != 0;
        const int was = whole_verdict(before, claim[i].id);
        if (!last || was < 0 || was == claim[i].verdict) continue;
        if (!escape_latex_format(latex, err, "\\item claim %s: \\verdict{%s}, was \\verdict{%s}\n",
                                 claim[i].id, verdict_words[claim[i].verdict], verdict_words[was]))
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
             !buffer_format(latex, err, "%.1f was %.1f\n", row->scale * row->after,
                            row->scale * row->before)))
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

static bool write_change(Buffer *latex, const Experiment *experiment, const char *version,
                         const char *earlier, const Numbers *before, const Numbers *after,
                         Error *err)
{
    Comparison comparison;
    Buffer list = buffer_create(latex->arena);
    if (!comparison_make(&comparison, before, after, latex->arena, err) ||
        !escape_latex_format(latex, err, "\\item %s against %s, number by number: ", version,
                             earlier) ||
        !write_counts(latex, &comparison, err) || !buffer_add_text(latex, ".\n", err) ||
        !write_verdicts(&list, before, after, err) ||
        !write_moved(&list, experiment, &comparison, err))
        return false;
    return list.size == 0 ||
           buffer_format(latex, err, "\\begin{itemize}\n%s\\end{itemize}\n", list.data);
}

bool paper_versions(Buffer *latex, const Result *result, const char *results, Error *err)
{
    Versions versions;
    const Experiment *experiment = result->experiment;
    Numbers before, after;
    HashText hash;
    if (!versions_list(&versions, results, experiment->name, experiment->scale, latex->arena, err))
        return false;
    if (versions.names.n < 2) return true;
    if (!buffer_add_text(latex,
                         "\n\\paragraph{What changed between versions.}\n"
                         "\\begin{itemize}\n",
                         err) ||
        !versions_read(&before, &hash, &versions, versions.names.text[0], latex->arena, err))
        return false;
    for (size_t i = 1; i < versions.names.n; i++, before = after)
        if (!versions_read(&after, &hash, &versions, versions.names.text[i], latex->arena, err) ||
            !write_change(latex, experiment, versions.names.text[i], versions.names.text[i - 1],
                          &before, &after, err))
            return false;
    return buffer_add_text(latex, "\\end{itemize}\n", err);
}

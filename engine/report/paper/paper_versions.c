#include <string.h>

#include "analysis/cell_words.h"
#include "analysis/claim_rows.h"
#include "base/escape.h"
#include "base/file.h"
#include "report/paper/paper_parts.h"
#include "result/comparison.h"
#include "result/versions.h"

/* Claims whose verdict is another. */
static bool write_verdicts(Buffer *latex, const Result *before, const Result *after, Error *err)
{
    for (size_t i = 0; i < after->experiment->n_claims; i++) {
        const ExperimentClaim *claim = &after->experiment->claims[i];
        const ClaimRows was = claim_rows(&before->findings, claim),
                        is = claim_rows(&after->findings, claim);
        if (!was.n || !is.n) continue;
        const int old = was.items[was.n - 1].verdict, new = is.items[is.n - 1].verdict;
        if (old != new && !escape_latex_format(
                              latex, err, "\\item \\emph{%s}: \\verdict{%s}, was \\verdict{%s}\n",
                              claim->statement, verdict_words[new], verdict_words[old]))
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

/* --- what was asked for ----------------------------------------------------------------------------- */

typedef struct Changes {
    Buffer *latex;
    TextList said; /* each change once */
    Error *err;
} Changes;

enum { MOST_CHANGES = 40 };

/* "4 epochs, was 8 epochs"; `before` NULL: it is new. */
static bool write_setting(Changes *changes, const char *path, const Json *before, const Json *after)
{
    Buffer words = buffer_create(changes->latex->arena);
    if (!cell_words_setting(&words, path, after, changes->err) ||
        !buffer_add_text(&words, before ? ", was " : ", not set before", changes->err) ||
        (before && !cell_words_setting(&words, path, before, changes->err)))
        return false;
    for (size_t i = 0; i < changes->said.n; i++)
        if (!strcmp(changes->said.text[i], words.data)) return true;
    if (changes->said.n == MOST_CHANGES) return true;
    const char *between = changes->said.n ? "; %s" : " Asked for: %s";
    changes->said.text[changes->said.n++] = words.data;
    return escape_latex_format(changes->latex, changes->err, between, words.data);
}

/* Settings that differ, sections within sections included. */
static bool write_settings(Changes *changes, const char *section, const Json *before,
                           const Json *after)
{
    for (size_t i = 0; i < json_size(after); i++) {
        const char *key;
        Json *value;
        json_member(after, i, &key, &value);
        const Json *was = json_get(before, key);
        const bool is_section = json_type(value) == JSON_OBJECT_VALUE;
        if (was ? json_same(was, value) : is_section) continue; /* a new section says nothing yet */
        const char *path = arena_format(changes->latex->arena, changes->err, "%s%s%s", section,
                                        *section ? "." : "", key);
        const bool inside = is_section && json_type(was) == JSON_OBJECT_VALUE;
        if (!path || !(inside ? write_settings(changes, path, was, value)
                              : write_setting(changes, path, was, value)))
            return false;
    }
    return true;
}

/* Of the cells that both have. */
static bool write_asked(Buffer *latex, const Experiment *before, const Experiment *after,
                        Error *err)
{
    const char *said[MOST_CHANGES];
    Changes changes = {latex, {0, said}, err};
    for (size_t c = 0; c < after->n_cells; c++)
        for (size_t b = 0; b < before->n_cells; b++)
            if (!strcmp(before->cells[b].name, after->cells[c].name) &&
                !write_settings(&changes, "", before->cells[b].json, after->cells[c].json))
                return false;
    return !changes.said.n || buffer_add_char(latex, '.', err);
}

/* --- from one version to the next ------------------------------------------------------------------- */

static bool write_change(Buffer *latex, const Result *before, const Result *after, Error *err)
{
    Comparison comparison;
    Buffer list = buffer_create(latex->arena);
    if (!comparison_make(&comparison, before->numbers, after->numbers, latex->arena, err) ||
        !escape_latex_format(latex, err, "\\item %s against %s, number by number: ", after->version,
                             before->version) ||
        !write_counts(latex, &comparison, err) || !buffer_add_text(latex, ".", err) ||
        !write_asked(latex, before->experiment, after->experiment, err) ||
        !buffer_add_char(latex, '\n', err) || !write_verdicts(&list, before, after, err) ||
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

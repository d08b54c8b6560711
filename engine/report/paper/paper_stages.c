#include <string.h>

#include "analysis/cell_words.h"
#include "base/escape.h"
#include "report/paper/paper_parts.h"

/* How much of a title is not its seed: "TASK, CELL" of "TASK, CELL, seed 1". */
static size_t without_seed(const char *title)
{
    const char *seed = strstr(title, ", seed ");
    return seed ? (size_t)(seed - title) : strlen(title);
}

static bool differ_in_seed_alone(const ProvenanceStage *a, const ProvenanceStage *b)
{
    const size_t size = without_seed(a->title);
    return !strcmp(a->kind, b->kind) && without_seed(b->title) == size &&
           !memcmp(a->title, b->title, size);
}

/* Whether an earlier one has its row. */
static bool has_row(const ProvenanceStage *stages, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (differ_in_seed_alone(&stages[k], &stages[i])) return true;
    return false;
}

/* --- a title in words --------------------------------------------------------------------------------- */

/* Where a name stands as a part between commas; NULL: nowhere. */
static const char *find_part(const char *title, const char *name)
{
    const size_t size = strlen(name);
    for (const char *at = title; (at = strstr(at, name)) != NULL; at++) {
        const bool begins = at == title || (at - title >= 2 && !memcmp(at - 2, ", ", 2));
        if (begins && (at[size] == '\0' || at[size] == ',')) return at;
    }
    return NULL;
}

/* The longest name of a cell in it; NULL: none. */
static const char *cell_in(const Experiment *experiment, const char *title)
{
    const char *longest = NULL;
    for (size_t c = 0; c < experiment->n_cells; c++) {
        const char *name = experiment->cells[c].name;
        if (find_part(title, name) && (!longest || strlen(name) > strlen(longest))) longest = name;
    }
    return longest;
}

static const char *candidate_in(const Numbers *numbers, const char *title)
{
    const NumbersSelection *selection = numbers->selections.items;
    for (size_t i = 0; numbers->selections.n > 0 && i < selection->candidates.n; i++)
        if (find_part(title, selection->candidates.text[i])) return selection->candidates.text[i];
    return NULL;
}

/* The title with one part in other words; `part` NULL: as it is. */
static const char *put(const char *title, const char *part, const char *words, Arena *arena,
                       Error *err)
{
    if (!part || !words) return part ? NULL : title;
    const char *at = find_part(title, part);
    return arena_format(arena, err, "%.*s%s%s", (int)(at - title), title, words, at + strlen(part));
}

static const char *title_words(const Result *result, const ProvenanceStage *stage, Error *err)
{
    Arena *arena = result->arena;
    const Experiment *experiment = result->experiment;
    const char *title =
        arena_format(arena, err, "%.*s", (int)without_seed(stage->title), stage->title);
    if (!title) return NULL;
    const char *cell = cell_in(experiment, title);
    title = put(title, cell, cell ? cell_words(experiment, cell, arena, err) : NULL, arena, err);
    if (!title) return NULL;
    const char *candidate = candidate_in(result->numbers, title);
    return put(title, candidate,
               candidate ? cell_words_candidate(experiment, candidate, arena, err) : NULL, arena,
               err);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

/* The beginnings of the keys of a row, one a seed; each can be pointed at. */
static bool write_keys(Buffer *latex, const Result *result, size_t first, Error *err)
{
    const ProvenanceStage *stage = result->provenance.stages.items;
    for (size_t i = first; i < result->provenance.stages.n; i++)
        if (differ_in_seed_alone(&stage[first], &stage[i]) &&
            (!escape_latex_format(latex, err, " \\stagekey{%s}", result->experiment->name) ||
             !buffer_format(latex, err, "{%.12s}", stage[i].key)))
            return false;
    return buffer_add_char(latex, '\n', err);
}

bool paper_stages(Buffer *latex, const Result *result, Error *err)
{
    const SpecList *stages = &result->provenance.stages;
    const ProvenanceStage *stage = stages->items;
    if (!stages->n) return true;
    if (!escape_latex_format(latex, err, "\n\n\\begin{stages}{%zu}\n", stages->n)) return false;
    for (size_t i = 0; i < stages->n; i++) {
        if (has_row(stage, i)) continue;
        const char *title = title_words(result, &stage[i], err);
        if (!title || !escape_latex_format(latex, err, "\\item %s: %s", stage[i].kind, title) ||
            !write_keys(latex, result, i, err))
            return false;
    }
    return buffer_add_text(latex, "\\end{stages}\n", err);
}

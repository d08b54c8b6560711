#include "report/page/answer_comparison.h"

#include "base/markdown.h"
#include "base/wrap.h"
#include "report/page/answer_changes.h"
#include "report/table/table_comparison.h"
#include "report/table/table_terminal.h"

typedef struct Answer {
    Buffer *text;
    const Comparison *comparison;
    size_t width; /* 0: Markdown */
    Error *err;
} Answer;

/* One of a list, behind what marks it. */
static bool add_item(const Answer *answer, const char *mark, size_t indent, const char *words)
{
    if (answer->width)
        return wrap_add(answer->text, mark, words, indent, answer->width, answer->err);
    return markdown_format(answer->text, answer->err, "- %s\n", words);
}

static bool add_side(const Answer *answer, int s)
{
    static const char *const marks[] = {"A", "B"};
    const ComparisonSide *side = &answer->comparison->side[s];
    Buffer words = buffer_create(answer->text->arena);
    if (answer->width)
        return buffer_format(&words, answer->err, "%s (%s)", side->name, side->place) &&
               add_item(answer, marks[s], 3, words.data);
    return markdown_format(answer->text, answer->err, "- **%s**: %s (`%s`)\n", marks[s], side->name,
                           side->place);
}

static bool add_table(const Answer *answer, const Table *table)
{
    return buffer_add_char(answer->text, '\n', answer->err) &&
           (answer->width ? table_terminal(answer->text, table, answer->width, answer->err)
                          : table_markdown.write(answer->text, table, answer->err));
}

static bool add_tables(const Answer *answer, const char *a, const char *b, bool moved_only)
{
    TableComparison tables;
    if (!table_comparison_make(&tables, answer->comparison, a, b, moved_only, answer->text->arena,
                               answer->err))
        return false;
    for (size_t i = 0; i < tables.n; i++)
        if (!add_table(answer, &tables.items[i])) return false;
    return true;
}

/* --- notes ------------------------------------------------------------------------------------------ */

static size_t count_shared(const Comparison *comparison, ComparisonShared shared)
{
    size_t n = 0;
    for (size_t i = 0; i < comparison->n; i++)
        n += !comparison->rows[i].why && comparison->rows[i].shared == shared &&
             comparison->rows[i].verdict != COMPARISON_IDENTICAL;
    return n;
}

/* How intervals come about, of the ways that there are. */
static bool add_ways(const Answer *answer)
{
    static const char *const ways[] = {
        [COMPARISON_SHARED_EXAMPLES] = "paired by seed and example, or by document (bootstrap)",
        [COMPARISON_SHARED_SEEDS] = "paired by seed (Student's t), without the predictions of both",
        [COMPARISON_SHARED_NOTHING] = "not paired: of other seeds or test examples, or of one seed "
                                      "without the predictions of "
                                      "both",
        [COMPARISON_SHARED_UNKNOWN] =
            "without an interval: judged by its size alone, 1 % of a perplexity, 0.01 nats",
    };
    for (int w = N_COMPARISON_SHARED; w-- > 0;) {
        const size_t n = count_shared(answer->comparison, (ComparisonShared)w);
        Buffer words = buffer_create(answer->text->arena);
        if (n > 0 && (!buffer_format(&words, answer->err, "%zu difference%s %s", n,
                                     n == 1 ? "" : "s", ways[w]) ||
                      !add_item(answer, "- ", 2, words.data)))
            return false;
    }
    return true;
}

static bool has_one_seed(const Comparison *comparison)
{
    for (int s = 0; s < 2; s++) {
        const SpecList *scores = &comparison->side[s].result->numbers->scores;
        if (scores->n > 0 && ((const NumbersScore *)scores->items)->seeds == 1) return true;
    }
    return false;
}

static bool add_notes(const Answer *answer)
{
    const TextList *notes = &answer->comparison->notes;
    const bool moved =
        answer->comparison->n_compared != answer->comparison->count[COMPARISON_IDENTICAL];
    if ((moved || notes->n) && !buffer_add_char(answer->text, '\n', answer->err)) return false;
    for (size_t i = 0; i < notes->n; i++)
        if (!add_item(answer, "- ", 2, notes->text[i])) return false;
    return !moved ||
           (add_ways(answer) &&
            (!has_one_seed(answer->comparison) ||
             add_item(answer, "- ", 2,
                      "there is one seed: no interval says anything of other seeds")) &&
            add_item(answer, "- ", 2,
                     "in brackets 95 % intervals of the difference; within noise: it holds "
                     "0, or the difference is at most half a point"));
}

bool answer_comparison(Buffer *text, const Comparison *comparison, size_t width, Error *err)
{
    const Answer answer = {text, comparison, width, err};
    Buffer summary = buffer_create(text->arena);
    return add_side(&answer, 0) && add_side(&answer, 1) && add_tables(&answer, "A", "B", false) &&
           add_notes(&answer) &&
           answer_changes(text, "Verdicts, from A to B", &comparison->claims, width, err) &&
           buffer_add_char(text, '\n', err) && comparison_summary(&summary, comparison, err) &&
           (width ? wrap_add(text, "", summary.data, 0, width, err)
                  : markdown_format(text, err, "**%s**\n", summary.data));
}

bool answer_comparison_moved(Buffer *text, const Comparison *comparison, const char *a,
                             const char *b, size_t width, Error *err)
{
    return add_tables(&(Answer){text, comparison, width, err}, a, b, true);
}

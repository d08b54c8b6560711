#include "report/page/page_answers.h"

#include "analysis/confusion.h"
#include "base/markdown.h"

enum { TWO = 2 };

typedef struct Page {
    Buffer *text;
    const Result *result;
    const Evidence *evidence;
    Error *err;
} Page;

static const char *task_name(const Page *page, int task)
{
    return ((const NumbersTask *)page->result->numbers->tasks.items)[task].name;
}

/* The classes of a task; none where it asks for something else. */
static const TextList *labels_of(const Page *page, int task)
{
    static const TextList none = {0};
    const ProvenanceData *data = provenance_data(&page->result->provenance, task_name(page, task));
    return data ? &data->labels : &none;
}

/* Of each variant; NULL: failed. The task is passed over where *classes turns false. */
static Confusion *confusions_of(const Page *page, int task, bool *classes)
{
    const TextList *variants = &page->result->experiment->variants;
    Arena *arena = page->result->arena;
    Confusion *confusion = arena_alloc(arena, variants->n, sizeof *confusion, page->err);
    *classes = variants->n > 0;
    for (size_t v = 0; confusion && v < variants->n; v++) {
        if (!confusion_make(&confusion[v], page->evidence, page->result->experiment,
                            variants->text[v], task, (int)labels_of(page, task)->n, arena,
                            page->err))
            return NULL;
        *classes &= confusion[v].n_classes > 0;
    }
    return confusion;
}

/* The end of a sentence: ", over 3 seeds and all points of the grid." */
static bool write_over(const Page *page)
{
    const Experiment *experiment = page->result->experiment;
    const size_t n = experiment->seeds.n;
    const bool grid = experiment->n_cells > experiment->variants.n;
    return (n == 1 ? buffer_add_text(page->text, ", of one seed", page->err)
                   : buffer_format(page->text, page->err, ", over %zu seeds", n)) &&
           buffer_add_text(page->text, grid ? " and all points of the grid.\n" : ".\n", page->err);
}

/* The names of the columns behind the first two. */
static bool write_head(const Page *page, const TextList *columns)
{
    if (!buffer_add_text(page->text, "\n| | class |", page->err)) return false;
    for (size_t i = 0; i < columns->n; i++)
        if (!markdown_format(page->text, page->err, " %s |", columns->text[i])) return false;
    if (!buffer_add_text(page->text, "\n|---|---|", page->err)) return false;
    for (size_t i = 0; i < columns->n; i++)
        if (!buffer_add_text(page->text, "---:|", page->err)) return false;
    return buffer_add_char(page->text, '\n', page->err);
}

/* The first two fields of a row; what NULL is of stands above. */
static bool write_class(const Page *page, const char *of, const char *name)
{
    return (of ? markdown_format(page->text, page->err, "| %s |", of)
               : buffer_add_text(page->text, "| |", page->err)) &&
           markdown_format(page->text, page->err, " %s |", name);
}

/* --- tasks of two classes: the shares of each that were answered right --------------------------------- */

static bool write_shares_head(const Page *page)
{
    return buffer_add_text(page->text,
                           "\nTwo classes: the share of each one's test examples, in %, that was "
                           "answered right",
                           page->err) &&
           write_over(page) && write_head(page, &page->result->experiment->variants);
}

static bool write_shares(const Page *page, int task, const TextList *labels,
                         const Confusion *confusion)
{
    for (int k = 0; k < TWO; k++) {
        if (!write_class(page, k == 0 ? task_name(page, task) : NULL, labels->text[k]))
            return false;
        for (size_t v = 0; v < page->result->experiment->variants.n; v++) {
            const double all = (double)confusion_of_class(&confusion[v], k);
            const double right = (double)confusion_count(&confusion[v], k, k);
            if (!(all > 0 ? buffer_format(page->text, page->err, " %.1f |", 100 * right / all)
                          : buffer_add_text(page->text, " |", page->err)))
                return false;
        }
        if (!buffer_add_char(page->text, '\n', page->err)) return false;
    }
    return true;
}

/* --- tasks of more classes: matrices -------------------------------------------------------------------- */

static bool write_matrix_head(const Page *page, int task)
{
    return markdown_format(page->text, page->err,
                           "\n%s: its test examples by their class (rows) and by what was "
                           "answered (columns)",
                           task_name(page, task)) &&
           write_over(page) && write_head(page, labels_of(page, task));
}

static bool write_matrix(const Page *page, const char *variant, const TextList *labels,
                         const Confusion *confusion)
{
    for (int k = 0; k < confusion->n_classes; k++) {
        if (!write_class(page, k == 0 ? variant : NULL, labels->text[k])) return false;
        for (int a = 0; a < confusion->n_classes; a++)
            if (!buffer_format(page->text, page->err, a == k ? " **%lld** |" : " %lld |",
                               (long long)confusion_count(confusion, k, a)))
                return false;
        if (!buffer_add_char(page->text, '\n', page->err)) return false;
    }
    return true;
}

static bool write_matrices(const Page *page, int task, const TextList *labels,
                           const Confusion *confusion)
{
    const TextList *variants = &page->result->experiment->variants;
    if (!write_matrix_head(page, task)) return false;
    for (size_t v = 0; v < variants->n; v++)
        if (!write_matrix(page, variants->text[v], labels, &confusion[v])) return false;
    return true;
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static bool begin(const Page *page, bool *begun)
{
    if (*begun) return true;
    *begun = true;
    return buffer_add_text(page->text, "\n## What was answered\n", page->err);
}

/* All tasks of two classes in one table, or one of each task of more. */
static bool write_tasks(const Page *page, bool two, bool *begun)
{
    bool first = true;
    for (int t = 0; t < page->evidence->n_tasks; t++) {
        const TextList *labels = labels_of(page, t);
        bool classes;
        if (two ? labels->n != TWO : labels->n <= TWO) continue;
        const Confusion *confusion = confusions_of(page, t, &classes);
        if (!confusion) return false;
        if (!classes) continue;
        if (!begin(page, begun) || (two && first && !write_shares_head(page)) ||
            !(two ? write_shares(page, t, labels, confusion)
                  : write_matrices(page, t, labels, confusion)))
            return false;
        first = false;
    }
    return true;
}

bool page_answers(Buffer *text, const Result *result, const Evidence *evidence, Error *err)
{
    const Page page = {text, result, evidence, err};
    bool begun = false;
    return write_tasks(&page, true, &begun) && write_tasks(&page, false, &begun);
}

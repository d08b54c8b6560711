#include "report/table/tables.h"

#include "base/escape.h"
#include "report/table/table_probe.h"
#include "report/table/table_scores.h"

const TableSpelling *const tables_spellings[] = {&table_markdown, &table_latex, NULL};

bool tables_make(Tables *tables, const Result *result, Error *err)
{
    size_t n_probes;
    *tables = (Tables){0};
    if (result->numbers->tasks.n > 0 &&
        !table_scores_make(&tables->items[tables->n++], result, err))
        return false;
    if (!table_probe_make(tables->items + tables->n, &n_probes, result, err)) return false;
    tables->n += n_probes;
    if (tables->n > 0) return true;
    return table_scores_make(&tables->items[tables->n++], result,
                             err); /* of language models alone */
}

bool tables_write(Buffer *text, const Tables *tables, const TableSpelling *spelling, Error *err)
{
    if (!buffer_add_text(text, spelling->head, err)) return false;
    for (size_t i = 0; i < tables->n; i++)
        if ((i > 0 && !buffer_add_text(text, spelling->between, err)) ||
            !spelling->write(text, &tables->items[i], err))
            return false;
    return true;
}

bool tables_write_float(Buffer *latex, const Tables *tables, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    return escape_latex_format(latex, err,
                               "\\begin{table}[tbp]\n\\caption{%s (scale %s, %s).}"
                               "\\label{table:%s}\n\\smallskip\n",
                               experiment->title, experiment->scale, result->version,
                               experiment->name) &&
           tables_write(latex, tables, &table_latex, err) &&
           buffer_add_text(latex, "\\end{table}\n", err);
}

#include <string.h>

#include "base/escape.h"
#include "report/paper/paper_parts.h"

static bool is_used(const Result *result, const ProvenanceData *data)
{
    const ProvenanceData *known = provenance_data(&result->provenance, data->name);
    return known && !strcmp(known->sha256, data->sha256);
}

/* The results that used it. */
static bool write_uses(Buffer *latex, const PaperResults *results, const ProvenanceData *data,
                       Error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < results->n; i++) {
        const char *name = results->items[i].experiment->name;
        if (!is_used(&results->items[i], data)) continue;
        if (!escape_latex_format(
                latex, err, n++ ? ", \\toquestion{%s}{%s}" : "\\toquestion{%s}{%s}", name, name))
            return false;
    }
    return true;
}

static bool write_name(Buffer *latex, const ProvenanceData *data, Error *err)
{
    if (!data->home || strncmp(data->home, "http", 4) != 0)
        return escape_latex_format(latex, err, "%s", data->name);
    return buffer_add_text(latex, "\\href{", err) && escape_latex_url(latex, data->home, err) &&
           escape_latex_format(latex, err, "}{%s}", data->name);
}

/* "A, B or C"; of multiple choice how many there are. */
static bool write_classes(Buffer *latex, const DatasetInfo *info, Error *err)
{
    for (int i = 0; info->label_names && i < info->n_labels; i++)
        if (!escape_latex_format(latex, err,
                                 i == 0                   ? " Classes: %s"
                                 : i + 1 < info->n_labels ? ", %s"
                                                          : " or %s",
                                 info->label_names[i]))
            return false;
    return !info->label_names || buffer_add_char(latex, '.', err);
}

static bool write_rows(Buffer *latex, const Dataset *dataset, Error *err)
{
    const long long train = (long long)dataset_rows(dataset, SPLIT_TRAIN);
    const long long test = (long long)dataset_rows(dataset, SPLIT_TEST);
    if (train == 0 && test == 0) return true;
    return escape_latex_format(latex, err, " Examples: %lld to train, %lld to test.", train, test);
}

/* What it is, by its manifest, which may be gone since. */
static bool write_what(Buffer *latex, const ProvenanceData *data, const DatasetPlaces *places,
                       Error *err)
{
    Error gone = {0};
    const Dataset *dataset = dataset_open(data->name, places, latex->arena, &gone);
    if (!dataset) {
        error_clear(&gone);
        return true;
    }
    const DatasetInfo *info = dataset_info(dataset);
    const char *end = strchr(".?!", info->title[strlen(info->title) - 1]) ? "" : ".";
    return escape_latex_format(latex, err, "%s%s", info->title, end) &&
           write_classes(latex, info, err) && write_rows(latex, dataset, err);
}

static bool write_row(Buffer *latex, const PaperResults *results, const DatasetPlaces *places,
                      const ProvenanceData *data, Error *err)
{
    return write_name(latex, data, err) && buffer_add_text(latex, " & ", err) &&
           write_what(latex, data, places, err) &&
           escape_latex_format(latex, err, " & %s & ", dataset_stated(data->licence)) &&
           buffer_format(latex, err, "\\texttt{%.12s} & ", data->sha256) &&
           write_uses(latex, results, data, err) && buffer_add_text(latex, " \\\\\n", err);
}

/* Whether an earlier result has it already. */
static bool is_known(const PaperResults *results, size_t i, const ProvenanceData *data)
{
    for (size_t k = 0; k < i; k++)
        if (is_used(&results->items[k], data)) return true;
    return false;
}

bool paper_data(Buffer *latex, const PaperResults *results, const PaperPlaces *places, Error *err)
{
    static const char begin[] =
        "\\begin{longtable}{p{0.2\\linewidth}p{0.24\\linewidth}p{0.18\\linewidth}l"
        "p{0.165\\linewidth}}\n"
        "\\toprule\ndata set & what it is & terms & content & used by \\\\\n\\midrule\n\\endhead\n";
    if (!buffer_add_text(latex, begin, err)) return false;
    for (size_t i = 0; i < results->n; i++) {
        const SpecList *list = &results->items[i].provenance.data;
        const ProvenanceData *data = list->items;
        for (size_t k = 0; k < list->n; k++)
            if (!is_known(results, i, &data[k]) &&
                !write_row(latex, results, &places->data, &data[k], err))
                return false;
    }
    return buffer_add_text(latex, "\\bottomrule\n\\end{longtable}\n", err);
}

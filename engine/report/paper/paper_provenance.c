#include "base/clock.h"
#include "base/escape.h"
#include "report/paper/paper_parts.h"

static bool write_machine(Buffer *latex, const Result *result, Error *err)
{
    char took[32];
    const Provenance *from = &result->provenance;
    clock_duration(took, from->seconds);
    return escape_latex_format(latex, err,
                               "\nEngine %s, commit \\texttt{%s}%s; %s; %s, %lld cores, %lld "
                               "threads; finished %s, after %s",
                               from->engine_version, from->engine_commit,
                               from->dirty ? " (edited since)" : "", from->compiler, from->cpu,
                               (long long)from->cores, (long long)from->threads, from->finished,
                               took) &&
           buffer_format(latex, err, " and %.3g FLOP, with at most %.0f MB of memory.", from->flops,
                         (double)from->peak_memory_bytes / 1e6);
}

static bool write_stages(Buffer *latex, const Provenance *from, Error *err)
{
    const ProvenanceStage *stage = from->stages.items;
    if (!from->stages.n) return true;
    if (!escape_latex_format(latex, err, "\n\n\\begin{stages}{%zu}\n", from->stages.n))
        return false;
    for (size_t i = 0; i < from->stages.n; i++)
        if (!escape_latex_format(latex, err, "\\item %s: %s ", stage[i].kind, stage[i].title) ||
            !buffer_format(latex, err, "\\texttt{%.12s}\n", stage[i].key))
            return false;
    return buffer_add_text(latex, "\\end{stages}\n", err);
}

bool paper_provenance(Buffer *latex, const PaperResults *results, Error *err)
{
    for (size_t i = 0; i < results->n; i++) {
        const Result *result = &results->items[i];
        const char *name = result->experiment->name;
        char *folder = paper_results_name(result, err);
        if (!folder ||
            !escape_latex_format(latex, err, "\n\\provenancetitle{%s}{%s}\n\n", name, folder) ||
            !escape_latex_format(latex, err, "\\again{make experiment NAME=%s SCALE=%s}\n", name,
                                 result->experiment->scale) ||
            !write_machine(latex, result, err) || !write_stages(latex, &result->provenance, err))
            return false;
    }
    return true;
}

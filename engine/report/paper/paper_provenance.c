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

static bool same_runs(const Json *a, const Json *b)
{
    static const char *const parts[] = {"cells", "tasks", "zero_shot_tasks", "seeds", "select"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const Json *one = json_get(a, parts[i]), *other = json_get(b, parts[i]);
        if (one && other ? !json_same(one, other) : one != other) return false;
    }
    return true;
}

/* Whether the spec of today asks for the same runs. */
static bool is_asked_today(const Result *result, const char *experiments)
{
    Experiment today;
    Error none = {0}; /* a spec that cannot be read asks for nothing */
    return experiment_load(&today, result->experiment->name, result->experiment->scale, experiments,
                           result->arena, &none) &&
           same_runs(today.document, result->experiment->document);
}

/* The command that makes it again. */
static bool write_again(Buffer *latex, const Result *result, const char *experiments, Error *err)
{
    const char *name = result->experiment->name, *scale = result->experiment->scale;
    const bool today = is_asked_today(result, experiments);
    return buffer_add_text(latex, "\\again{", err) &&
           (today || escape_latex_format(latex, err, "git checkout %s \\&\\& ",
                                         result->provenance.engine_commit)) &&
           escape_latex_format(latex, err, "make experiment NAME=%s SCALE=%s}\n", name, scale) &&
           (today || buffer_add_text(latex, "\nIts spec asks for other runs by now.\n", err));
}

bool paper_provenance(Buffer *latex, const PaperResults *results, const PaperPlaces *places,
                      Error *err)
{
    for (size_t i = 0; i < results->n; i++) {
        const Result *result = &results->items[i];
        const char *name = result->experiment->name;
        char *folder = paper_results_name(result, err);
        if (!folder ||
            !escape_latex_format(latex, err, "\n\\provenancetitle{%s}{%s}\n\n", name, folder) ||
            !write_again(latex, result, places->experiments, err) ||
            !write_machine(latex, result, err) || !paper_stages(latex, result, err))
            return false;
    }
    return true;
}

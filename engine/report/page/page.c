#include "report/page/page.h"

#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "base/markdown.h"
#include "report/figure/figures.h"
#include "report/page/answer_changes.h"
#include "report/page/page_answers.h"
#include "report/page/page_claims.h"
#include "report/page/page_runs.h"
#include "report/page/page_samples.h"
#include "report/page/page_zero_shot.h"

static bool write_omitted(Buffer *page, const TextList *omitted, Error *err)
{
    for (size_t i = 0; i < omitted->n; i++)
        if (!markdown_format(page, err, i ? ", %s" : "\nLeft out at this scale: %s",
                             omitted->text[i]))
            return false;
    return omitted->n == 0 || buffer_add_text(page, ".\n", err);
}

static bool write_head(Buffer *page, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    return markdown_format(page, err, "# %s\n\n`%s` at scale `%s`, %s\n", experiment->title,
                           experiment->name, experiment->scale, result->version) &&
           (!experiment->question || markdown_format(page, err, "\n%s\n", experiment->question)) &&
           (!experiment->description ||
            markdown_format(page, err, "\n%s\n", experiment->description)) &&
           write_omitted(page, &experiment->omitted, err);
}

/* --- provenance ----------------------------------------------------------------------------------- */

static bool write_data(Buffer *page, const Provenance *provenance, Error *err)
{
    const ProvenanceData *data = provenance->data.items;
    if (!buffer_add_text(page, "\n| data | terms | content |\n|---|---|---|\n", err)) return false;
    for (size_t i = 0; i < provenance->data.n; i++)
        if (!buffer_add_text(page, "| ", err) ||
            !markdown_link(page, data[i].name, data[i].home ? data[i].home : "", err) ||
            !markdown_format(page, err, " | %s", dataset_stated(data[i].licence)) ||
            !buffer_format(page, err, " | `%.12s` |\n", data[i].sha256))
            return false;
    return true;
}

/* The end of the row on the engine. */
static bool write_stage_commits(Buffer *page, const Provenance *provenance, Error *err)
{
    const TextList *commits = &provenance->stage_commits;
    bool same = commits->n == 1 && !strcmp(commits->text[0], provenance->engine_commit);
    for (size_t i = 0; !same && i < commits->n; i++)
        if (!markdown_format(page, err, i ? ", `%s`" : "; stages run by `%s`", commits->text[i]))
            return false;
    return buffer_add_text(page, provenance->dirty ? "; **edited since** (+) |\n" : " |\n", err);
}

static bool write_machine(Buffer *page, const Provenance *provenance, Error *err)
{
    char took[32];
    clock_duration(took, provenance->seconds);
    return markdown_format(page, err, "\n| | |\n|---|---|\n| engine | %s, commit `%s`",
                           provenance->engine_version, provenance->engine_commit) &&
           write_stage_commits(page, provenance, err) &&
           markdown_format(page, err, "| compiler | %s, `%s` |\n", provenance->compiler,
                           provenance->flags) &&
           (!provenance->blas || markdown_format(page, err, "| matrix products | %s, core %s |\n",
                                                 provenance->blas, provenance->blas_core)) &&
           markdown_format(page, err, "| machine | %s, %lld cores, %lld threads used |\n",
                           provenance->cpu, (long long)provenance->cores,
                           (long long)provenance->threads) &&
           buffer_format(page, err, "| took | %s, %.3g FLOP, at most %.0f MB of memory |\n", took,
                         provenance->flops, (double)provenance->peak_memory_bytes / 1e6);
}

static bool write_provenance(Buffer *page, const Result *result, Error *err)
{
    static const char again[] = "\nThe same numbers, to the last bit, are recognized and not "
                                "written again; others become the next version.\n";
    static const char files[] = "\nAll numbers, the resolved spec and the keys of all stages are "
                                "in [result.json](result.json), single values in "
                                "[runs.csv](runs.csv) and [curves.csv](curves.csv).\n";
    const Experiment *experiment = result->experiment;
    const Provenance *provenance = &result->provenance;
    return buffer_add_text(page, "\n## Doing it again\n\n    make experiment NAME=", err) &&
           escape_shell(page, experiment->name, err) && buffer_add_text(page, " SCALE=", err) &&
           escape_shell(page, experiment->scale, err) && buffer_add_text(page, "\n", err) &&
           buffer_add_text(page, again, err) && write_machine(page, provenance, err) &&
           write_data(page, provenance, err) && buffer_add_text(page, files, err);
}

bool page_write(Buffer *page, const Result *result, const Evidence *evidence, const char *table,
                Error *err)
{
    return write_head(page, result, err) && page_claims(page, result, err) &&
           answer_changes_since(page, result, 0, err) &&
           buffer_format(page, err, "\n## %s\n\n%s",
                         result->numbers->runs.n > 0 ? "Scores" : "What was measured", table) &&
           (!evidence || page_zero_shot(page, result, evidence, err)) &&
           figures_show_all(page, result, err) &&
           (!evidence || page_answers(page, result, evidence, err)) &&
           page_runs(page, result, err) && page_samples(page, result, err) &&
           write_provenance(page, result, err);
}

#include "report/page/page.h"

#include <string.h>

#include "base/clock.h"
#include "report/figure/figures.h"
#include "report/page/page_claims.h"
#include "report/page/page_runs.h"

static bool write_head(Buffer *page, const Draft *draft, Error *err)
{
    const Experiment *experiment = draft->outcome->plan->experiment;
    return buffer_format(page, err, "# %s\n\n`%s` at scale `%s`, %s\n", experiment->title,
                         experiment->name, experiment->scale, draft->version) &&
           (!experiment->question || buffer_format(page, err, "\n%s\n", experiment->question)) &&
           (!experiment->description ||
            buffer_format(page, err, "\n%s\n", experiment->description));
}

/* --- sampled text --------------------------------------------------------------------------------- */

/* One word of indented text: on the line at hand while that is at most 96 long, else on the next. */
static bool write_word(Buffer *page, size_t *column, const char *word, size_t length, Error *err)
{
    enum { LINE = 96 };
    bool fits = *column + 1 + length <= LINE;
    const char *before = *column == 0 ? "    " : fits ? " " : "\n    ";
    *column = *column > 0 && fits ? *column + 1 + length : length;
    return buffer_add_text(page, before, err) && buffer_add(page, word, length, err);
}

/* Indented, so that nothing in the text is taken for Markdown. White space at its end is left out. */
static bool write_wrapped(Buffer *page, const char *text, Error *err)
{
    size_t size = strlen(text), column = 0;
    while (size > 0 && strchr(" \n", text[size - 1])) size--;
    for (const char *word = text; word < text + size;) {
        size_t length = strcspn(word, " \n");
        if (length && !write_word(page, &column, word, length, err)) return false;
        word += length;
        if (word < text + size && *word == '\n') {
            if (!buffer_add_char(page, '\n', err)) return false;
            column = 0;
        }
        word++;
    }
    return buffer_add_char(page, '\n', err);
}

/* A language model's sums, up to where its words begin. */
static bool write_pretrain(Buffer *page, const Outcome *outcome, int cell, Error *err)
{
    const OutcomePretrain *pretrain = &outcome->pretrains[cell];
    double bits = pretrain->held_out_bits_per_byte;
    return buffer_format(page, err,
                         "\nPre-training of \"%s\": %lld parameters, %lld tokens, held-out "
                         "perplexity %.1f",
                         outcome->plan->experiment->cells[cell].name,
                         (long long)pretrain->parameters, (long long)pretrain->tokens,
                         pretrain->held_out_perplexity) &&
           (bits == 0 || buffer_format(page, err, " a token, %.3f bits a byte", bits)) &&
           buffer_add_text(page,
                           ". Its words after a given [beginning], at temperature 0.8 among the 40 "
                           "likeliest tokens:\n\n",
                           err);
}

static bool write_samples(Buffer *page, const Draft *draft, Error *err)
{
    const Outcome *outcome = draft->outcome;
    bool first = true;
    for (int c = 0; c < outcome->n_cells; c++) {
        const OutcomePretrain *pretrain = &outcome->pretrains[c];
        if (!pretrain->present || !pretrain->sample || curves_first_cell(outcome, c) != c) continue;
        if ((first && !buffer_add_text(page, "\n## What the language model writes\n", err)) ||
            !write_pretrain(page, outcome, c, err) || !write_wrapped(page, pretrain->sample, err))
            return false;
        first = false;
    }
    return true;
}

/* --- provenance ----------------------------------------------------------------------------------- */

static bool write_data(Buffer *page, const Provenance *provenance, Error *err)
{
    const ProvenanceData *data = provenance->data.items;
    if (!buffer_add_text(page, "\n| data | terms | content |\n|---|---|---|\n", err)) return false;
    for (size_t i = 0; i < provenance->data.n; i++)
        if (!buffer_format(page, err,
                           data[i].home ? "| [%s](%s) | %s | `%.12s` |\n"
                                        : "| %s%s | %s | `%.12s` |\n",
                           data[i].name, data[i].home ? data[i].home : "",
                           data[i].licence ? data[i].licence : "", data[i].sha256))
            return false;
    return true;
}

/* The end of the row on the engine. */
static bool write_stage_commits(Buffer *page, const Provenance *provenance, Error *err)
{
    const TextList *commits = &provenance->stage_commits;
    bool same = commits->n == 1 && !strcmp(commits->text[0], provenance->engine_commit);
    for (size_t i = 0; !same && i < commits->n; i++)
        if (!buffer_format(page, err, "%s`%s`", i ? ", " : "; stages run by ", commits->text[i]))
            return false;
    return buffer_add_text(page, provenance->dirty ? "; **edited since** (+) |\n" : " |\n", err);
}

static bool write_machine(Buffer *page, const Provenance *provenance, Error *err)
{
    char took[32];
    clock_duration(took, provenance->seconds);
    return buffer_format(page, err, "\n| | |\n|---|---|\n| engine | %s, commit `%s`",
                         provenance->engine_version, provenance->engine_commit) &&
           write_stage_commits(page, provenance, err) &&
           buffer_format(page, err, "| compiler | %s, `%s` |\n| matrix products | %s, core %s |\n",
                         provenance->compiler, provenance->flags, provenance->blas,
                         provenance->blas_core) &&
           buffer_format(page, err, "| machine | %s, %lld cores, %lld threads used |\n",
                         provenance->cpu, (long long)provenance->cores,
                         (long long)provenance->threads) &&
           buffer_format(page, err, "| took | %s, %.3g FLOP, at most %.0f MB of memory |\n", took,
                         provenance->flops, (double)provenance->peak_memory_bytes / 1e6);
}

static bool write_provenance(Buffer *page, const Draft *draft, const Provenance *provenance,
                             Error *err)
{
    static const char again[] = "\nThe same numbers, to the last bit, are recognized and not "
                                "written again; others become the next version.\n";
    static const char files[] = "\nAll numbers, the resolved spec and the keys of all stages are "
                                "in [result.json](result.json), single values in "
                                "[runs.csv](runs.csv) and [curves.csv](curves.csv).\n";
    const Experiment *experiment = draft->outcome->plan->experiment;
    return buffer_format(page, err, "\n## Doing it again\n\n    make experiment NAME=%s SCALE=%s\n",
                         experiment->name, experiment->scale) &&
           buffer_add_text(page, again, err) && write_machine(page, provenance, err) &&
           write_data(page, provenance, err) && buffer_add_text(page, files, err);
}

bool page_write(Buffer *page, const Draft *draft, const Provenance *provenance, const char *table,
                Error *err)
{
    return write_head(page, draft, err) && page_claims(page, draft, err) &&
           buffer_format(page, err, "\n## %s\n\n%s",
                         draft->outcome->n_runs > 0 ? "Scores" : "What was measured", table) &&
           figures_show_all(page, draft, err) && page_runs(page, draft, err) &&
           write_samples(page, draft, err) && write_provenance(page, draft, provenance, err);
}

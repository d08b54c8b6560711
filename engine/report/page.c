#include "report/page.h"

#include <string.h>

#include "base/clock.h"
#include "report/claims.h"
#include "report/figure.h"

static bool write_head(Buffer *page, const Draft *draft, Error *err)
{
    const Experiment *experiment = draft->outcome->plan->experiment;
    return buffer_format(page, err, "# %s\n\n`%s` at scale `%s`, %s\n", experiment->title,
                         experiment->name, experiment->scale, draft->version) &&
           (!experiment->question || buffer_format(page, err, "\n%s\n", experiment->question)) &&
           (!experiment->description ||
            buffer_format(page, err, "\n%s\n", experiment->description));
}

/* --- verdicts ------------------------------------------------------------------------------------- */

/* What the verdict on one task, or on all of them, rests on. */
static bool write_effect(Buffer *page, const NumbersClaim *claim, Error *err)
{
    return buffer_format(page, err, "%s: **%s** (%+.1f points, 95 %% interval %+.1f to %+.1f)",
                         claim->task, claims_verdict_words[claim->verdict], 100 * claim->mean,
                         100 * claim->low, 100 * claim->high);
}

static bool write_claim(Buffer *page, const Draft *draft, const ExperimentClaim *claim, Error *err)
{
    const NumbersClaim *row = draft->numbers->claims.items, *last = NULL;
    const Experiment *experiment = draft->outcome->plan->experiment;
    for (size_t i = 0; i < draft->numbers->claims.n; i++)
        if (!strcmp(row[i].id, claim->id)) last = &row[i]; /* all tasks, or the only one */
    if (!last ||
        !buffer_format(page, err,
                       "\n- **%s** at scale `%s` (`%s`): *%s.* \"%s\" against \"%s\", smallest "
                       "effect of interest %.1f "
                       "points.\n",
                       claims_verdict_words[last->verdict], experiment->scale, claim->id,
                       claim->statement, claim->better, claim->worse, 100 * claim->smallest_effect))
        return false;
    for (size_t i = 0; i < draft->numbers->claims.n; i++) {
        if (strcmp(row[i].id, claim->id)) continue;
        if (!buffer_add_text(page, "  - ", err) || !write_effect(page, &row[i], err) ||
            !buffer_add_char(page, '\n', err))
            return false;
    }
    return true;
}

static bool write_claims(Buffer *page, const Draft *draft, Error *err)
{
    const Experiment *experiment = draft->outcome->plan->experiment;
    if (!experiment->n_claims) return true;
    if (!buffer_add_text(page, "\n## Claims\n", err)) return false;
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (!write_claim(page, draft, &experiment->claims[i], err)) return false;
    return buffer_add_text(
        page,
        "\n*Supported*: the whole interval of the paired difference is above 0, and the difference "
        "is at least the smallest effect of interest. *Contradicted*: the whole interval is below "
        "0, or the difference is and the interval ends below the smallest effect of interest. "
        "*Undecided*: otherwise.\n",
        err);
}

/* --- sampled text --------------------------------------------------------------------------------- */

/* Indented by four, so that nothing in the text is taken for Markdown, in lines of at most 96. */
static bool write_wrapped(Buffer *page, const char *text, Error *err)
{
    enum { LINE = 96 };
    size_t column = 0;
    for (const char *word = text; *word;) {
        size_t length = strcspn(word, " \n");
        bool fits = column == 0 || column + 1 + length <= LINE;
        if (length && !(column == 0 ? buffer_add_text(page, "    ", err)
                        : fits      ? buffer_add_char(page, ' ', err)
                                    : buffer_add_text(page, "\n    ", err)))
            return false;
        if (!buffer_add(page, word, length, err)) return false;
        if (length) column = fits && column ? column + 1 + length : length;
        word += length;
        if (*word == '\n') {
            if (!buffer_add_char(page, '\n', err)) return false;
            column = 0;
        }
        if (*word) word++;
    }
    return column == 0 || buffer_add_char(page, '\n', err);
}

static bool write_samples(Buffer *page, const Draft *draft, Error *err)
{
    const Outcome *outcome = draft->outcome;
    bool first = true;
    for (int c = 0; c < outcome->n_cells; c++) {
        const OutcomePretrain *pretrain = &outcome->pretrains[c];
        if (!pretrain->present || !pretrain->sample || curves_first_cell(outcome, c) != c) continue;
        if ((first && !buffer_add_text(page, "\n## What the language model writes\n", err)) ||
            !buffer_format(
                page, err,
                "\nPre-training of \"%s\": %lld parameters, %lld tokens, held-out perplexity %.1f. "
                "Its words after a given [beginning], at temperature 0.8 among the 40 likeliest "
                "tokens:\n\n",
                outcome->plan->experiment->cells[c].name, (long long)pretrain->parameters,
                (long long)pretrain->tokens, pretrain->held_out_perplexity) ||
            !write_wrapped(page, pretrain->sample, err))
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

static bool write_provenance(Buffer *page, const Draft *draft, const Provenance *provenance,
                             Error *err)
{
    const Experiment *experiment = draft->outcome->plan->experiment;
    char took[32];
    clock_duration(took, provenance->seconds);
    return buffer_format(
               page, err,
               "\n## Doing it again\n\n    make experiment NAME=%s SCALE=%s\n\nThe same numbers, "
               "to the last "
               "bit, are recognized and not written again; others become the next version.\n",
               experiment->name, experiment->scale) &&
           buffer_format(
               page, err,
               "\n| | |\n|---|---|\n| engine | %s, commit `%s`%s |\n| compiler | %s, `%s` |\n"
               "| matrix products | %s, core %s |\n| machine | %s, %lld cores, %lld threads used "
               "|\n"
               "| took | %s, %.3g FLOP, at most %.0f MB of memory |\n",
               provenance->engine_version, provenance->engine_commit,
               provenance->dirty ? ", **edited since**" : "", provenance->compiler,
               provenance->flags, provenance->blas, provenance->blas_core, provenance->cpu,
               (long long)provenance->cores, (long long)provenance->threads, took,
               provenance->flops, (double)provenance->peak_memory_bytes / 1e6) &&
           write_data(page, provenance, err) &&
           buffer_add_text(page,
                           "\nAll numbers, the resolved spec and the keys of all stages are in "
                           "[result.json](result.json), single values in [runs.csv](runs.csv) and "
                           "[curves.csv](curves.csv).\n",
                           err);
}

bool page_write(Buffer *page, const Draft *draft, const Provenance *provenance, const char *table,
                Error *err)
{
    return write_head(page, draft, err) && write_claims(page, draft, err) &&
           buffer_format(page, err, "\n## Scores\n\n%s", table) &&
           figure_show_all(page, draft, err) && write_samples(page, draft, err) &&
           write_provenance(page, draft, provenance, err);
}

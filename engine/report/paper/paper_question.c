#include <math.h>
#include <string.h>

#include "analysis/claim_words.h"
#include "base/escape.h"
#include "report/figure/figures.h"
#include "report/paper/paper_parts.h"

/* --- claims ---------------------------------------------------------------------------------------- */

static const SpecList *rows_of(const Result *result, const ExperimentClaim *claim)
{
    return claim->on == CLAIM_ON_RATE ? &result->findings.timings.claims : &result->numbers->claims;
}

/* The nth row of a claim; the last is the whole. */
static const NumbersClaim *nth_row(const SpecList *list, const char *id, size_t nth)
{
    const NumbersClaim *row = list->items;
    for (size_t i = 0; i < list->n; i++)
        if (!strcmp(row[i].id, id) && nth-- == 0) return &row[i];
    return NULL;
}

static bool write_p(Buffer *latex, double p, Error *err)
{
    if (isnan(p)) return true;
    return p < 0.0015 ? buffer_add_text(latex, ", p $\\leq$ 0.001", err)
                      : buffer_format(latex, err, ", p = %.3f", p);
}

static bool write_row(Buffer *latex, const ExperimentClaim *claim, const NumbersClaim *row,
                      Error *err)
{
    Buffer words = buffer_create(latex->arena);
    return claim_words_row(&words, claim, row, err) &&
           escape_latex_format(latex, err, "%s", words.data);
}

/* What is measured, and where the claim is supported. */
static bool write_rule(Buffer *latex, const Experiment *experiment, const ExperimentClaim *claim,
                       Error *err)
{
    Buffer effect = buffer_create(latex->arena), rule = buffer_create(latex->arena);
    return claim_words_effect(&effect, experiment, claim, err) &&
           claim_words_rule(&rule, claim, err) &&
           escape_latex_format(latex, err, " Measured: %s; supported where %s.", effect.data,
                               rule.data);
}

static bool write_whole(Buffer *latex, const Result *result, const ExperimentClaim *claim,
                        const NumbersClaim *row, Error *err)
{
    const SignificanceClaim *test = significance_claim(&result->findings.tests, row->id, row->task);
    if (!escape_latex_format(latex, err, "\\item \\verdict{%s}: \\emph{%s.} ",
                             verdict_words[row->verdict], claim->statement) ||
        !write_row(latex, claim, row, err) || (test && !write_p(latex, test->p, err)) ||
        !buffer_add_char(latex, '.', err) || !write_rule(latex, result->experiment, claim, err))
        return false;
    for (size_t i = 0; test && i < test->caveats.n; i++)
        if (!escape_latex_format(latex, err, " Note: %s.", test->caveats.text[i])) return false;
    return buffer_add_char(latex, '\n', err);
}

static bool write_task(Buffer *latex, const Result *result, const ExperimentClaim *claim,
                       const NumbersClaim *row, Error *err)
{
    const SignificanceClaim *test = significance_claim(&result->findings.tests, row->id, row->task);
    const int verdict = test ? test->verdict : row->verdict;
    return escape_latex_format(latex, err, "\\item %s: \\verdict{%s}, ", row->task,
                               verdict_words[verdict]) &&
           write_row(latex, claim, row, err) && buffer_add_char(latex, '\n', err);
}

static bool write_claim(Buffer *latex, const Result *result, const ExperimentClaim *claim,
                        Error *err)
{
    const SpecList *list = rows_of(result, claim);
    size_t n = 0;
    while (nth_row(list, claim->id, n)) n++;
    if (n == 0)
        return escape_latex_format(latex, err, "\\item \\verdict{not measured}: \\emph{%s.}\n",
                                   claim->statement);
    if (!write_whole(latex, result, claim, nth_row(list, claim->id, n - 1), err)) return false;
    if (n == 1) return true;
    if (!buffer_add_text(latex, "\\begin{itemize}\n", err)) return false;
    for (size_t i = 0; i + 1 < n; i++)
        if (!write_task(latex, result, claim, nth_row(list, claim->id, i), err)) return false;
    return buffer_add_text(latex, "\\end{itemize}\n", err);
}

static bool write_claims(Buffer *latex, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    if (!experiment->n_claims) return true;
    if (!buffer_add_text(latex, "\n\\begin{itemize}\n", err)) return false;
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (!write_claim(latex, result, &experiment->claims[i], err)) return false;
    return buffer_add_text(latex, "\\end{itemize}\n", err);
}

/* --- the section ------------------------------------------------------------------------------------ */

static bool write_head(Buffer *latex, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    return escape_latex_format(latex, err, "\\questiontitle{%s}{%s}\n", experiment->name,
                               experiment->title) &&
           (!experiment->question ||
            escape_latex_format(latex, err, "\n\\emph{%s}\n", experiment->question)) &&
           (!experiment->description ||
            escape_latex_format(latex, err, "\n%s\n", experiment->description)) &&
           escape_latex_format(latex, err, "\n\\measuredat{%s}{%s}{%s}\n", experiment->name,
                               experiment->scale, result->version);
}

bool paper_question(Buffer *latex, const Result *result, Error *err)
{
    return write_head(latex, result, err) && write_claims(latex, result, err) &&
           escape_latex_format(latex, err, "\n\\scores{%s}\n", result->experiment->name) &&
           figures_show_latex(latex, result, err);
}

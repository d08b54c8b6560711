#include "analysis/claim_rows.h"
#include "analysis/claim_words.h"
#include "base/escape.h"
#include "report/figure/figures.h"
#include "report/paper/paper_parts.h"

/* --- claims ---------------------------------------------------------------------------------------- */

/* Its effect, and how likely one as large would be by chance: where one was asked after. */
static bool write_row(Buffer *latex, const ExperimentClaim *claim, const NumbersClaim *row,
                      const SignificanceClaim *test, bool whole, Error *err)
{
    Buffer words = buffer_create(latex->arena);
    return claim_words_row(&words, claim, row, err) &&
           (!test || claim_words_p(&words, whole ? "p" : "corrected p",
                                   whole ? test->p : test->p_corrected, err)) &&
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
    if (!escape_latex_format(latex, err, "\\item \\claim{%s}{%s}\\verdict{%s}: \\emph{%s.} ",
                             result->experiment->name, claim->id, verdict_words[row->verdict],
                             claim->statement) ||
        !write_row(latex, claim, row, test, true, err) || !buffer_add_char(latex, '.', err) ||
        !write_rule(latex, result->experiment, claim, err))
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
           write_row(latex, claim, row, test, false, err) && buffer_add_char(latex, '\n', err);
}

static bool write_claim(Buffer *latex, const Result *result, const ExperimentClaim *claim,
                        Error *err)
{
    const ClaimRows rows = claim_rows(&result->findings, claim);
    if (rows.n == 0)
        return escape_latex_format(latex, err, "\\item \\verdict{not measured}: \\emph{%s.}\n",
                                   claim->statement);
    if (!write_whole(latex, result, claim, &rows.items[rows.n - 1], err)) return false;
    if (rows.n == 1) return true;
    if (!buffer_add_text(latex, "\\begin{itemize}\n", err)) return false;
    for (size_t i = 0; i + 1 < rows.n; i++)
        if (!write_task(latex, result, claim, &rows.items[i], err)) return false;
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
           escape_latex_format(latex, err, "\n\\reading{%s}\n\n\\scores{%s}\n",
                               result->experiment->name, result->experiment->name) &&
           figures_show_latex(latex, result, err);
}

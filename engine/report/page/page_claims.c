#include "report/page/page_claims.h"

#include <math.h>
#include <string.h>

#include "analysis/claim_rows.h"
#include "analysis/claim_words.h"
#include "analysis/claims.h"
#include "base/markdown.h"

static bool write_found(Buffer *page, const Result *result, const ExperimentClaim *claim,
                        const NumbersClaim *row, const SignificanceClaim *test, Error *err)
{
    Buffer words = buffer_create(page->arena);
    return claim_words_found(&words, result->experiment, claim, row, test ? test->p : (double)NAN,
                             err) &&
           markdown_text(page, words.data, err);
}

/* **Supported** at scale `tiny`: *reading first helps.* "full" against "scratch": test score, all tasks:
 * +9.1 points, ... (claim `transfer`: supported where the interval is above 0 ...) */
static bool write_whole(Buffer *page, const Result *result, const ExperimentClaim *claim,
                        const NumbersClaim *row, Error *err)
{
    static const char *const words[] = {"Supported", "Contradicted", "Undecided"};
    const SignificanceClaim *test = significance_claim(&result->findings.tests, row->id, row->task);
    if (!markdown_format(page, err, "\n**%s** at scale `%s`: *%s.* ", words[row->verdict],
                         result->experiment->scale, claim->statement) ||
        !write_found(page, result, claim, row, test, err) ||
        !markdown_format(page, err, " (claim `%s`; supported where ", claim->id) ||
        !claim_words_rule(page, claim, err) || !buffer_add_text(page, ").", err))
        return false;
    for (size_t i = 0; test && i < test->caveats.n; i++)
        if (!markdown_format(page, err, " Note: %s.", test->caveats.text[i])) return false;
    return buffer_add_char(page, '\n', err);
}

static bool write_task(Buffer *page, const Result *result, const ExperimentClaim *claim,
                       const NumbersClaim *row, Error *err)
{
    const SignificanceClaim *test = significance_claim(&result->findings.tests, row->id, row->task);
    if (!markdown_format(page, err, "- %s: %s, ", row->task, verdict_words[row->verdict]) ||
        !claim_words_row(page, claim, row, err))
        return false;
    if (test &&
        (!claim_words_p(page, "corrected p", test->p_corrected, err) ||
         (test->verdict != row->verdict &&
          !buffer_format(page, err, ", **%s** after correction", verdict_words[test->verdict]))))
        return false;
    return buffer_add_char(page, '\n', err);
}

static bool write_claim(Buffer *page, const Result *result, const ExperimentClaim *claim,
                        Error *err)
{
    const ClaimRows rows = claim_rows(&result->findings, claim);
    if (rows.n == 0)
        return markdown_format(page, err, "\n**Not measured** at this scale: *%s* (claim `%s`).\n",
                               claim->statement, claim->id);
    if (!write_whole(page, result, claim, &rows.items[rows.n - 1], err)) return false;
    if (rows.n > 1 && !buffer_add_char(page, '\n', err)) return false;
    for (size_t i = 0; i + 1 < rows.n; i++)
        if (!write_task(page, result, claim, &rows.items[i], err)) return false;
    return true;
}

bool page_claims(Buffer *page, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    if (!experiment->n_claims) return true;
    if (!buffer_add_text(page, "\n## Claims\n", err)) return false;
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (!write_claim(page, result, &experiment->claims[i], err)) return false;
    return buffer_add_text(
        page,
        "\nEvery verdict comes from the 95 % interval of an effect: *supported* where it satisfies "
        "the rule, *contradicted* where it rules the claim out, *undecided* otherwise. The verdict "
        "on the whole counts; those on single tasks are corrected for being several (Holm).\n",
        err);
}

#include "report/page/answer.h"

#include <math.h>

#include "analysis/claim_rows.h"
#include "analysis/claim_words.h"
#include "base/wrap.h"
#include "report/page/answer_changes.h"
#include "report/page/page_claims.h"
#include "report/table/table_terminal.h"
#include "report/table/tables.h"

/* Verdicts stand in front of this column, what they are about from it on. */
enum { INDENT = 14 };

typedef struct Answer {
    Buffer *text;
    const Result *result;
    size_t width;
    Error *err;
} Answer;

static bool add(const Answer *answer, const char *first, const char *words)
{
    return wrap_add(answer->text, first, words, INDENT, answer->width, answer->err);
}

static bool add_found(const Answer *answer, const ExperimentClaim *claim, const NumbersClaim *row)
{
    Error *err = answer->err;
    Buffer words = buffer_create(answer->text->arena);
    const Findings *findings = &answer->result->findings;
    const SignificanceClaim *test = significance_claim(&findings->tests, row->id, row->task);
    if (!claim_words_found(&words, answer->result->experiment, claim, row,
                           test ? test->p : (double)NAN, err) ||
        !add(answer, "", words.data))
        return false;
    for (size_t i = 0; test && i < test->caveats.n; i++) {
        Buffer note = buffer_create(answer->text->arena);
        if (!buffer_format(&note, err, "Note: %s.", test->caveats.text[i]) ||
            !add(answer, "", note.data))
            return false;
    }
    return true;
}

static bool add_rule(const Answer *answer, const ExperimentClaim *claim)
{
    Buffer words = buffer_create(answer->text->arena);
    return buffer_add_text(&words, "(supported where ", answer->err) &&
           claim_words_rule(&words, claim, answer->err) &&
           buffer_add_char(&words, ')', answer->err) && add(answer, "", words.data);
}

static bool add_claim(const Answer *answer, const ExperimentClaim *claim)
{
    static const char *const verdicts[] = {"Supported", "Contradicted", "Undecided"};
    const ClaimRows rows = claim_rows(&answer->result->findings, claim);
    if (!buffer_add_char(answer->text, '\n', answer->err)) return false;
    if (rows.n == 0) return add(answer, "Not measured", claim->statement);
    const NumbersClaim *whole = &rows.items[rows.n - 1];
    return add(answer, verdicts[whole->verdict], claim->statement) &&
           add_found(answer, claim, whole) && add_rule(answer, claim);
}

bool answer_terminal(Buffer *text, const Result *result, size_t width, Error *err)
{
    const Answer answer = {text, result, width, err};
    const Experiment *experiment = result->experiment;
    Tables tables;
    const char *question = experiment->question ? experiment->question : experiment->title;
    if (!buffer_add_char(text, '\n', err) || !wrap_add(text, "", question, 0, width, err))
        return false;
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (!add_claim(&answer, &experiment->claims[i])) return false;
    if (!answer_changes_since(text, result, width, err) || !tables_make(&tables, result, err))
        return false;
    for (size_t i = 0; i < tables.n; i++)
        if (!buffer_add_char(text, '\n', err) ||
            !table_terminal(text, &tables.items[i], width, err))
            return false;
    return true;
}

bool answer_markdown(Buffer *text, const Result *result, Error *err)
{
    Tables tables;
    return page_claims(text, result, err) && answer_changes_since(text, result, 0, err) &&
           buffer_add_char(text, '\n', err) && tables_make(&tables, result, err) &&
           tables_write(text, &tables, &table_markdown, err);
}

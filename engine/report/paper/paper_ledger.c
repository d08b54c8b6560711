#include <string.h>

#include "analysis/claim_words.h"
#include "base/escape.h"
#include "report/paper/paper_parts.h"

bool paper_ledger_keep(Ledger *ledger, const PaperResults *results)
{
    size_t n = 0;
    for (size_t i = 0; i < ledger->n; i++) {
        const LedgerRow *row = &ledger->rows[i];
        const Result *result = paper_results_of(results, row->experiment);
        const char *scale = result ? result->experiment->scale : NULL;
        const bool shown = row->scale && scale && !strcmp(row->scale, scale);
        if (shown || (!row->scale && !result)) ledger->rows[n++] = *row;
    }
    ledger->n = n;
    return n > 0;
}

static bool write_effect(Buffer *latex, const LedgerRow *row, Error *err)
{
    const NumbersClaim *whole = row->whole;
    Buffer effect = buffer_create(latex->arena), interval = buffer_create(latex->arena);
    if (!whole) return buffer_add_text(latex, " & ", err);
    const ClaimWordsUnit unit = claim_words_unit(row->claim, whole->task);
    return claim_words_value(&effect, unit, whole->mean, err) &&
           claim_words_value(&interval, unit, whole->low, err) &&
           buffer_add_text(&interval, " to ", err) &&
           claim_words_value(&interval, unit, whole->high, err) &&
           escape_latex_format(latex, err, "%s %s & %s", effect.data, unit.word, interval.data);
}

static bool write_row(Buffer *latex, const LedgerRow *row, Error *err)
{
    const char *verdict = row->whole ? verdict_words[row->whole->verdict] : "not measured";
    return escape_latex_format(latex, err, "%s & \\verdict{%s} & ", row->claim->statement,
                               verdict) &&
           write_effect(latex, row, err) && buffer_add_text(latex, " & ", err) &&
           escape_latex_format(latex, err,
                               row->whole ? "\\toquestion{%s}{%s} & %s" : "\\experiment{%s}{%s} & ",
                               row->experiment, row->experiment, row->scale ? row->scale : "") &&
           buffer_add_text(latex, " \\\\\n", err);
}

bool paper_ledger(Buffer *latex, const Ledger *ledger, Error *err)
{
    if (!buffer_add_text(
            latex,
            "\\begin{longtable}{p{0.28\\linewidth}lp{0.13\\linewidth}lll}\n"
            "\\toprule\nclaim & verdict & effect & 95 \\% interval & where & scale \\\\\n"
            "\\midrule\n\\endhead\n",
            err))
        return false;
    for (size_t i = 0; i < ledger->n; i++)
        if (!write_row(latex, &ledger->rows[i], err)) return false;
    return buffer_add_text(latex, "\\bottomrule\n\\end{longtable}\n", err);
}

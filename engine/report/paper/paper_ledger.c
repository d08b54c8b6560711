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
    return escape_latex_format(latex, err, "\\toclaim{%s}{%s}{", row->experiment, row->claim->id) &&
           claim_words_value(&effect, unit, whole->mean, err) &&
           claim_words_value(&interval, unit, whole->low, err) &&
           buffer_add_text(&interval, " to ", err) &&
           claim_words_value(&interval, unit, whole->high, err) &&
           escape_latex_format(latex, err, "%s %s} & %s", effect.data, unit.word, interval.data);
}

/* An earlier row of the same runs: of its very numbers; NULL: there is none. */
static const LedgerRow *same_runs(const Ledger *ledger, const LedgerRow *row)
{
    for (const LedgerRow *other = ledger->rows; row->whole && other < row; other++) {
        const NumbersClaim *whole = other->whole;
        if (whole && whole->mean == row->whole->mean && whole->low == row->whole->low &&
            whole->high == row->whole->high && other->claim->on == row->claim->on)
            return other;
    }
    return NULL;
}

static bool write_where(Buffer *latex, const Ledger *ledger, const LedgerRow *row, Error *err)
{
    const LedgerRow *other = same_runs(ledger, row);
    if (!row->whole)
        return escape_latex_format(latex, err, "\\experiment{%s}{%s} & ", row->experiment,
                                   row->experiment);
    return escape_latex_format(latex, err, "\\toquestion{%s}{%s}", row->experiment,
                               row->experiment) &&
           (!other || escape_latex_format(latex, err, ", the runs of \\toquestion{%s}{%s}",
                                          other->experiment, other->experiment)) &&
           escape_latex_format(latex, err, " & %s", row->scale);
}

static bool write_row(Buffer *latex, const Ledger *ledger, const LedgerRow *row, Error *err)
{
    const char *verdict = row->whole ? verdict_words[row->whole->verdict] : "not measured";
    return escape_latex_format(latex, err, "%s & \\verdict{%s} & ", row->claim->statement,
                               verdict) &&
           write_effect(latex, row, err) && buffer_add_text(latex, " & ", err) &&
           write_where(latex, ledger, row, err) && buffer_add_text(latex, " \\\\\n", err);
}

bool paper_ledger(Buffer *latex, const Ledger *ledger, Error *err)
{
    if (!buffer_add_text(
            latex,
            "\\begin{longtable}{p{0.28\\linewidth}lp{0.12\\linewidth}lp{0.165\\linewidth}l}\n"
            "\\toprule\nclaim & verdict & effect & 95 \\% interval & where & scale \\\\\n"
            "\\midrule\n\\endhead\n",
            err))
        return false;
    for (size_t i = 0; i < ledger->n; i++)
        if (!write_row(latex, ledger, &ledger->rows[i], err)) return false;
    return buffer_add_text(latex, "\\bottomrule\n\\end{longtable}\n", err);
}

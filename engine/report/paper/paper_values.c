#include <string.h>

#include "analysis/claim_words.h"
#include "base/clock.h"
#include "base/escape.h"
#include "report/paper/paper_parts.h"

typedef struct Values {
    Buffer *latex, *tsv;
    Error *err;
} Values;

/* `experiment` is where it comes from; "": all of them. */
static bool add(const Values *values, const char *key, const char *text, const char *experiment)
{
    return escape_latex_format(values->latex, values->err, "\\definemeasured{%s}{%s}{%s}\n", key,
                               text, experiment) &&
           escape_tsv(values->tsv, key, values->err) &&
           buffer_add_char(values->tsv, '\t', values->err) &&
           escape_tsv(values->tsv, text, values->err) &&
           buffer_add_char(values->tsv, '\t', values->err) &&
           escape_tsv(values->tsv, experiment, values->err) &&
           buffer_add_char(values->tsv, '\n', values->err);
}

static bool add_of(const Values *values, const Result *result, const char *what, const char *text)
{
    const char *name = result->experiment->name;
    char *key = arena_format(result->arena, values->err, "%s/%s", name, what);
    return key && text && add(values, key, text, name);
}

/* --- of a result ---------------------------------------------------------------------------------- */

static bool add_pretrain(const Values *values, const Result *result)
{
    const NumbersPretrain *pretrain = result->numbers->pretrains.items;
    Arena *arena = result->arena;
    if (!result->numbers->pretrains.n) return true;
    return add_of(values, result, "parameters",
                  arena_format(arena, values->err, "%.2g million",
                               (double)pretrain->parameters / 1e6)) &&
           add_of(
               values, result, "tokens",
               arena_format(arena, values->err, "%.3g million", (double)pretrain->tokens / 1e6)) &&
           add_of(values, result, "perplexity",
                  arena_format(arena, values->err, "%.1f", pretrain->held_out_perplexity));
}

static bool add_result(const Values *values, const Result *result)
{
    char took[32];
    clock_duration(took, result->provenance.seconds);
    return add_of(values, result, "scale", result->experiment->scale) &&
           add_of(values, result, "version", result->version) &&
           add_of(values, result, "took", took) &&
           add_of(values, result, "seeds",
                  arena_format(result->arena, values->err, "%zu", result->experiment->seeds.n)) &&
           add_of(values, result, "runs",
                  arena_format(result->arena, values->err, "%zu", result->numbers->runs.n)) &&
           add_pretrain(values, result);
}

/* --- of claims ------------------------------------------------------------------------------------- */

static bool add_claim(const Values *values, const LedgerRow *row, Arena *arena)
{
    const NumbersClaim *whole = row->whole;
    const char *id = row->claim->id, *name = row->experiment;
    const char *verdict = whole ? verdict_words[whole->verdict] : "not measured";
    char *key = arena_format(arena, values->err, "%s/%s", name, id);
    if (!key || !add(values, key, verdict, name)) return false;
    if (!whole) return true;
    Buffer effect = buffer_create(arena);
    char *effect_key = arena_format(arena, values->err, "%s/%s/effect", name, id);
    return effect_key && claim_words_row(&effect, row->claim, whole, values->err) &&
           add(values, effect_key, effect.data, name);
}

static bool add_count(const Values *values, const char *key, size_t n, Arena *arena)
{
    char *text = arena_format(arena, values->err, "%zu", n);
    return text && add(values, key, text, "");
}

static bool add_claims(const Values *values, const Ledger *ledger, Arena *arena)
{
    size_t n[3] = {0}, measured = 0;
    for (size_t i = 0; i < ledger->n; i++) {
        const LedgerRow *row = &ledger->rows[i];
        if (!add_claim(values, row, arena)) return false;
        if (row->whole) n[row->whole->verdict]++, measured++;
    }
    return add_count(values, "claims/measured", measured, arena) &&
           add_count(values, "claims/unmeasured", ledger->n - measured, arena) &&
           add_count(values, "claims/supported", n[VERDICT_SUPPORTED], arena) &&
           add_count(values, "claims/contradicted", n[VERDICT_CONTRADICTED], arena) &&
           add_count(values, "claims/undecided", n[VERDICT_UNDECIDED], arena);
}

/* --- scales ---------------------------------------------------------------------------------------- */

/* "tiny (14 experiments), small (1)". */
static bool add_scales(const Values *values, const PaperResults *results, Arena *arena)
{
    Buffer text = buffer_create(arena);
    for (size_t i = 0; i < results->n; i++) {
        const char *scale = results->items[i].experiment->scale;
        size_t n = 0;
        for (size_t k = 0; k < results->n; k++)
            n += !strcmp(results->items[k].experiment->scale, scale);
        if (paper_results_begins_scale(results, i) &&
            !buffer_format(&text, values->err, "%s%s (%zu experiment%s)", text.size ? ", " : "",
                           scale, n, n == 1 ? "" : "s"))
            return false;
    }
    return add(values, "scales", text.data, "");
}

bool paper_values(Buffer *latex, Buffer *tsv, const PaperResults *results, const Ledger *ledger,
                  Error *err)
{
    const Values values = {latex, tsv, err};
    Arena *arena = latex->arena;
    for (size_t i = 0; i < results->n; i++)
        if (!add_result(&values, &results->items[i])) return false;
    return add_claims(&values, ledger, arena) && add_scales(&values, results, arena) &&
           add_count(&values, "experiments", results->n, arena);
}

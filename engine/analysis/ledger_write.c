/* The ledger as a Markdown table and as JSON. */
#include <math.h>

#include "analysis/claim_words.h"
#include "analysis/claims.h"
#include "analysis/ledger.h"
#include "base/markdown.h"

static const char *verdict_of(const LedgerRow *row)
{
    return row->whole ? verdict_words[row->whole->verdict] : "not measured";
}

/* --- Markdown -------------------------------------------------------------------------------------- */

static bool write_effect(Buffer *text, const LedgerRow *row, Error *err)
{
    const NumbersClaim *whole = row->whole;
    if (!whole) return buffer_add_text(text, " | | |", err);
    ClaimWordsUnit unit = claim_words_unit(row->claim, whole->task);
    return buffer_add_char(text, ' ', err) && claim_words_value(text, unit, whole->mean, err) &&
           buffer_format(text, err, " %s | ", unit.word) &&
           claim_words_value(text, unit, whole->low, err) && buffer_add_text(text, " to ", err) &&
           claim_words_value(text, unit, whole->high, err) && buffer_add_text(text, " |", err) &&
           (isnan(row->p) || buffer_format(text, err, " %.3f", row->p)) &&
           buffer_add_text(text, " |", err);
}

static bool write_row(Buffer *text, const LedgerRow *row, Error *err)
{
    if (!markdown_format(text, err, "| %s | %s | %s | %s |", row->claim->id, row->claim->statement,
                         row->experiment, row->scale ? row->scale : "") ||
        !write_effect(text, row, err) || !buffer_add_char(text, ' ', err))
        return false;
    if (row->n_tasks && !buffer_format(text, err, "%zu of %zu", row->n_supported, row->n_tasks))
        return false;
    return buffer_format(text, err, " | %s%s%s |\n", verdict_of(row), row->machine ? " ‡" : "",
                         row->caveats.n > (size_t)row->machine ? " †" : "");
}

bool ledger_markdown(Buffer *text, const Ledger *ledger, Error *err)
{
    bool machine = false, caveat = false;
    if (!buffer_add_text(text,
                         "| claim | statement | experiment | scale | effect | 95 % interval | p | "
                         "tasks | verdict |\n|---|---|---|---|---|---|---|---|---|\n",
                         err))
        return false;
    for (size_t i = 0; i < ledger->n; i++) {
        const LedgerRow *row = &ledger->rows[i];
        if (!write_row(text, row, err)) return false;
        machine |= row->machine && row->whole;
        caveat |= row->caveats.n > (size_t)row->machine;
    }
    return buffer_add_text(text,
                           "\nThe last result of each experiment and scale. tasks: on how many of "
                           "them the claim is supported, after correction for being several.\n",
                           err) &&
           (!caveat ||
            buffer_add_text(text, "† with a caveat, which the result's page tells.\n", err)) &&
           (!machine || buffer_add_text(text, "‡ of the machine that it was measured on.\n", err));
}

/* --- JSON ------------------------------------------------------------------------------------------ */

static bool set_words(Json *object, const LedgerRow *row, Arena *arena, Error *err)
{
    Buffer effect = buffer_create(arena), rule = buffer_create(arena);
    Json *caveats = json_new_list(arena, err);
    if (!caveats || !claim_words_effect(&effect, NULL, row->claim, err) ||
        !claim_words_rule(&rule, row->claim, err))
        return false;
    for (size_t i = 0; i < row->caveats.n; i++)
        if (!json_add(caveats, json_new_text(row->caveats.text[i], arena, err), err)) return false;
    return json_set_text_or_null(object, "measured", effect.data, arena, err) &&
           json_set_text_or_null(object, "supported_where", rule.data, arena, err) &&
           json_set(object, "caveats", caveats, err);
}

static bool set_effect(Json *object, const LedgerRow *row, Arena *arena, Error *err)
{
    const NumbersClaim *whole = row->whole;
    if (!whole) return true;
    return json_set_text_or_null(object, "task", whole->task, arena, err) &&
           json_set_number(object, "effect", whole->mean, arena, err) &&
           json_set_number(object, "low", whole->low, arena, err) &&
           json_set_number(object, "high", whole->high, arena, err) &&
           json_set_number(object, "smallest_effect", whole->smallest_effect, arena, err) &&
           json_set_number(object, "p", row->p, arena, err) &&
           (isnan(whole->order) || json_set_number(object, "order", whole->order, arena, err)) &&
           json_set(object, "tasks", json_new_integer((int64_t)row->n_tasks, arena, err), err) &&
           json_set(object, "tasks_supported",
                    json_new_integer((int64_t)row->n_supported, arena, err), err);
}

Json *ledger_json(const Ledger *ledger, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; i < ledger->n && list; i++) {
        const LedgerRow *row = &ledger->rows[i];
        Json *object = json_new_object(arena, err);
        if (!object || !json_set_text_or_null(object, "claim", row->claim->id, arena, err) ||
            !json_set_text_or_null(object, "statement", row->claim->statement, arena, err) ||
            !json_set_text_or_null(object, "experiment", row->experiment, arena, err) ||
            !json_set_text_or_null(object, "scale", row->scale, arena, err) ||
            !json_set_text_or_null(object, "version", row->version, arena, err) ||
            !json_set_text_or_null(object, "verdict", verdict_of(row), arena, err) ||
            !set_effect(object, row, arena, err) || !set_words(object, row, arena, err) ||
            !json_set(object, "of_machine", json_new_bool(row->machine, arena, err), err) ||
            !json_add(list, object, err))
            return NULL;
    }
    return list;
}

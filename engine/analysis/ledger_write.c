/* The ledger for a terminal, as a Markdown table, and as JSON. */
#include <math.h>
#include <string.h>

#include "analysis/claim_words.h"
#include "analysis/claims.h"
#include "analysis/ledger.h"
#include "base/markdown.h"
#include "base/wrap.h"

static const char *verdict_of(const LedgerRow *row)
{
    return row->whole ? verdict_words[row->whole->verdict] : "not measured";
}

/* Which of the notes below there is something to say of. */
typedef struct Notes {
    bool machine, caveat;
} Notes;

static bool has_caveat(const LedgerRow *row)
{
    return row->caveats.n > (size_t)row->machine;
}

static Notes notes_of(const Ledger *ledger)
{
    Notes notes = {0};
    for (size_t i = 0; i < ledger->n; i++) {
        const LedgerRow *row = &ledger->rows[i];
        notes.machine |= row->machine && row->whole;
        notes.caveat |= has_caveat(row);
    }
    return notes;
}

static const char caveat_note[] = "† with a caveat, which the result's page tells.",
                  machine_note[] = "‡ of the machine that it was measured on.";

/* --- a terminal ------------------------------------------------------------------------------------ */

/* Verdicts stand in front of this column, what they are about from it on. */
enum { INDENT = 16 };

static const char *verdict_of_row(const LedgerRow *row)
{
    static const char *const verdicts[] = {"  Supported", "  Contradicted", "  Undecided"};
    return row->whole ? verdicts[row->whole->verdict] : "  Not measured";
}

static bool add_found(Buffer *words, const LedgerRow *row, Error *err)
{
    return !row->whole ||
           (buffer_add_text(words, ": ", err) &&
            claim_words_row(words, row->claim, row->whole, err) &&
            claim_words_p(words, "p", row->p, err) &&
            (!row->n_tasks || buffer_format(words, err, "; supported on %zu of %zu tasks",
                                            row->n_supported, row->n_tasks)) &&
            buffer_format(words, err, "%s%s", row->machine ? " ‡" : "",
                          has_caveat(row) ? " †" : ""));
}

static bool add_row(Buffer *text, const LedgerRow *row, size_t width, Error *err)
{
    Buffer words = buffer_create(text->arena);
    return buffer_format(&words, err, "%s%s%s", row->experiment, row->scale ? ", " : "",
                         row->scale ? row->scale : "") &&
           add_found(&words, row, err) &&
           wrap_add(text, verdict_of_row(row), words.data, INDENT, width, err);
}

bool ledger_terminal(Buffer *text, const Ledger *ledger, size_t width, Error *err)
{
    const Notes notes = notes_of(ledger);
    const char *statement = "";
    for (size_t i = 0; i < ledger->n; i++) {
        const LedgerRow *row = &ledger->rows[i];
        if (strcmp(statement, row->claim->statement) != 0 &&
            ((i > 0 && !buffer_add_char(text, '\n', err)) ||
             !wrap_add(text, "", row->claim->statement, 0, width, err)))
            return false;
        statement = row->claim->statement;
        if (!add_row(text, row, width, err)) return false;
    }
    return buffer_add_char(text, '\n', err) &&
           wrap_add(text, "- ",
                    "The last result of each experiment and scale; on how many tasks a claim is "
                    "supported is after correction for being several.",
                    2, width, err) &&
           (!notes.caveat || wrap_add(text, "- ", caveat_note, 2, width, err)) &&
           (!notes.machine || wrap_add(text, "- ", machine_note, 2, width, err));
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
                         has_caveat(row) ? " †" : "");
}

bool ledger_markdown(Buffer *text, const Ledger *ledger, Error *err)
{
    const Notes notes = notes_of(ledger);
    if (!buffer_add_text(text,
                         "| claim | statement | experiment | scale | effect | 95 % interval | p | "
                         "tasks | verdict |\n|---|---|---|---|---|---|---|---|---|\n",
                         err))
        return false;
    for (size_t i = 0; i < ledger->n; i++)
        if (!write_row(text, &ledger->rows[i], err)) return false;
    return buffer_add_text(text,
                           "\nThe last result of each experiment and scale. tasks: on how many of "
                           "them the claim is supported, after correction for being several.\n",
                           err) &&
           (!notes.caveat || buffer_format(text, err, "%s\n", caveat_note)) &&
           (!notes.machine || buffer_format(text, err, "%s\n", machine_note));
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

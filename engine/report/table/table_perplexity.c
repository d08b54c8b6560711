#include "report/table/table_perplexity.h"

#include <math.h>

#include "analysis/cell_objective.h"
#include "learner/objectives.h"

/* Of the first that was pre-trained. */
static int objective_shown(const Result *result)
{
    const NumbersPretrain *pretrain = result->numbers->pretrains.items;
    return cell_objective(result->experiment, pretrain->cells.text[0]);
}

static bool is_shown(const Result *result, const char *cell)
{
    return !cell_objective_differs(result) ||
           cell_objective(result->experiment, cell) == objective_shown(result);
}

TableField table_perplexity_field(const Result *result, const char *cell)
{
    const NumbersPretrain *pretrain = numbers_pretrain(result->numbers, cell);
    if (!pretrain || !is_shown(result, cell)) return (TableField){0};
    return (TableField){.kind = TABLE_NUMBER,
                        .value = pretrain->held_out_perplexity,
                        .low = (double)NAN,
                        .high = (double)NAN};
}

bool table_perplexity_note(Table *table, const Result *result, Error *err)
{
    if (!cell_objective_differs(result)) return true;
    const int shown = objective_shown(result);
    const char *note =
        arena_format(result->arena, err,
                     "Held-out perplexities are of %s (objective %s): those of models that were "
                     "asked something else cannot be compared with them, and are left out.",
                     objectives_at(shown)->asked, objectives_words[shown]);
    if (note) table_add_note(table, note, note);
    return note != NULL;
}

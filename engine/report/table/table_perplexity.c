#include "report/table/table_perplexity.h"

#include <math.h>
#include <string.h>

#include "learner/objectives.h"
#include "question/experiment_cells.h"

/* The settings leave out the first. NULL: the cell is not known. */
static const char *objective_of(const Result *result, const char *cell)
{
    const ExperimentCell *found = experiment_cells_find(result->experiment, cell);
    if (!found) return NULL;
    const Json *pretrain = found->json ? json_get(found->json, "pretrain") : NULL;
    const bool is_object = pretrain && json_type(pretrain) == JSON_OBJECT_VALUE;
    const char *word = is_object ? json_get_text(pretrain, "objective") : NULL;
    return word ? word : objectives_words[0];
}

static const char *objective_shown(const Result *result)
{
    const NumbersPretrain *pretrain = result->numbers->pretrains.items;
    return result->numbers->pretrains.n ? objective_of(result, pretrain->cells.text[0]) : NULL;
}

static bool is_shown(const Result *result, const char *cell)
{
    const char *shown = objective_shown(result), *own = objective_of(result, cell);
    return !shown || !own || !strcmp(shown, own);
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
    const NumbersPretrain *pretrain = result->numbers->pretrains.items;
    bool all = true;
    for (size_t i = 0; i < result->numbers->pretrains.n; i++)
        all &= is_shown(result, pretrain[i].cells.text[0]);
    if (all) return true;
    const char *note = arena_format(
        result->arena, err,
        "Held-out perplexities are of models that were trained by the objective %s: of another "
        "one they say something else, and cannot be compared.",
        objective_shown(result));
    if (note) table_add_note(table, note, note);
    return note != NULL;
}

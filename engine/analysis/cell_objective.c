#include "analysis/cell_objective.h"

#include <string.h>

#include "learner/objectives.h"
#include "question/experiment_cells.h"

int cell_objective(const Experiment *experiment, const char *cell)
{
    const ExperimentCell *found = experiment_cells_find(experiment, cell);
    if (!found) return -1;
    const Json *pretrain = found->json ? json_get(found->json, "pretrain") : NULL;
    const bool is_object = pretrain && json_type(pretrain) == JSON_OBJECT_VALUE;
    const char *word = is_object ? json_get_text(pretrain, "objective") : NULL;
    if (!word) return 0; /* settings leave out the first */
    int number = 0;
    while (objectives_words[number] && strcmp(objectives_words[number], word) != 0) number++;
    return objectives_words[number] ? number : -1;
}

bool cell_objective_differs(const Result *result)
{
    const NumbersPretrain *pretrain = result->numbers->pretrains.items;
    bool differs = false;
    for (size_t i = 0; i < result->numbers->pretrains.n; i++) {
        const int objective = cell_objective(result->experiment, pretrain[i].cells.text[0]);
        if (objective < 0) return false;
        differs |= objective != cell_objective(result->experiment, pretrain[0].cells.text[0]);
    }
    return differs;
}

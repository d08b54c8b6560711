#include "stages/scoring.h"

#include <assert.h>

#include "base/file.h"
#include "stages/stage_finetune.h"
#include "model/weights.h"
#include "train/finetune.h"

enum { ROWS = 4096 }; /* of a pass; more would not be faster */

bool scoring_open(Scoring *scoring, const ScoringModel *model, const DatasetSplit *splits, int n,
                  Arena *arena, Error *err)
{
    assert(n <= SCORING_MAX_SPLITS);
    Tokenizer *tokenizer = NULL;
    const Sequences *sets[SCORING_MAX_SPLITS];
    for (int i = 0; i < n; i++) {
        if (!stage_finetune_sequences(&scoring->split[i], &tokenizer, model->task, splits[i],
                                      model->tokenizer, &model->settings->model, arena, err))
            return false;
        sets[i] = &scoring->split[i];
    }
    Head head = stage_finetune_head(model->task, model->settings);
    LearnerSetup setup = finetune_setup(&model->settings->model, model->kernels,
                                        tokenizer_n_tokens(tokenizer) + N_SPECIAL_TOKENS, &head,
                                        sets, n, ROWS, false);
    char *weights = file_join(arena, model->finetune->folder, "weights.safetensors", err);
    if (!weights || !learner_create(&scoring->learner, &setup, arena, err) ||
        !packer_create(&scoring->packer, &scoring->learner, arena, err))
        return false;
    WeightsBlock block = {"", scoring->learner.weights};
    return weights_load(weights, &scoring->learner.weights_table, &block, 1, NULL, arena, err);
}

bool scoring_run(Scores *scores, Scoring *scoring, int i, Arena *arena, Error *err)
{
    return score_examples(scores, &scoring->learner, &scoring->packer, &scoring->split[i], arena,
                          err);
}

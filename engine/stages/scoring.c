#include "stages/scoring.h"

#include <assert.h>

#include "base/file.h"
#include "model/weights.h"
#include "stages/labelled.h"
#include "train/training.h"

enum { ROWS = 4096 }; /* of a pass; more would not be faster */

/* What the model was made from; its tokenizer, NULL on failure. */
static const Tokenizer *open_model(Scoring *scoring, const ScoringModel *model, Arena *arena,
                                   Error *err)
{
    if (!stage_row_read(&scoring->made_from, model->finetune, arena, err)) return NULL;
    return tokenizer_load(model->tokenizer->folder, arena, err);
}

/* A learner with its weights, for the first n of the sequences. */
static bool open_learner(Scoring *scoring, const ScoringModel *model, int n,
                         const Tokenizer *tokenizer, Arena *arena, Error *err)
{
    const FinetuneDocument *made_from = &scoring->made_from;
    const Sequences *sets[SCORING_MAX_SPLITS];
    for (int i = 0; i < n; i++) sets[i] = &scoring->split[i];
    Head head =
        labelled_head(dataset_info(model->task), made_from->finetune.regression, &made_from->model);
    const Kernels *kernels = kernels_in(model->kernels, (Precision)made_from->finetune.precision);
    LearnerSetup setup = packer_setup(&made_from->model, kernels, special_tokens_text(tokenizer),
                                      &head, sets, n, ROWS, false);
    char *weights = file_join(arena, model->finetune->folder, TRAINING_WEIGHTS_FILE, err);
    if (!weights || !learner_create(&scoring->learner, &setup, arena, err) ||
        !packer_create(&scoring->packer, &scoring->learner, arena, err))
        return false;
    WeightsBlock block = {"", scoring->learner.weights};
    return weights_load(weights, &scoring->learner.weights_table, &block, 1, NULL, arena, err);
}

bool scoring_open(Scoring *scoring, const ScoringModel *model, const DatasetSplit *splits, int n,
                  Arena *arena, Error *err)
{
    assert(n <= SCORING_MAX_SPLITS);
    const Tokenizer *tokenizer = open_model(scoring, model, arena, err);
    if (!tokenizer) return false;
    for (int i = 0; i < n; i++)
        if (!labelled_sequences(&scoring->split[i], model->task, splits[i], tokenizer,
                                &scoring->made_from.model, arena, err))
            return false;
    return open_learner(scoring, model, n, tokenizer, arena, err);
}

bool scoring_open_examples(Scoring *scoring, const ScoringModel *model, const Examples *examples,
                           Arena *arena, Error *err)
{
    const Tokenizer *tokenizer = open_model(scoring, model, arena, err);
    return tokenizer &&
           labelled_encode(&scoring->split[0], examples, dataset_info(model->task), tokenizer,
                           &scoring->made_from.model, arena, err) &&
           open_learner(scoring, model, 1, tokenizer, arena, err);
}

bool scoring_run(Scores *scores, Scoring *scoring, int i, Arena *arena, Error *err)
{
    return score_examples(scores, &scoring->learner, &scoring->packer, &scoring->split[i], arena,
                          err);
}

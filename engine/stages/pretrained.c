#include "stages/pretrained.h"

#include "measure/likelihood.h"
#include "model/weights.h"
#include "stages/stage_tokenizer.h"
#include "train/training.h"

bool pretrained_open(Pretrained *pretrained, const StageRun *run, const Arithmetic *arithmetic,
                     Error *err)
{
    const Kernels *kernels = arithmetic_kernels(arithmetic, err);
    if (!kernels || !stage_pretrain_document(&pretrained->made_from, run, err)) return false;
    pretrained->tokenizer = stage_tokenizer_load(run, err);
    if (!pretrained->tokenizer) return false;
    kernels = kernels_in(kernels, (Precision)pretrained->made_from.pretrain.precision);
    LearnerSetup setup = likelihood_setup(&pretrained->made_from.model, kernels,
                                          special_tokens_text(pretrained->tokenizer));
    return learner_create(&pretrained->learner, &setup, run->arena, err);
}

bool pretrained_load(Pretrained *pretrained, const StageRun *run, const Arithmetic *arithmetic,
                     Error *err)
{
    if (!pretrained_open(pretrained, run, arithmetic, err)) return false;
    char *path = stage_row_input_file(run, &stage_pretrain, TRAINING_WEIGHTS_FILE, err);
    WeightsBlock block = {"", pretrained->learner.weights};
    return path &&
           weights_load(path, &pretrained->learner.weights_table, &block, 1, NULL, run->arena, err);
}

#include "experiment/model_text.h"

#include <string.h>

#include "base/file.h"
#include "learner/objectives.h"
#include "model/weights.h"
#include "stages/labelled.h"
#include "train/training.h"

static bool open_learner(Learner *learner, const PlanModel *model, const SpecialTokens *special,
                         const char *weights, Arena *arena, Error *err)
{
    const Settings *settings = model->cell->settings;
    const int precision = model->task ? settings->finetune.precision : settings->pretrain.precision;
    Head head = {0};
    if (model->task)
        head = labelled_head(model->task->info, settings->finetune.regression, &settings->model);
    const LearnerSetup setup = {
        .model = &settings->model,
        .kernels = kernels_in(model->plan->kernels, (Precision)precision),
        .n_vocab = model->task ? special->n_task : special->n_language_model,
        .max_rows = architecture_of(&settings->model)->shape(settings->model.spec).n_context,
        .max_sequences = 1,
        .max_examples = 1,
        .head = model->task ? &head : NULL,
    };
    if (!learner_create(learner, &setup, arena, err)) return false;
    const WeightsBlock block = {"", learner->weights};
    return weights_load(weights, &learner->weights_table, &block, 1, NULL, arena, err);
}

/* In a model of a task a text stands behind the start token, unless that is no token of its texts or stands before all
 * of them anyway. */
static bool has_start(const PlanModel *model, const SpecialTokens *special)
{
    return model->task && !special->framed && special->end < 0;
}

/* The ids of the prompt, behind the start token where there is one. */
static bool encode(TokenList *ids, const char *prompt, const PlanModel *model,
                   const Tokenizer *tokenizer, const SpecialTokens *special, Arena *arena,
                   Error *err)
{
    if (!tokenizer_encode(ids, tokenizer, prompt, strlen(prompt), arena, err)) return false;
    if (!has_start(model, special)) return true;
    int *behind = arena_alloc(arena, ids->n + 1, sizeof *behind, err);
    if (!behind) return false;
    behind[0] = special->start;
    if (ids->n) memcpy(behind + 1, ids->ids, ids->n * sizeof *behind);
    *ids = (TokenList){ids->n + 1, behind};
    return true;
}

bool model_text_sample(char **text, const PlanModel *model, const ModelTextPrompt *prompt,
                       const GenerateSpec *spec, Arena *arena, Error *err)
{
    Learner learner;
    TokenList ids, written;
    const char *weights = prompt->weights;
    const Tokenizer *tokenizer = tokenizer_load(model->cell->tokenizer->folder, arena, err);
    if (!weights) weights = file_join(arena, model->stage->folder, TRAINING_WEIGHTS_FILE, err);
    if (!tokenizer || !weights) return false;
    const TextTokens own = special_tokens_text(tokenizer);
    const SpecialTokens special =
        objectives_tokens(architecture_of(&model->cell->settings->model), own);
    if (!open_learner(&learner, model, &special, weights, arena, err) ||
        !encode(&ids, prompt->text, model, tokenizer, &special, arena, err) ||
        !generate_tokens(&written, &learner, spec, &ids, own, arena, err))
        return false;
    const size_t first = has_start(model, &special) ? 1 : 0;
    *text = tokenizer_decode(tokenizer, written.ids + first, written.n - first, arena, err);
    return *text != NULL;
}

#include "stages/held_out.h"

#include "base/file.h"
#include "model/weights.h"
#include "text/tokenizer.h"
#include "train/likelihood.h"

enum { PRETRAIN, TOKENS, TOKENIZER };

void held_out_inputs(Stage *inputs[HELD_OUT_INPUTS], const PlanCell *cell)
{
    inputs[PRETRAIN] = cell->pretrain;
    inputs[TOKENS] = cell->tokens;
    inputs[TOKENIZER] = cell->tokenizer;
}

static bool open_documents(HeldOut *held_out, const Stage *stage, int n_vocab, double share,
                           Arena *arena, Error *err)
{
    char *path = file_join(arena, stage->input[TOKENS]->folder, "tokens.bin", err);
    if (!path || !token_file_open(&held_out->tokens, path, n_vocab, arena, err)) return false;
    size_t n = held_out->tokens.n_documents;
    held_out->wanted = arena_alloc(arena, n, sizeof(bool), err);
    if (!held_out->wanted) return false;
    plan_held_out(held_out->wanted, held_out->tokens.name, n, share);
    return true;
}

static bool open_model(HeldOut *held_out, const Stage *stage, int n_vocab,
                       const SpecEntryChoice *model, const Kernels *kernels, Arena *arena,
                       Error *err)
{
    char *path = file_join(arena, stage->input[PRETRAIN]->folder, "weights.safetensors", err);
    if (!path) return false;
    LearnerSetup setup = likelihood_setup(model, kernels, n_vocab);
    if (!learner_create(&held_out->learner, &setup, arena, err)) return false;
    WeightsBlock block = {"", held_out->learner.weights};
    return weights_load(path, &held_out->learner.weights_table, &block, 1, NULL, arena, err);
}

bool held_out_open(HeldOut *held_out, const Stage *stage, const Settings *settings,
                   const Kernels *kernels, Arena *arena, Error *err)
{
    Tokenizer *tokenizer = tokenizer_load(stage->input[TOKENIZER]->folder, arena, err);
    if (!tokenizer) return false;
    int n_vocab = tokenizer_n_tokens(tokenizer);
    return open_documents(held_out, stage, n_vocab, settings->corpus.held_out, arena, err) &&
           open_model(held_out, stage, n_vocab, &settings->model, kernels, arena, err);
}

#include "stages/stage_pretrain.h"

#include "base/file.h"
#include "stages/estimate.h"
#include "text/tokenizer.h"
#include "train/pretrain_run.h"

typedef struct PretrainStageJob {
    const PretrainSpec *spec;
    const SpecEntryChoice *model;
    const Kernels *kernels;
    double held_out;
} PretrainStageJob;

/* How long the text of each token is; in the arena. */
static int *token_bytes(const Tokenizer *tokenizer, Arena *arena, Error *err)
{
    int n = tokenizer_n_tokens(tokenizer);
    int *bytes = arena_alloc(arena, (size_t)n, sizeof *bytes, err);
    for (int id = 0; bytes && id < n; id++) bytes[id] = tokenizer_token_bytes(tokenizer, id);
    return bytes;
}

/* inputs: 0 tokens, 1 tokenizer */
static bool run(const Stage *stage, const char *folder, Error *err)
{
    const PretrainStageJob *job = stage->job;
    Arena *arena = arena_create("pre-training data", err);
    if (!arena) return false;
    TokenFile tokens;
    char *path = file_join(arena, stage->input[0]->folder, "tokens.bin", err);
    Tokenizer *tokenizer = path ? tokenizer_load(stage->input[1]->folder, arena, err) : NULL;
    bool ok =
        tokenizer && token_file_open(&tokens, path, tokenizer_n_tokens(tokenizer), arena, err);
    int *bytes = ok ? token_bytes(tokenizer, arena, err) : NULL;
    bool *held_out = bytes ? arena_alloc(arena, tokens.n_documents, sizeof(bool), err) : NULL;
    if (held_out) {
        plan_held_out(held_out, tokens.name, tokens.n_documents, job->held_out);
        ok = pretrain_run(&(PretrainJob){.spec = job->spec,
                                         .model = job->model,
                                         .kernels = job->kernels,
                                         .tokens = &tokens,
                                         .held_out = held_out,
                                         .n_vocab = tokenizer_n_tokens(tokenizer),
                                         .token_bytes = bytes,
                                         .folder = folder},
                          err);
    }
    arena_destroy(arena);
    return ok && held_out;
}

static const StageKind kind = {.name = "pretrain", .run = run};

Stage *stage_pretrain_add(Plan *plan, const PlanCell *cell, Error *err)
{
    Json *document = stage_document(&kind, PRETRAIN_NUMERICS_VERSION, plan->arena, err);
    if (!document || !plan_set_part(document, cell, "model", err) ||
        !plan_set_part(document, cell, "pretrain", err) || !plan_set_kernels(document, plan, err) ||
        !json_set(document, "held_out",
                  json_new_number(cell->settings->corpus.held_out, plan->arena, err), err))
        return NULL;
    bool is_new;
    Stage *inputs[] = {cell->tokens, cell->tokenizer};
    Stage *stage = plan_stage(plan, &kind, document, inputs, 2, &is_new, err);
    if (!stage || !is_new) return stage;
    PretrainStageJob *job = arena_alloc(plan->arena, 1, sizeof *job, err);
    if (!job || !estimate_pretrain(&stage->cost, plan, cell, err)) return NULL;
    *job = (PretrainStageJob){&cell->settings->pretrain, &cell->settings->model, plan->kernels,
                              cell->settings->corpus.held_out};
    stage->job = job;
    stage->title = arena_format(plan->arena, err, "%s on %s", cell->settings->model.entry->name,
                                cell->settings->corpus.data);
    return stage->title ? stage : NULL;
}

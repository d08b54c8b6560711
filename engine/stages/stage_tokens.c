#include "stages/stage_tokens.h"

#include "base/file.h"
#include "text/token_file.h"
#include "text/tokenizer.h"

typedef struct TokensJob {
    const Dataset *corpus;
} TokensJob;

static bool encode(const char *folder, const Documents *documents, const Tokenizer *tokenizer,
                   Arena *arena, Error *err)
{
    TokenList tokens;
    size_t *offset;
    const char **name = arena_alloc(arena, documents->n, sizeof(char *), err);
    char *path = file_join(arena, folder, "tokens.bin", err);
    if (!name || !path) return false;
    for (size_t d = 0; d < documents->n; d++) name[d] = documents->items[d].name;
    return tokenizer_encode_documents(&tokens, &offset, tokenizer, documents, arena, err) &&
           token_file_write(path, tokens.ids, offset, name, documents->n,
                            tokenizer_n_tokens(tokenizer), arena, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    const TokensJob *job = stage->job;
    Arena *arena = arena_create("tokens", err);
    if (!arena) return false;
    Documents documents;
    Tokenizer *tokenizer = tokenizer_load(stage->input[0]->folder, arena, err);
    bool ok = tokenizer && dataset_documents(&documents, job->corpus, arena, err) &&
              encode(folder, &documents, tokenizer, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {.name = "tokens", .run = run};

Stage *stage_tokens_add(Plan *plan, const PlanCell *cell, Error *err)
{
    Json *document = stage_document(&kind, TOKENIZER_NUMERICS_VERSION, plan->arena, err);
    if (!document ||
        !json_set(document, "data", json_new_text(cell->corpus_hash.text, plan->arena, err), err))
        return NULL;
    bool is_new;
    Stage *stage = plan_stage(plan, &kind, document, &cell->tokenizer, 1, &is_new, err);
    if (!stage || !is_new) return stage;
    TokensJob *job = arena_alloc(plan->arena, 1, sizeof *job, err);
    if (!job) return NULL;
    job->corpus = cell->corpus;
    stage->job = job;
    stage->title = arena_format(plan->arena, err, "encode %s", cell->settings->corpus.data);
    return stage->title ? stage : NULL;
}

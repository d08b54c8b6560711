#include "experiment/stage_tokenizer.h"

#include "text/tokenizer.h"

typedef struct TokenizerJob {
    const SpecEntryChoice *method;
    const Dataset *corpus;
    double held_out;
} TokenizerJob;

/* Learning sees training documents only: what is held out stays unseen. */
static bool keep_training(Documents *documents, double share, Arena *arena, Error *err)
{
    bool *held_out = arena_alloc(arena, documents->n, sizeof(bool), err);
    const char **name = arena_alloc(arena, documents->n, sizeof(char *), err);
    if (!held_out || !name) return false;
    for (size_t d = 0; d < documents->n; d++) name[d] = documents->items[d].name;
    plan_held_out(held_out, name, documents->n, share);
    size_t kept = 0;
    for (size_t d = 0; d < documents->n; d++)
        if (!held_out[d]) documents->items[kept++] = documents->items[d];
    if (kept == 0) {
        error_usage(err, "nothing is left to learn from: all %zu documents are held out",
                    documents->n);
        return error_hint(err, "corpus.held_out 0, or a corpus of more documents");
    }
    documents->n = kept;
    return true;
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    const TokenizerJob *job = stage->job;
    Arena *arena = arena_create("tokenizer", err);
    if (!arena) return false;
    Documents documents;
    bool ok = dataset_documents(&documents, job->corpus, arena, err) &&
              keep_training(&documents, job->held_out, arena, err) &&
              tokenizer_train(folder, job->method, &documents, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {"tokenizer", run};

Stage *stage_tokenizer_add(Plan *plan, const PlanCell *cell, Error *err)
{
    Json *document = stage_document(&kind, TOKENIZER_NUMERICS_VERSION, plan->arena, err);
    if (!document || !plan_set_part(document, cell, "tokenizer", err) ||
        !json_set(document, "data", json_new_text(cell->corpus_hash.text, plan->arena, err), err) ||
        !json_set(document, "held_out",
                  json_new_number(cell->settings->corpus.held_out, plan->arena, err), err))
        return NULL;
    bool is_new;
    Stage *stage = plan_stage(plan, &kind, document, NULL, 0, &is_new, err);
    if (!stage || !is_new) return stage;
    TokenizerJob *job = arena_alloc(plan->arena, 1, sizeof *job, err);
    if (!job) return NULL;
    *job =
        (TokenizerJob){&cell->settings->tokenizer, cell->corpus, cell->settings->corpus.held_out};
    stage->job = job;
    stage->title = arena_format(plan->arena, err, "%s on %s", cell->settings->tokenizer.entry->name,
                                cell->settings->corpus.data);
    return stage->title ? stage : NULL;
}

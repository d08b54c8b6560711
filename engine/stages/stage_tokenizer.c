#include "stages/stage_tokenizer.h"

#include "text/tokenizer.h"

typedef struct TokenizerJob {
    const SpecEntryChoice *method;
    const Dataset *corpus, *published;
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

static bool learn(const TokenizerJob *job, const char *folder, Arena *arena, Error *err)
{
    Documents documents;
    return dataset_documents(&documents, job->corpus, arena, err) &&
           keep_training(&documents, job->held_out, arena, err) &&
           tokenizer_train(folder, job->method, &documents, arena, err);
}

static bool take_over(const TokenizerJob *job, const char *folder, Arena *arena, Error *err)
{
    char *vocabulary, *merges;
    return dataset_tokenizer(&vocabulary, &merges, job->published, arena, err) &&
           tokenizer_import(folder, vocabulary, merges, arena, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    const TokenizerJob *job = stage->job;
    Arena *arena = arena_create("tokenizer", err);
    bool ok = arena && (job->published ? take_over : learn)(job, folder, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {.name = "tokenizer", .run = run};

/* What decides a learnt tokenizer: the text; a published one: its files. */
static bool set_source(Json *document, const PlanCell *cell, Arena *arena, Error *err)
{
    HashText hash = cell->corpus_hash;
    if (cell->published && !dataset_hash(&hash, cell->published, arena, err)) return false;
    if (!json_set(document, "data", json_new_text(hash.text, arena, err), err)) return false;
    return cell->published ||
           json_set(document, "held_out",
                    json_new_number(cell->settings->corpus.held_out, arena, err), err);
}

Stage *stage_tokenizer_add(Plan *plan, const PlanCell *cell, Error *err)
{
    const Settings *settings = cell->settings;
    Json *document = stage_document(&kind, TOKENIZER_NUMERICS_VERSION, plan->arena, err);
    if (!document || !plan_set_part(document, cell, "tokenizer", err) ||
        !set_source(document, cell, plan->arena, err))
        return NULL;
    bool is_new;
    Stage *stage = plan_stage(plan, &kind, document, NULL, 0, &is_new, err);
    if (!stage || !is_new) return stage;
    TokenizerJob *job = arena_alloc(plan->arena, 1, sizeof *job, err);
    if (!job) return NULL;
    *job = (TokenizerJob){&settings->tokenizer, cell->corpus, cell->published,
                          settings->corpus.held_out};
    stage->job = job;
    stage->title = cell->published
                       ? arena_format(plan->arena, err, "%s", dataset_info(cell->published)->name)
                       : arena_format(plan->arena, err, "%s on %s", settings->tokenizer.entry->name,
                                      settings->corpus.data);
    return stage->title ? stage : NULL;
}

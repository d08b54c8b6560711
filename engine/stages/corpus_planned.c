#include "stages/corpus_planned.h"

#include "base/file.h"
#include "stages/held_out.h"
#include "stages/stage_tokens.h"

/* A file that cannot be read counts as not there: a run finds out why. */
static void count(CorpusText *text, const Stage *stage, double share, Arena *arena)
{
    TokenFile file;
    Error unused = {0};
    char *path = file_join(arena, stage->folder, STAGE_TOKENS_FILE, &unused);
    if (!path || !token_file_open(&file, path, 0, arena, &unused)) return;
    bool *held_out = arena_alloc(arena, file.n_documents, sizeof(bool), &unused);
    if (!held_out) return;
    held_out_choose(held_out, file.name, file.n_documents, share);
    *text = corpus_text_counted(&file, held_out);
}

bool corpus_planned(CorpusText *text, const StageRequest *request, Error *err)
{
    const double share = request->settings->corpus.held_out;
    const Stage *tokens = stage_row_requested(request, &stage_tokens);
    *text = corpus_text_stated(request->corpus->info, share);
    if (!tokens || !tokens->done) return true;
    Arena *arena = arena_create("corpus text", err);
    if (!arena) return false;
    count(text, tokens, share, arena);
    arena_destroy(arena);
    return true;
}

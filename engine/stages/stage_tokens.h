/* Stage `tokens`: the corpus as token ids. Output: tokens.bin with tokens.json (text/token_file.h). */
#ifndef STAGES_STAGE_TOKENS_H
#define STAGES_STAGE_TOKENS_H

#include "stages/stage_row.h"
#include "text/token_file.h"

#define STAGE_TOKENS_FILE "tokens.bin"

extern const StageRow stage_tokens;

typedef struct StageTokens {
    TokenFile file;
    bool *held_out; /* [n_documents] */
} StageTokens;

/* The tokens among the inputs of a run, all below n_vocab, with this share of the documents held out. */
bool stage_tokens_open(StageTokens *tokens, const StageRun *run, int n_vocab, double share,
                       Error *err) MUST_USE;

#endif

#include "stages/stage_tokens.h"

#include "base/file.h"
#include "stages/held_out.h"
#include "stages/stage_tokenizer.h"

typedef struct TokensDocument {
    const char *data;
} TokensDocument;

static const SpecField document_fields[] = {
    SPEC_TEXT_REQUIRED(TokensDocument, data, "hash of the corpus"),
    SPEC_END,
};
static const SpecTable document_table = {"tokens stage", sizeof(TokensDocument), document_fields,
                                         NULL};

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    (void)arena;
    (void)err;
    *(TokensDocument *)document = (TokensDocument){request->corpus->hash.text};
    return true;
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    (void)document;
    return arena_format(arena, err, "encode %s", request->corpus->name);
}

static bool encode(const StageRun *run, const Documents *documents, const Tokenizer *tokenizer,
                   Error *err)
{
    TokenList tokens;
    size_t *offset;
    Arena *arena = run->arena;
    const char **name = arena_alloc(arena, documents->n, sizeof(char *), err);
    char *path = file_join(arena, run->folder, STAGE_TOKENS_FILE, err);
    if (!name || !path) return false;
    for (size_t d = 0; d < documents->n; d++) name[d] = documents->items[d].name;
    return tokenizer_encode_documents(&tokens, &offset, tokenizer, documents, arena, err) &&
           token_file_write(path, tokens.ids, offset, name, documents->n,
                            tokenizer_n_tokens(tokenizer), arena, err);
}

static bool run_stage(const StageRun *run, Error *err)
{
    const TokensDocument *document = run->document;
    Documents documents;
    const Dataset *corpus = stage_row_data(run, document->data, err);
    const Tokenizer *tokenizer = corpus ? stage_tokenizer_load(run, err) : NULL;
    return tokenizer && dataset_documents(&documents, corpus, run->arena, err) &&
           encode(run, &documents, tokenizer, err);
}

const StageRow stage_tokens = {
    .kind = {.name = "tokens", .version = TOKENIZER_NUMERICS_VERSION, .run = stage_row_run},
    .help = "encodes the corpus",
    .inputs = {&stage_tokenizer},
    .applies = settings_pretrains,
    .document = &document_table,
    .fill = fill,
    .title = title,
    .run = run_stage,
};

bool stage_tokens_open(StageTokens *tokens, const StageRun *run, int n_vocab, double share,
                       Error *err)
{
    char *path = stage_row_input_file(run, &stage_tokens, STAGE_TOKENS_FILE, err);
    if (!path || !token_file_open(&tokens->file, path, n_vocab, run->arena, err)) return false;
    size_t n = tokens->file.n_documents;
    tokens->held_out = arena_alloc(run->arena, n, sizeof(bool), err);
    if (!tokens->held_out) return false;
    held_out_choose(tokens->held_out, tokens->file.name, n, share);
    return true;
}

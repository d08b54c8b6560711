#include "stages/stage_tokenizer.h"

#include <math.h>

#include "stages/corpus_text.h"
#include "stages/held_out.h"

typedef struct TokenizerDocument {
    SpecEntryChoice tokenizer;
    const char *data; /* what decides a learnt tokenizer: the text; a published one: its files */
    double held_out;  /* NaN: published, nothing is read of a corpus */
    double rules;     /* version of the rules of a published one; NaN: learnt */
} TokenizerDocument;

static const SpecField document_fields[] = {
    SPEC_ENTRY(TokenizerDocument, tokenizer, &tokenizer_methods, "text to token ids"),
    SPEC_TEXT_REQUIRED(TokenizerDocument, data, "hash of corpus or files"),
    SPEC_REAL(TokenizerDocument, held_out, NAN, 0.0, 0.9, "share of documents not learnt from"),
    SPEC_REAL(TokenizerDocument, rules, NAN, 1, 1000,
              "version of the rules for words of one that is taken over"),
    SPEC_END,
};
static const SpecTable document_table = {"tokenizer stage", sizeof(TokenizerDocument),
                                         document_fields, NULL};

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    const DataShelfItem *published = request->published;
    (void)arena;
    (void)err;
    *(TokenizerDocument *)document = (TokenizerDocument){
        .tokenizer = request->settings->tokenizer,
        .data = published ? published->hash.text : request->corpus->hash.text,
        .held_out = published ? (double)NAN : request->settings->corpus.held_out,
        .rules = published ? (double)tokenizer_rules_version(&request->settings->tokenizer)
                           : (double)NAN,
    };
    return true;
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    (void)document;
    if (request->published) return request->published->name;
    return arena_format(arena, err, "%s on %s", request->settings->tokenizer.entry->name,
                        request->corpus->name);
}

/* Learning sees training documents only: what is held out stays unseen. */
static bool keep_training(Documents *documents, double share, Arena *arena, Error *err)
{
    bool *held_out = arena_alloc(arena, documents->n, sizeof(bool), err);
    const char **name = arena_alloc(arena, documents->n, sizeof(char *), err);
    if (!held_out || !name) return false;
    for (size_t d = 0; d < documents->n; d++) name[d] = documents->items[d].name;
    held_out_choose(held_out, name, documents->n, share);
    size_t kept = 0;
    for (size_t d = 0; d < documents->n; d++)
        if (!held_out[d]) documents->items[kept++] = documents->items[d];
    const CorpusText text = {.training = {.documents = kept},
                             .held_out = {.documents = documents->n - kept}};
    documents->n = kept;
    return corpus_text_check_training(&text, err);
}

/* A published one is learnt from nothing. */
static bool check(const StageRequest *request, Error *err)
{
    const CorpusText text =
        corpus_text_stated(request->corpus->info, request->settings->corpus.held_out);
    return request->published || corpus_text_check_training(&text, err);
}

static bool learn(const StageRun *run, const Dataset *corpus, Error *err)
{
    const TokenizerDocument *document = run->document;
    Documents documents;
    return dataset_documents(&documents, corpus, run->arena, err) &&
           keep_training(&documents, document->held_out, run->arena, err) &&
           tokenizer_train(run->folder, &document->tokenizer, &documents, run->arena, err);
}

static bool take_over(const StageRun *run, const Dataset *published, Error *err)
{
    TokenizerFiles files;
    return dataset_tokenizer(&files, published, run->arena, err) &&
           tokenizer_import(run->folder, &files, run->arena, err);
}

static bool run_stage(const StageRun *run, Error *err)
{
    const TokenizerDocument *document = run->document;
    const Dataset *dataset = stage_row_data(run, document->data, err);
    bool published = tokenizer_data(&document->tokenizer) != NULL;
    return dataset && (published ? take_over : learn)(run, dataset, err);
}

static const char *const settings[] = {"held_out", "corpus.held_out", NULL};

const StageRow stage_tokenizer = {
    .kind = {.name = "tokenizer", .version = TOKENIZER_NUMERICS_VERSION, .run = stage_row_run},
    .help = "learns the tokenizer from the corpus, or takes over a published one",
    .document = &document_table,
    .settings = settings,
    .check = check,
    .fill = fill,
    .title = title,
    .run = run_stage,
};

Tokenizer *stage_tokenizer_load(const StageRun *run, Error *err)
{
    return tokenizer_load(stage_row_input(run, &stage_tokenizer)->folder, run->arena, err);
}

#include "text/bpe_method.h"

#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "text/bpe.h"
#include "text/bpe_train.h"
#include "text/tokenizer_state.h"
#include "text/word_counts.h"

#define VERSION_LINE "#version: 0.2\n"

static const SpecField bpe_fields[] = {
    SPEC_INT(BpeSpec, merges, 40000, 0, 1000000, "merges to learn (GPT-1, section 4.1: 40,000)"),
    SPEC_END};
static const SpecTable bpe_table = {"bpe", sizeof(BpeSpec), bpe_fields, NULL};

static bool write_files(const char *folder, const Vocabulary *vocabulary, const Buffer *merges,
                        Arena *scratch, Error *err)
{
    const char *merges_path = file_join(scratch, folder, BPE_METHOD_MERGES_FILE, err);
    const char *vocabulary_path =
        merges_path ? file_join(scratch, folder, VOCABULARY_FILE, err) : NULL;
    return vocabulary_path && file_write(merges_path, merges->data, merges->size, err) &&
           vocabulary_write(vocabulary_path, vocabulary, scratch, err);
}

static bool train(const char *folder, const void *spec, const Documents *documents, Arena *scratch,
                  Error *err)
{
    const BpeSpec *bpe = spec;
    WordCounts words;
    if (!word_counts_collect(&words, documents, scratch, err)) return false;
    Vocabulary vocabulary = vocabulary_create(scratch);
    Buffer merges = buffer_create(scratch);
    size_t n_learnt;
    if (!buffer_add_text(&merges, VERSION_LINE, err) ||
        !bpe_train_merges(&vocabulary, &merges, &n_learnt, &words, (size_t)bpe->merges, scratch,
                          err))
        return false;
    if (n_learnt < (size_t)bpe->merges)
        log_warning("the text gives only %zu of %lld merges: no other pair of symbols occurs twice",
                    n_learnt, (long long)bpe->merges);
    return write_files(folder, &vocabulary, &merges, scratch, err);
}

static bool load(Tokenizer *tokenizer, const TokenizerFiles *files, Arena *arena, Error *err)
{
    if (!vocabulary_read(&tokenizer->vocabulary, files->vocabulary, arena, err)) return false;
    tokenizer->rules = &normalizer_own;
    tokenizer->specials.unknown = BPE_UNKNOWN;
    tokenizer->state = bpe_read(files->merges, &tokenizer->vocabulary, arena, err);
    return tokenizer->state != NULL;
}

static bool encode_word(int *ids, size_t *n, const void *state, const char *word, size_t size,
                        Arena *scratch, Error *err)
{
    (void)scratch;
    (void)err;
    *n = bpe_encode_word(ids, state, word, size);
    return true;
}

/* What a token stands for, without the mark of a word's end; whether it had one. */
static bool strip_end(size_t *size, const char *token)
{
    const size_t n_end = sizeof VOCABULARY_WORD_END - 1;
    *size = strlen(token);
    bool ends = *size > n_end && strcmp(token + *size - n_end, VOCABULARY_WORD_END) == 0;
    if (ends) *size -= n_end;
    return ends;
}

static bool decode(Buffer *text, const Tokenizer *tokenizer, const int *ids, size_t n, Error *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *token = tokenizer->vocabulary.token[ids[i]];
        size_t size;
        bool ends = strip_end(&size, token);
        if (!buffer_add(text, token, size, err)) return false;
        if (ends && i + 1 < n && !buffer_add_char(text, ' ', err)) return false;
    }
    return true;
}

/* The space after a word's end included. */
static int token_bytes(const Tokenizer *tokenizer, int id)
{
    size_t size;
    bool ends = strip_end(&size, tokenizer->vocabulary.token[id]);
    return (int)size + ends;
}

const TokenizerMethod bpe_method = {
    .entry = {"bpe", "byte-pair encoding inside words (GPT-1, section 4.1)", &bpe_table},
    .files = {.method = "bpe", .vocabulary = VOCABULARY_FILE, .merges = BPE_METHOD_MERGES_FILE},
    .train = train,
    .load = load,
    .encode_word = encode_word,
    .decode = decode,
    .token_bytes = token_bytes,
};

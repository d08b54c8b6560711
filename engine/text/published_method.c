#include "text/published_method.h"

#include "text/bpe_method.h"
#include "text/tokenizer_state.h"

typedef struct PublishedSpec {
    const char *data;
} PublishedSpec;

static const SpecField published_fields[] = {
    SPEC_TEXT_REQUIRED(PublishedSpec, data, "data set of form 'tokenizer', such as gpt1-bpe"),
    SPEC_END};
static const SpecTable published_table = {"published", sizeof(PublishedSpec), published_fields,
                                          NULL};

static const char *data(const void *spec)
{
    return ((const PublishedSpec *)spec)->data;
}

static bool load(Tokenizer *tokenizer, const TokenizerFiles *files, Arena *arena, Error *err)
{
    const bool loaded = bpe_method.load(tokenizer, files, arena, err);
    tokenizer->rules = &normalizer_released;
    return loaded;
}

static bool encode_word(int *ids, size_t *n, const void *state, const char *word, size_t size,
                        Arena *scratch, Error *err)
{
    return bpe_method.encode_word(ids, n, state, word, size, scratch, err);
}

static bool decode(Buffer *text, const Tokenizer *tokenizer, const int *ids, size_t n, Error *err)
{
    return bpe_method.decode(text, tokenizer, ids, n, err);
}

static int token_bytes(const Tokenizer *tokenizer, int id)
{
    return bpe_method.token_bytes(tokenizer, id);
}

/* Byte-pair encoding in the original file format, of words as the original code made them. */
const TokenizerMethod published_method = {
    .entry = {"published", "merges and vocabulary as somebody published them", &published_table},
    .files = {.method = "published",
              .vocabulary = VOCABULARY_FILE,
              .merges = BPE_METHOD_MERGES_FILE},
    .data = data,
    .rules_version = NORMALIZER_RELEASED_VERSION,
    .load = load,
    .encode_word = encode_word,
    .decode = decode,
    .token_bytes = token_bytes,
};

#include "text/published_method.h"

#include "text/bpe_method.h"
#include "text/vocabulary.h"

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

static void *load(const char *folder, const Vocabulary *vocabulary, Arena *arena, Error *err)
{
    return bpe_method.load(folder, vocabulary, arena, err);
}

static size_t encode_word(int *ids, const void *state, const char *word, size_t size)
{
    return bpe_method.encode_word(ids, state, word, size);
}

/* Byte-pair encoding in the original file format, of words as the original code made them. */
const TokenizerMethod published_method = {
    .entry = {"published", "merges and vocabulary as somebody published them", &published_table},
    .rules = NORMALIZER_RELEASED,
    .data = data,
    .load = load,
    .encode_word = encode_word,
};

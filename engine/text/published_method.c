#include "text/published_method.h"

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

/* What is taken over is byte-pair encoding in the original file format, and loaded as such. */
const TokenizerMethod published_method = {
    .entry = {"published", "merges and vocabulary as somebody published them", &published_table},
    .data = data,
};

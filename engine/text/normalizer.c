#include "text/normalizer.h"

#include <string.h>
#include "text/released_cleanup.h"
#include "text/released_splitter.h"
#include "text/splitter.h"
#include "text/standardize.h"

Normalizer normalizer_create(NormalizerRules rules, Arena *arena, Arena *scratch)
{
    return (Normalizer){rules, buffer_create(arena), buffer_create(arena), buffer_create(arena),
                        scratch};
}

bool normalizer_run(Normalizer *normalizer, const char *text, size_t size, CleanupEvidence evidence,
                    Error *err)
{
    Buffer *clean = &normalizer->clean, *standard = &normalizer->standard;
    buffer_clear(clean);
    buffer_clear(standard);
    buffer_clear(&normalizer->words);
    bool released = normalizer->rules == NORMALIZER_RELEASED;
    return (released ? released_cleanup_text(clean, text, size, normalizer->scratch, err)
                     : cleanup_text(clean, text, size, evidence, normalizer->scratch, err)) &&
           standardize_text(standard, clean->data, clean->size, err) &&
           (released ? released_splitter_split : splitter_split)(
               &normalizer->words, standard->data, standard->size, normalizer->scratch, err);
}

bool normalizer_next_word(const Normalizer *normalizer, size_t *at, const char **word, size_t *size)
{
    const Buffer *words = &normalizer->words;
    if (*at >= words->size) return false;
    const char *begin = words->data + *at;
    const char *space = memchr(begin, ' ', words->size - *at);
    *word = begin;
    *size = space ? (size_t)(space - begin) : words->size - *at;
    *at += *size + 1;
    return true;
}

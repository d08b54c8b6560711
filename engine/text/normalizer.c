#include "text/normalizer.h"

#include <string.h>
#include "text/released_cleanup.h"
#include "text/released_splitter.h"
#include "text/splitter.h"
#include "text/standardize.h"

static bool run_own(Normalizer *normalizer, const char *text, size_t size, CleanupEvidence evidence,
                    Error *err)
{
    Buffer *clean = &normalizer->clean, *standard = &normalizer->standard;
    return cleanup_text(clean, text, size, evidence, normalizer->scratch, err) &&
           standardize_text(standard, clean->data, clean->size, err) &&
           splitter_split(&normalizer->words, standard->data, standard->size, normalizer->scratch,
                          err);
}

static bool run_released(Normalizer *normalizer, const char *text, size_t size,
                         CleanupEvidence evidence, Error *err)
{
    Buffer *clean = &normalizer->clean, *standard = &normalizer->standard;
    (void)evidence;
    return released_cleanup_text(clean, text, size, normalizer->scratch, err) &&
           standardize_text(standard, clean->data, clean->size, err) &&
           released_splitter_split(&normalizer->words, standard->data, standard->size,
                                   normalizer->scratch, err);
}

const NormalizerRules normalizer_own = {.run = run_own, .has_newlines = true};
const NormalizerRules normalizer_released = {.run = run_released, .has_newlines = true};

Normalizer normalizer_create(const NormalizerRules *rules, Arena *arena, Arena *scratch)
{
    return (Normalizer){rules, buffer_create(arena), buffer_create(arena), buffer_create(arena),
                        scratch};
}

bool normalizer_run(Normalizer *normalizer, const char *text, size_t size, CleanupEvidence evidence,
                    Error *err)
{
    buffer_clear(&normalizer->clean);
    buffer_clear(&normalizer->standard);
    buffer_clear(&normalizer->words);
    return normalizer->rules->run(normalizer, text, size, evidence, err);
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

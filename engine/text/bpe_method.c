#include "text/bpe_method.h"

#include "base/file.h"
#include "base/log.h"
#include "text/bpe.h"
#include "text/bpe_train.h"
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

void *bpe_method_load_file(const char *merges_path, const Vocabulary *vocabulary, Arena *arena,
                           Error *err)
{
    return bpe_read(merges_path, vocabulary, arena, err);
}

static void *load(const char *folder, const Vocabulary *vocabulary, Arena *arena, Error *err)
{
    const char *path = file_join(arena, folder, BPE_METHOD_MERGES_FILE, err);
    return path ? bpe_read(path, vocabulary, arena, err) : NULL;
}

static size_t encode_word(int *ids, const void *state, const char *word, size_t size)
{
    return bpe_encode_word(ids, state, word, size);
}

const TokenizerMethod bpe_method = {
    .entry = {"bpe", "byte-pair encoding inside words (GPT-1, section 4.1)", &bpe_table},
    .train = train,
    .load = load,
    .encode_word = encode_word,
};

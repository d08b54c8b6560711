#include "text_rig.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "text/bpe_method.h"
#include "text/cleanup.h"
#include "text/released_cleanup.h"
#include "text/released_splitter.h"
#include "text/splitter.h"
#include "text/standardize.h"
#include "text/word_table.h"

Arena *text_rig_arena;
Error text_rig_err;
static Arena *scratch;

void text_rig_set_up(void)
{
    text_rig_err = (Error){0};
    text_rig_arena = arena_create("test", &text_rig_err);
    scratch = arena_create("test scratch", &text_rig_err);
    cr_assert(text_rig_arena && scratch);
}

void text_rig_tear_down(void)
{
    arena_destroy(text_rig_arena);
    arena_destroy(scratch);
}

static const char *finished(const Buffer *buffer, bool done)
{
    cr_assert(done, "%s", text_rig_err.text);
    return buffer->data ? buffer->data : "";
}

const char *text_rig_clean(const char *text)
{
    Buffer clean = buffer_create(text_rig_arena);
    return finished(&clean,
                    cleanup_text(&clean, text, strlen(text), cleanup_examine(text, strlen(text)),
                                 scratch, &text_rig_err));
}

const char *text_rig_standardize(const char *text)
{
    Buffer standard = buffer_create(text_rig_arena);
    return finished(&standard, standardize_text(&standard, text, strlen(text), &text_rig_err));
}

const char *text_rig_split(const char *text)
{
    Buffer words = buffer_create(text_rig_arena);
    return finished(&words, splitter_split(&words, text, strlen(text), scratch, &text_rig_err));
}

const char *text_rig_released_clean(const char *text)
{
    Buffer clean = buffer_create(text_rig_arena);
    return finished(&clean,
                    released_cleanup_text(&clean, text, strlen(text), scratch, &text_rig_err));
}

const char *text_rig_released_split(const char *text)
{
    Buffer words = buffer_create(text_rig_arena);
    return finished(&words,
                    released_splitter_split(&words, text, strlen(text), scratch, &text_rig_err));
}

const char *text_rig_normalize(const char *text)
{
    const char *words =
        tokenizer_normalize(text, strlen(text), &normalizer_own, text_rig_arena, &text_rig_err);
    cr_assert(words, "%s", text_rig_err.text);
    return words;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const WordCount *)a)->word, ((const WordCount *)b)->word);
}

WordCounts text_rig_count_words(const char *const *lines, size_t n_lines)
{
    WordTable table = word_table_create(text_rig_arena);
    for (size_t i = 0; i < n_lines; i++) {
        for (const char *word = lines[i]; word;) {
            const char *space = strchr(word, ' ');
            WordEntry *entry = word_table_add(
                &table, word, space ? (size_t)(space - word) : strlen(word), &text_rig_err);
            cr_assert(entry, "%s", text_rig_err.text);
            entry->value++;
            word = space ? space + 1 : NULL;
        }
    }
    WordCounts counts = {table.n,
                         arena_alloc(text_rig_arena, table.n, sizeof *counts.items, &text_rig_err)};
    cr_assert(counts.items);
    for (size_t i = 0; i < table.n; i++) {
        const WordEntry *entry = &table.entries[i];
        const char *word = arena_text_span(text_rig_arena, word_table_bytes(&table, entry),
                                           entry->size, &text_rig_err);
        cr_assert(word);
        counts.items[i] = (WordCount){word, entry->size, entry->value};
    }
    qsort(counts.items, counts.n, sizeof *counts.items, by_text);
    return counts;
}

static void remove_folder(void *folder)
{
    Error err = {0};
    if (!file_remove_tree(folder, &err)) cr_log_warn("%s", err.text);
}

const char *text_rig_folder(void)
{
    const char *parent = getenv("TMPDIR");
    char *folder = arena_format(text_rig_arena, &text_rig_err, "%s/reprise-text-XXXXXX",
                                parent ? parent : "/tmp");
    cr_assert(folder && mkdtemp(folder));
    cr_assert(arena_defer(text_rig_arena, remove_folder, folder, &text_rig_err));
    return folder;
}

Tokenizer *text_rig_train(const char *name, int64_t n_merges, const Documents *documents)
{
    const char *folder = file_join(text_rig_arena, text_rig_folder(), name, &text_rig_err);
    BpeSpec spec = {.merges = n_merges};
    SpecEntryChoice method = {spec_registry_find(&tokenizer_methods, "bpe"), &spec};
    cr_assert(tokenizer_train(folder, &method, documents, text_rig_arena, &text_rig_err), "%s",
              text_rig_err.text);
    Tokenizer *tokenizer = tokenizer_load(folder, text_rig_arena, &text_rig_err);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    return tokenizer;
}

const char *text_rig_mirror(const char *path)
{
    const char *mirror = getenv("REPRISE_MIRROR");
    if (!mirror) cr_skip_test("REPRISE_MIRROR is not set");
    return file_join(text_rig_arena, mirror, path, &text_rig_err);
}

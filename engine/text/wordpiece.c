#include "text/wordpiece.h"

#include <string.h>

bool wordpiece_continues(const char **rest, const Wordpiece *wordpiece, int id)
{
    const char *token = wordpiece->vocabulary->token[id];
    const size_t n_prefix = strlen(wordpiece->prefix);
    const bool continues = !strncmp(token, wordpiece->prefix, n_prefix) && n_prefix > 0;
    *rest = continues ? token + n_prefix : token;
    return continues;
}

bool wordpiece_prepare(Wordpiece *wordpiece, Arena *arena, Error *err)
{
    wordpiece->inner = word_table_create(arena);
    for (size_t id = 0; id < wordpiece->vocabulary->n; id++) {
        const char *rest;
        const bool continues = wordpiece_continues(&rest, wordpiece, (int)id);
        const size_t size = strlen(wordpiece->vocabulary->token[id]);
        if (size > wordpiece->longest) wordpiece->longest = size;
        if (!continues || !rest[0]) continue;
        WordEntry *entry = word_table_add(&wordpiece->inner, rest, strlen(rest), err);
        if (!entry) return false;
        entry->value = id;
    }
    return true;
}

static bool begins_character(char c)
{
    return (c & 0xC0) != 0x80;
}

static int64_t count_characters(const char *word, size_t size)
{
    int64_t n = 0;
    for (size_t i = 0; i < size; i++) n += begins_character(word[i]);
    return n;
}

/* The longest piece of the word from `begin` on; its end in *end. -1: none. */
static int find_longest(size_t *end, const Wordpiece *w, const char *word, size_t begin,
                        size_t size)
{
    const WordTable *table = begin > 0 ? &w->inner : &w->vocabulary->ids;
    for (*end = size - begin > w->longest ? begin + w->longest : size; *end > begin; --*end) {
        if (*end < size && !begins_character(word[*end])) continue;
        const WordEntry *entry = word_table_find(table, word + begin, *end - begin);
        if (entry) return (int)entry->value;
    }
    return -1;
}

size_t wordpiece_encode_word(int *ids, const Wordpiece *wordpiece, const char *word, size_t size)
{
    size_t n = 0;
    bool is_known = count_characters(word, size) <= wordpiece->most_characters;
    for (size_t at = 0, end; is_known && at < size; at = end) {
        const int id = find_longest(&end, wordpiece, word, at, size);
        is_known = id >= 0;
        if (is_known) ids[n++] = id;
    }
    if (is_known) return n;
    ids[0] = wordpiece->unknown;
    return 1;
}

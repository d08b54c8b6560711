#include "data/dataset/dataset_winograd.h"

#include <ctype.h>
#include <string.h>

/* A piece of text without the white space at its ends. */
static char *trimmed(const char *text, size_t size, Arena *arena, Error *err)
{
    while (size > 0 && isspace((unsigned char)text[0])) {
        text++;
        size--;
    }
    while (size > 0 && isspace((unsigned char)text[size - 1])) size--;
    return arena_text_span(arena, text, size, err);
}

static bool split_referents(Example *example, int64_t most, Arena *arena, Error *err)
{
    const char *sentence = example->text[0], *at = example->text[1];
    example->n_texts = 2;
    example->text = arena_alloc(arena, 2 + (size_t)most, sizeof *example->text, err);
    if (!example->text) return false;
    example->text[0] = sentence;
    for (bool more = true; more;) {
        size_t size = strcspn(at, ",");
        char *referent = trimmed(at, size, arena, err);
        if (!referent) return false;
        if (*referent == '\0') return error_usage(err, "a referent is empty");
        if (example->n_texts - 2 == most)
            return error_usage(err, "more than %lld referents", (long long)most);
        example->text[example->n_texts++] = referent;
        more = at[size] == ',';
        at += size + 1;
    }
    return true;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c);
}

/* The next place where the pronoun stands as a word of its own; NULL: none. */
static const char *find_word(const char *sentence, const char *from, const char *pronoun)
{
    size_t size = strlen(pronoun);
    for (const char *at = strstr(from, pronoun); at && size > 0; at = strstr(at + 1, pronoun)) {
        bool begins = at == sentence || !is_word(at[-1]) || !is_word(at[0]);
        if (begins && (!is_word(at[size]) || !is_word(at[size - 1]))) return at;
    }
    return NULL;
}

/* Where the last of the referents has been named for the first time. */
static const char *after_referents(const Example *example)
{
    const char *after = example->text[0];
    for (int k = 2; k < example->n_texts; k++) {
        const char *named = strcasestr(example->text[0], example->text[k]);
        if (named && named + strlen(example->text[k]) > after)
            after = named + strlen(example->text[k]);
    }
    return after;
}

bool dataset_winograd_split(Example *example, const char *pronoun, int64_t most_referents,
                            Arena *arena, Error *err)
{
    if (!split_referents(example, most_referents, arena, err)) return false;
    const char *sentence = example->text[0],
               *at = find_word(sentence, after_referents(example), pronoun);
    if (!at) at = find_word(sentence, sentence, pronoun);
    if (!at) return error_usage(err, "'%s' does not stand in the sentence", pronoun);
    const char *rest = at + strlen(pronoun);
    example->text[0] = trimmed(sentence, (size_t)(at - sentence), arena, err);
    example->text[1] = trimmed(rest, strlen(rest), arena, err);
    return example->text[0] && example->text[1];
}

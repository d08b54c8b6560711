#include "data/own/own_name.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"

enum { LONGEST_NAME = 60 };

static const struct {
    const char *word;
    DatasetSplit split;
} split_words[] = {
    {"train", SPLIT_TRAIN},      {"training", SPLIT_TRAIN}, {"dev", SPLIT_VALIDATION},
    {"valid", SPLIT_VALIDATION}, {"val", SPLIT_VALIDATION}, {"validation", SPLIT_VALIDATION},
    {"test", SPLIT_TEST},        {"testing", SPLIT_TEST},
};

bool own_name_check(const char *name, Error *err)
{
    bool legal = isalnum((unsigned char)name[0]) && strlen(name) <= LONGEST_NAME;
    for (const char *c = name; *c; c++)
        legal &= isascii((unsigned char)*c) && (isalnum((unsigned char)*c) || strchr("-_", *c));
    if (legal) return true;
    error_usage(err, "'%s' is no name of a data set", name);
    return error_hint(err, "at most %d letters, digits, - and _, such as film-reviews",
                      LONGEST_NAME);
}

const char *own_name_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The next run of letters and digits before `end`; false: there is none. */
static bool next_word(const char **word, size_t *size, const char **at, const char *end)
{
    while (*at < end && !isalnum((unsigned char)**at)) (*at)++;
    *word = *at;
    while (*at < end && isalnum((unsigned char)**at)) (*at)++;
    *size = (size_t)(*at - *word);
    return *size > 0;
}

/* Place in split_words; -1: it says none. */
static int split_word(const char *word, size_t size)
{
    for (int i = 0; i < (int)(sizeof split_words / sizeof *split_words); i++)
        if (strlen(split_words[i].word) == size && !strncasecmp(split_words[i].word, word, size))
            return i;
    return -1;
}

/* Of the file's own name, where its ending begins. */
static const char *ending_of(const char *base)
{
    const char *dot = strrchr(base, '.');
    return dot && dot > base ? dot : base + strlen(base);
}

bool own_name_split(DatasetSplit *split, const char *path)
{
    const char *at = own_name_base(path), *end = ending_of(at), *word;
    size_t size;
    bool said = false;
    *split = SPLIT_TRAIN;
    while (next_word(&word, &size, &at, end)) {
        const int i = split_word(word, size);
        if (i < 0) continue;
        *split = split_words[i].split;
        said = true;
    }
    return said;
}

char *own_name_of(const char *path, Arena *arena, Error *err)
{
    char *whole = arena_text(arena, path, err);
    if (!whole) return NULL;
    for (size_t n = strlen(whole); n > 1 && whole[n - 1] == '/';) whole[--n] = '\0';
    const char *at = own_name_base(whole), *end = ending_of(at), *word;
    size_t size;
    Buffer name = buffer_create(arena);
    if (!buffer_add_text(&name, "", err)) return NULL;
    while (next_word(&word, &size, &at, end)) {
        if (split_word(word, size) >= 0 || name.size + size + 1 > LONGEST_NAME) continue;
        if (name.size && !buffer_add_char(&name, '-', err)) return NULL;
        for (size_t i = 0; i < size; i++)
            if (!buffer_add_char(&name, (char)tolower((unsigned char)word[i]), err)) return NULL;
    }
    return name.data;
}

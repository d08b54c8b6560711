#include "cli/usage.h"

#include <string.h>

typedef struct Token {
    const char *text;
    size_t size;
} Token;

/* A bracket or a bar that stands alone, or what lies between them and blanks; false: there is no more. */
static bool next(Token *token, const char **at)
{
    *at += strspn(*at, " \n");
    const size_t word = strcspn(*at, " \n[]");
    *token = (Token){*at, word > 0 ? word : **at != '\0'};
    *at += token->size;
    return token->size > 0;
}

static bool is(const Token *token, const char *text)
{
    return token->size == strlen(text) && !strncmp(token->text, text, token->size);
}

/* Whether the words up to the closing bracket are choices for one place: [list | clean]. */
static bool begins_choice(const char *at)
{
    Token token;
    int depth = 0;
    for (bool first = true; next(&token, &at) && depth >= 0; first = false) {
        if (first && *token.text == '-') return false;
        depth += is(&token, "[") ? 1 : is(&token, "]") ? -1 : 0;
        if (depth == 0 && is(&token, "|")) return true;
    }
    return false;
}

/* Where the reading of a line stands. */
typedef struct Reader {
    unsigned options;
    const char *const *before;
    int n_before;
    TextList *words;
    Arena *arena;
    int place;    /* of the next word, in this way through the line */
    bool fits;    /* the words before are of this way */
    bool choice;  /* within [list | clean]: all words are for one place ... */
    bool matched; /* ... and one of them is the word before */
} Reader;

/* One of "EXPERIMENT|all". */
static bool read_part(Reader *reader, const char *text, size_t size, Error *err)
{
    const char *word = arena_text_span(reader->arena, text, size, err);
    if (!word) return false;
    if (reader->place == reader->n_before && reader->fits) spec_list_place(reader->words, word);
    if (reader->place < reader->n_before)
        reader->matched |= usage_is_kind(word) || !strcmp(word, reader->before[reader->place]);
    return true;
}

static void end_place(Reader *reader)
{
    if (reader->place < reader->n_before) reader->fits &= reader->matched;
    reader->place++;
    reader->matched = false;
}

static bool read_word(Reader *reader, const Token *token, Error *err)
{
    for (size_t begin = 0, size; begin < token->size; begin += size + 1) {
        const char *bar = memchr(token->text + begin, '|', token->size - begin);
        size = bar ? (size_t)(bar - token->text) - begin : token->size - begin;
        if (!read_part(reader, token->text + begin, size, err)) return false;
    }
    if (!reader->choice) end_place(reader);
    return true;
}

/* And the value that it takes. */
static bool skip_option(const Reader *reader, const Token *token, const char **at, Error *err)
{
    Token value;
    const char *name = arena_text_span(reader->arena, token->text, token->size, err);
    const Option *option = name ? options_find(reader->options, name) : NULL;
    return name && (!option || !options_value(option) || next(&value, at));
}

bool usage_words(TextList *words, const char *arguments, unsigned options,
                 const char *const *before, int n_before, Arena *arena, Error *err)
{
    Reader reader = {options, before, n_before, words, arena, .fits = true};
    Token token;
    int depth = 0;
    *words = (TextList){0, arena_alloc(arena, strlen(arguments) + 1, sizeof(char *), err)};
    if (!words->text) return false;
    for (const char *at = arguments; next(&token, &at);) {
        if (is(&token, "[")) {
            reader.choice |= begins_choice(at);
            depth++;
        } else if (is(&token, "]")) {
            depth--;
            if (reader.choice) end_place(&reader);
            reader.choice = false;
        } else if (is(&token, "|")) {
            if (depth > 0) continue;
            reader.place = 0;
            reader.fits = true;
        } else if (*token.text == '-') {
            if (!skip_option(&reader, &token, &at, err)) return err->n_errors == 0;
        } else if (!is(&token, "...") && !read_word(&reader, &token, err)) {
            return false;
        }
    }
    return true;
}

bool usage_is_kind(const char *word)
{
    return *word == '"' || (*word >= 'A' && *word <= 'Z');
}

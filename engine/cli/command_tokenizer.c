#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/command.h"
#include "plan/stage_held.h"
#include "text/tokenizer.h"

static void print_ids(const TokenList *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) printf(i ? " %d" : "%d", tokens->ids[i]);
    putchar('\n');
}

static void print_tokens(const Tokenizer *tokenizer, const TokenList *tokens)
{
    for (size_t i = 0; i < tokens->n; i++)
        printf(i ? " %s" : "%s", tokenizer_token(tokenizer, tokens->ids[i]));
    putchar('\n');
}

static bool show_text(const Tokenizer *tokenizer, const char *text, Arena *arena, Error *err)
{
    TokenList tokens;
    if (!tokenizer_encode(&tokens, tokenizer, text, strlen(text), arena, err)) return false;
    char *normal = tokenizer_normalize(text, strlen(text), tokenizer_rules(tokenizer), arena, err);
    if (!normal) return false;
    puts(normal);
    print_tokens(tokenizer, &tokens);
    print_ids(&tokens);
    return true;
}

/* One line of the file, a JSON text: its words and ids as a line of JSON. */
static bool show_line(const Tokenizer *tokenizer, const char *line, size_t size, const char *origin,
                      Arena *arena, Error *err)
{
    TokenList tokens;
    Json *text = json_parse_text(line, size, origin, arena, err);
    if (!text) return false;
    if (json_type(text) != JSON_TEXT_VALUE) {
        error_set(err, "%s: is no JSON text", origin);
        error_hint(err, "\"a text in quotes\"");
        return false;
    }
    const char *bytes = json_text(text);
    if (!tokenizer_encode(&tokens, tokenizer, bytes, strlen(bytes), arena, err)) return false;
    Json *answer = json_new_object(arena, err), *ids = json_new_list(arena, err);
    for (size_t i = 0; ids && i < tokens.n; i++)
        if (!json_add(ids, json_new_integer(tokens.ids[i], arena, err), err)) return false;
    char *normal =
        tokenizer_normalize(bytes, strlen(bytes), tokenizer_rules(tokenizer), arena, err);
    if (!answer || !ids || !normal ||
        !json_set(answer, "words", json_new_text(normal, arena, err), err) ||
        !json_set(answer, "ids", ids, err))
        return false;
    char *printed = json_canonical(answer, arena, err);
    if (printed) puts(printed);
    return printed != NULL;
}

static bool show_file(const Tokenizer *tokenizer, const char *path, Arena *arena, Error *err)
{
    char *bytes;
    size_t size;
    if (!file_read(&bytes, &size, path, arena, err)) return false;
    size_t number = 1;
    for (size_t begin = 0, end; begin < size; begin = end + 1, number++) {
        const char *newline = memchr(bytes + begin, '\n', size - begin);
        end = newline ? (size_t)(newline - bytes) : size;
        ArenaMark mark = arena_mark(arena);
        const char *origin = arena_format(arena, err, "%s:%zu", path, number);
        if (!origin || !show_line(tokenizer, bytes + begin, end - begin, origin, arena, err))
            return false;
        arena_reset(arena, mark);
    }
    return true;
}

/* reprise tokenizer FOLDER TEXT: how a text is cut; FOLDER is a tokenizer stage of the store. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    const char *folder = options->words[0];
    if ((options->n_words == 2) == (options->lines != NULL)) {
        error_usage(err, "give either a text or --lines FILE");
        return false;
    }
    if (!stage_held_folder(folder, arena, err)) return false;
    Tokenizer *tokenizer = tokenizer_load(folder, arena, err);
    if (!tokenizer) return false;
    return options->lines ? show_file(tokenizer, options->lines, arena, err)
                          : show_text(tokenizer, options->words[1], arena, err);
}

const Command command_tokenizer = {
    .name = "tokenizer",
    .arguments = "FOLDER [TEXT]",
    .help = "show how a tokenizer standardizes, splits and encodes a text",
    .options = OPTION_LINES,
    .min_words = 1,
    .max_words = 2,
    .run = run,
};

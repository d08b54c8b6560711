#include <stdio.h>
#include <string.h>

#include "base/file.h"
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

/* reprise tokenizer FOLDER TEXT: how a text is cut; FOLDER is a tokenizer stage of the store. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    const char *text = options->words[1];
    const char *folder = options->words[0];
    if (!stage_held_folder(folder, arena, err)) return false;
    Tokenizer *tokenizer = tokenizer_load(folder, arena, err);
    TokenList tokens;
    if (!tokenizer || !tokenizer_encode(&tokens, tokenizer, text, strlen(text), arena, err))
        return false;
    char *normal = tokenizer_normalize(text, strlen(text), arena, err);
    if (!normal) return false;
    puts(normal);
    print_tokens(tokenizer, &tokens);
    print_ids(&tokens);
    return true;
}

const Command command_tokenizer = {
    .name = "tokenizer",
    .arguments = "FOLDER TEXT",
    .help = "show how a tokenizer standardizes, splits and encodes a text",
    .min_words = 2,
    .max_words = 2,
    .run = run,
};

#include "experiment/export_tokens.h"

enum { MOST_FRAME = 3, UNKNOWN = 0 };

static const TokenizerAdded *add(ExportTokens *tokens, const char *text, int id, const char *role)
{
    TokenizerAdded *added = &tokens->added[tokens->n++];
    *added = (TokenizerAdded){text, id, role};
    return added;
}

/* Sentinels descend: the first that a text needs is the last of them. */
static bool add_sentinels(ExportTokens *tokens, const SpecialTokens *special, int n, Arena *arena,
                          Error *err)
{
    for (int i = 0; i < n; i++) {
        const char *text = arena_format(arena, err, "<extra_id_%d>", n - 1 - i);
        if (!text) return false;
        (void)add(tokens, text, special->mask + i, NULL);
    }
    return true;
}

/* start text end text end, the second text being of another segment. */
static void add_framing(ExportTokens *tokens, const SpecialTokens *special)
{
    (void)add(tokens, "[MASK]", special->mask, "mask_token");
    const TokenizerAdded *start = add(tokens, "[CLS]", special->start, "cls_token");
    const TokenizerAdded *end = add(tokens, "[SEP]", special->delimiter, "sep_token");
    tokens->has_frame = true;
    tokens->frame = (TokenizerFrame){start, end, end, 1};
}

static void add_ending(ExportTokens *tokens, const SpecialTokens *special)
{
    (void)add(tokens, "<pad>", special->start, "pad_token");
    tokens->has_frame = true;
    tokens->frame.last = add(tokens, "</s>", special->end, "eos_token");
}

static void add_tasks(ExportTokens *tokens, const SpecialTokens *special)
{
    const TokenizerAdded *start = add(tokens, "<start>", special->start, "bos_token");
    const TokenizerAdded *between = add(tokens, "<delimiter>", special->delimiter, "sep_token");
    const TokenizerAdded *last = add(tokens, "<classify>", special->classify, "cls_token");
    tokens->has_frame = true;
    tokens->frame = (TokenizerFrame){start, between, last, 0};
}

/* Are they the tokenizer's own, so that there is nothing to add? */
static bool are_own(const SpecialTokens *special)
{
    return special->n_task == special->n_text;
}

bool export_tokens_make(ExportTokens *tokens, const SpecialTokens *special, bool of_task,
                        Arena *arena, Error *err)
{
    const int n_sentinels = special->end >= 0 ? special->start - special->mask : 0;
    *tokens = (ExportTokens){0};
    if (are_own(special)) return true;
    tokens->added =
        arena_alloc(arena, (size_t)n_sentinels + MOST_FRAME, sizeof *tokens->added, err);
    if (!tokens->added || !add_sentinels(tokens, special, n_sentinels, arena, err)) return false;
    if (special->framed) add_framing(tokens, special);
    else if (special->end >= 0) add_ending(tokens, special);
    else if (of_task) add_tasks(tokens, special);
    return true;
}

HuggingfaceTokens export_tokens_config(const SpecialTokens *special, const Tokenizer *tokenizer)
{
    const int pad = tokenizer_specials(tokenizer)->pad;
    HuggingfaceTokens tokens = {.pad = pad >= 0 ? pad : UNKNOWN, .start = -1, .end = -1};
    if (special->end >= 0)
        tokens = (HuggingfaceTokens){special->start, special->start, special->end};
    return tokens;
}

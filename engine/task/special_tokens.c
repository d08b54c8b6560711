#include "task/special_tokens.h"

TextTokens special_tokens_text(const Tokenizer *tokenizer)
{
    return (TextTokens){tokenizer_n_tokens(tokenizer), tokenizer_specials(tokenizer)};
}

/* --- among the tokenizer's own ------------------------------------------------------------------- */

static bool has_frame(const TokenizerSpecials *own, int n_stand_ins)
{
    return own && n_stand_ins <= 1 && own->mask >= 0 && own->begin >= 0 && own->end >= 0;
}

/* The sentinels descend by one from the first that a text needs. */
static bool has_source(const TokenizerSpecials *own, int n_stand_ins)
{
    if (!own || own->pad < 0 || own->end < 0 || own->n_sentinels < (size_t)n_stand_ins)
        return false;
    for (int i = 1; i < n_stand_ins; i++)
        if (own->sentinels[i] != own->sentinels[0] - i) return false;
    return true;
}

const char *special_tokens_lacking(TextTokens text, SpecialTokensUse use)
{
    const TokenizerSpecials *own = text.specials;
    if (!own || use == SPECIAL_TOKENS_TASKS) return NULL;
    const bool frame = use == SPECIAL_TOKENS_FRAME;
    const struct {
        const char *name;
        bool there;
    } tokens[] = {
        {frame ? "[CLS]" : "<pad>", (frame ? own->begin : own->pad) >= 0},
        {frame ? "[SEP]" : "</s>", own->end >= 0},
        {frame ? "[MASK]" : "<extra_id_0>", frame ? own->mask >= 0 : own->n_sentinels > 0}};
    const char *lacking = NULL;
    bool any = false;
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        any = any || tokens[i].there;
        if (!tokens[i].there && !lacking) lacking = tokens[i].name;
    }
    return any ? lacking : NULL;
}

static SpecialTokens among(TextTokens text)
{
    return (SpecialTokens){.n_text = text.n,
                           .mask = -1,
                           .start = -1,
                           .delimiter = -1,
                           .classify = -1,
                           .end = -1,
                           .n_language_model = text.n,
                           .n_task = text.n};
}

static SpecialTokens own_frame(TextTokens text)
{
    SpecialTokens special = among(text);
    special.mask = text.specials->mask;
    special.start = text.specials->begin;
    special.delimiter = special.classify = text.specials->end;
    special.framed = true;
    return special;
}

static SpecialTokens own_source(TextTokens text, int n_stand_ins)
{
    SpecialTokens special = among(text);
    special.mask = n_stand_ins > 0 ? text.specials->sentinels[0] - n_stand_ins + 1 : -1;
    special.start = text.specials->pad;
    special.end = text.specials->end;
    return special;
}

/* --- behind them ----------------------------------------------------------------------------------- */

static SpecialTokens behind(int n_text, int n_stand_ins, SpecialTokensUse use)
{
    const int n = n_text + n_stand_ins;
    SpecialTokens special = {.n_text = n_text,
                             .mask = n_stand_ins > 0 ? n_text : -1,
                             .start = n,
                             .delimiter = -1,
                             .classify = -1,
                             .end = -1,
                             .framed = use == SPECIAL_TOKENS_FRAME};
    switch (use) {
    case SPECIAL_TOKENS_TASKS:
        special.delimiter = n + 1;
        special.classify = n + 2;
        special.n_language_model = n;
        special.n_task = n + 3;
        break;
    case SPECIAL_TOKENS_FRAME:
        special.delimiter = special.classify = n + 1;
        special.n_language_model = special.n_task = n + 2;
        break;
    case SPECIAL_TOKENS_SOURCE:
        special.end = n + 1;
        special.n_language_model = special.n_task = n + 2;
        break;
    }
    return special;
}

static SpecialTokens find(TextTokens text, int n_stand_ins, SpecialTokensUse use)
{
    if (use == SPECIAL_TOKENS_FRAME && has_frame(text.specials, n_stand_ins))
        return own_frame(text);
    if (use == SPECIAL_TOKENS_SOURCE && has_source(text.specials, n_stand_ins))
        return own_source(text, n_stand_ins);
    return behind(text.n, n_stand_ins, use);
}

SpecialTokens special_tokens(TextTokens text, int n_stand_ins, SpecialTokensUse use)
{
    SpecialTokens special = find(text, n_stand_ins, use);
    special.n_stand_ins = n_stand_ins;
    return special;
}

bool special_tokens_are(const SpecialTokens *special, int token)
{
    const bool stands_in = special->mask >= 0 && token >= special->mask &&
                           token < special->mask + special->n_stand_ins;
    return token >= special->n_text || stands_in || token == special->start ||
           token == special->delimiter || token == special->classify || token == special->end;
}

int special_tokens_before(const SpecialTokens *special)
{
    return special->framed ? 1 : 0;
}

int special_tokens_frame(int *token, int length, const SpecialTokens *special)
{
    if (!special->framed) return length;
    token[0] = special->start;
    token[length + 1] = special->delimiter;
    return length + SPECIAL_TOKENS_AROUND;
}

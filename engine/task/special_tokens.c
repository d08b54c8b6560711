#include "task/special_tokens.h"

SpecialTokens special_tokens(int n_text, int n_stand_ins, SpecialTokensUse use)
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

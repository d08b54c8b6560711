#include "task/special_tokens.h"

SpecialTokens special_tokens(int n_text, bool with_mask)
{
    const int n = n_text + with_mask;
    return (SpecialTokens){
        .n_text = n_text,
        .mask = with_mask ? n_text : -1,
        .n_language_model = n,
        .start = n,
        .delimiter = n + 1,
        .classify = n + 2,
        .n_task = n + 3,
    };
}

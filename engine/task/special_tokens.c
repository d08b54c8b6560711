#include "task/special_tokens.h"

SpecialTokens special_tokens(int n_text, int n_stand_ins)
{
    const int n = n_text + n_stand_ins;
    return (SpecialTokens){
        .n_text = n_text,
        .mask = n_stand_ins > 0 ? n_text : -1,
        .n_language_model = n,
        .start = n,
        .delimiter = n + 1,
        .classify = n + 2,
        .n_task = n + 3,
    };
}

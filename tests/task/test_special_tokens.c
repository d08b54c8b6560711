/* Where the tokens stand that no text holds. */
#include <criterion/criterion.h>

#include "task/special_tokens.h"

Test(special_tokens, of_tasks_stand_behind_the_text)
{
    SpecialTokens special = special_tokens((TextTokens){.n = 100}, 0, SPECIAL_TOKENS_TASKS);
    cr_expect_eq(special.n_language_model, 100);
    cr_expect_eq(special.mask, -1);
    cr_expect_eq(special.start, 100);
    cr_expect_eq(special.delimiter, 101);
    cr_expect_eq(special.classify, 102);
    cr_expect_eq(special.n_task, 103);
}

Test(special_tokens, of_a_language_model_come_before_those_of_tasks)
{
    SpecialTokens special = special_tokens((TextTokens){.n = 100}, 1, SPECIAL_TOKENS_TASKS);
    cr_expect_eq(special.mask, 100);
    cr_expect_eq(special.n_language_model, 101);
    cr_expect_eq(special.start, 101);
    cr_expect_eq(special.classify, 103);
    cr_expect_eq(special.n_task, 104);
}

Test(special_tokens, of_a_language_model_may_be_many)
{
    SpecialTokens special = special_tokens((TextTokens){.n = 100}, 20, SPECIAL_TOKENS_TASKS);
    cr_expect_eq(special.mask, 100);
    cr_expect_eq(special.n_language_model, 120);
    cr_expect_eq(special.start, 120);
}

Test(special_tokens, of_a_frame_are_the_language_models_and_its_last_is_a_delimiter)
{
    SpecialTokens special = special_tokens((TextTokens){.n = 100}, 1, SPECIAL_TOKENS_FRAME);
    cr_expect_eq(special.mask, 100);
    cr_expect_eq(special.start, 101);
    cr_expect_eq(special.delimiter, 102);
    cr_expect_eq(special.classify, 102);
    cr_expect_eq(special.n_language_model, 103);
    cr_expect_eq(special.n_task, 103);
}

Test(special_tokens, of_sources_are_the_language_models)
{
    SpecialTokens special = special_tokens((TextTokens){.n = 100}, 20, SPECIAL_TOKENS_SOURCE);
    cr_expect_eq(special.start, 120);
    cr_expect_eq(special.end, 121);
    cr_expect_eq(special.delimiter, -1);
    cr_expect_eq(special.classify, -1);
    cr_expect_eq(special.n_language_model, 122);
    cr_expect_eq(special.n_task, 122);
}

/* --- a vocabulary that has them ------------------------------------------------------------------ */

Test(special_tokens, a_published_frame_is_among_the_tokenizers_own)
{
    const TokenizerSpecials own = {.pad = 0, .begin = 10, .end = 11, .mask = 12};
    const TextTokens text = {100, &own};
    const SpecialTokens special = special_tokens(text, 1, SPECIAL_TOKENS_FRAME);
    cr_expect_eq(special.mask, 12);
    cr_expect_eq(special.start, 10);
    cr_expect_eq(special.delimiter, 11);
    cr_expect_eq(special.classify, 11);
    cr_expect(special.framed);
    cr_expect_eq(special.n_language_model, 100);
    cr_expect_eq(special.n_task, 100);
    const SpecialTokens tasks = special_tokens(text, 0, SPECIAL_TOKENS_TASKS);
    cr_expect_eq(tasks.start, 100, "of a gpt they stand behind");
}

Test(special_tokens, half_a_frame_is_none)
{
    const TokenizerSpecials own = {.pad = 0, .begin = 10, .end = 11, .mask = -1};
    const SpecialTokens special = special_tokens((TextTokens){100, &own}, 1, SPECIAL_TOKENS_FRAME);
    cr_expect_eq(special.mask, 100);
    cr_expect_eq(special.n_task, 103);
}

Test(special_tokens, published_sentinels_are_the_last_of_a_row_that_descends)
{
    const int sentinels[] = {99, 98, 97};
    const TokenizerSpecials own = {
        .pad = 0, .begin = -1, .end = 1, .mask = -1, .n_sentinels = 3, .sentinels = sentinels};
    const TextTokens text = {100, &own};
    const SpecialTokens special = special_tokens(text, 2, SPECIAL_TOKENS_SOURCE);
    cr_expect_eq(special.mask, 98);
    cr_expect_eq(special.start, 0);
    cr_expect_eq(special.end, 1);
    cr_expect_eq(special.n_language_model, 100);
    const SpecialTokens more = special_tokens(text, 4, SPECIAL_TOKENS_SOURCE);
    cr_expect_eq(more.mask, 100, "too few");
}

Test(special_tokens, are_known_wherever_they_stand)
{
    const TokenizerSpecials own = {.unknown = -1, .pad = 0, .begin = 10, .end = 11, .mask = 12};
    const SpecialTokens among = special_tokens((TextTokens){100, &own}, 1, SPECIAL_TOKENS_FRAME),
                        behind = special_tokens((TextTokens){.n = 100}, 20, SPECIAL_TOKENS_SOURCE);
    for (int token = 0; token < 122; token++) {
        cr_expect_eq(special_tokens_are(&behind, token), token >= 100, "%d", token);
        if (token < 100)
            cr_expect_eq(special_tokens_are(&among, token), token >= 10 && token <= 12, "%d",
                         token);
    }
}

/* --- one that lacks some -------------------------------------------------------------------------- */

static const char *lacking(TokenizerSpecials own, SpecialTokensUse use)
{
    return special_tokens_lacking((TextTokens){100, &own}, use);
}

Test(special_tokens, that_a_vocabulary_with_others_lacks_are_named)
{
    cr_expect_str_eq(lacking((TokenizerSpecials){0, 1, 2, 3, -1, 0, NULL}, SPECIAL_TOKENS_FRAME),
                     "[MASK]");
    cr_expect_str_eq(lacking((TokenizerSpecials){0, 1, -1, 3, 4, 0, NULL}, SPECIAL_TOKENS_FRAME),
                     "[CLS]");
    cr_expect_str_eq(lacking((TokenizerSpecials){0, 1, 2, -1, 4, 0, NULL}, SPECIAL_TOKENS_FRAME),
                     "[SEP]");
    cr_expect_str_eq(lacking((TokenizerSpecials){0, 1, -1, 2, -1, 0, NULL}, SPECIAL_TOKENS_SOURCE),
                     "<extra_id_0>");
    cr_expect_str_eq(lacking((TokenizerSpecials){0, -1, -1, 2, -1, 0, NULL}, SPECIAL_TOKENS_SOURCE),
                     "<pad>");
}

Test(special_tokens, of_which_a_vocabulary_has_all_or_none_are_not_lacking)
{
    static const int sentinels[] = {90, 89};
    cr_expect_null(lacking((TokenizerSpecials){0, 1, 2, 3, 4, 0, NULL}, SPECIAL_TOKENS_FRAME));
    cr_expect_null(lacking((TokenizerSpecials){0, 1, -1, -1, -1, 0, NULL}, SPECIAL_TOKENS_FRAME));
    cr_expect_null(
        lacking((TokenizerSpecials){0, 1, -1, 2, -1, 2, sentinels}, SPECIAL_TOKENS_SOURCE));
    cr_expect_null(lacking((TokenizerSpecials){0, 1, 2, 3, -1, 0, NULL}, SPECIAL_TOKENS_TASKS));
    cr_expect_null(special_tokens_lacking((TextTokens){.n = 100}, SPECIAL_TOKENS_FRAME));
}

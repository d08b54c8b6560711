/* Where the tokens stand that no text holds. */
#include <criterion/criterion.h>

#include "task/special_tokens.h"

static void expect(SpecialTokens found, SpecialTokens expected)
{
    cr_expect_eq(found.n_text, expected.n_text);
    cr_expect_eq(found.mask, expected.mask);
    cr_expect_eq(found.n_stand_ins, expected.n_stand_ins);
    cr_expect_eq(found.n_language_model, expected.n_language_model);
    cr_expect_eq(found.start, expected.start);
    cr_expect_eq(found.delimiter, expected.delimiter);
    cr_expect_eq(found.classify, expected.classify);
    cr_expect_eq(found.end, expected.end);
    cr_expect_eq(found.n_task, expected.n_task);
    cr_expect_eq(found.framed, expected.framed);
}

static SpecialTokens behind(int n_stand_ins, SpecialTokensUse use)
{
    return special_tokens((TextTokens){.n = 100}, n_stand_ins, use);
}

Test(special_tokens, of_tasks_stand_behind_the_text)
{
    expect(behind(0, SPECIAL_TOKENS_TASKS), (SpecialTokens){.n_text = 100,
                                                            .mask = -1,
                                                            .n_language_model = 100,
                                                            .start = 100,
                                                            .delimiter = 101,
                                                            .classify = 102,
                                                            .end = -1,
                                                            .n_task = 103});
}

Test(special_tokens, of_a_language_model_come_before_those_of_tasks_and_may_be_many)
{
    expect(behind(20, SPECIAL_TOKENS_TASKS), (SpecialTokens){.n_text = 100,
                                                             .mask = 100,
                                                             .n_stand_ins = 20,
                                                             .n_language_model = 120,
                                                             .start = 120,
                                                             .delimiter = 121,
                                                             .classify = 122,
                                                             .end = -1,
                                                             .n_task = 123});
}

Test(special_tokens, of_a_frame_are_the_language_models_and_its_last_is_a_delimiter)
{
    expect(behind(1, SPECIAL_TOKENS_FRAME), (SpecialTokens){.n_text = 100,
                                                            .mask = 100,
                                                            .n_stand_ins = 1,
                                                            .n_language_model = 103,
                                                            .start = 101,
                                                            .delimiter = 102,
                                                            .classify = 102,
                                                            .end = -1,
                                                            .n_task = 103,
                                                            .framed = true});
}

Test(special_tokens, of_sources_are_the_language_models)
{
    expect(behind(20, SPECIAL_TOKENS_SOURCE), (SpecialTokens){.n_text = 100,
                                                              .mask = 100,
                                                              .n_stand_ins = 20,
                                                              .n_language_model = 122,
                                                              .start = 120,
                                                              .delimiter = -1,
                                                              .classify = -1,
                                                              .end = 121,
                                                              .n_task = 122});
}

/* --- a vocabulary that has them ------------------------------------------------------------------ */

Test(special_tokens, a_published_frame_is_among_the_tokenizers_own)
{
    const TokenizerSpecials own = {.pad = 0, .begin = 10, .end = 11, .mask = 12};
    const TextTokens text = {100, &own};
    expect(special_tokens(text, 1, SPECIAL_TOKENS_FRAME), (SpecialTokens){.n_text = 100,
                                                                          .mask = 12,
                                                                          .n_stand_ins = 1,
                                                                          .n_language_model = 100,
                                                                          .start = 10,
                                                                          .delimiter = 11,
                                                                          .classify = 11,
                                                                          .end = -1,
                                                                          .n_task = 100,
                                                                          .framed = true});
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
    expect(special_tokens(text, 2, SPECIAL_TOKENS_SOURCE), (SpecialTokens){.n_text = 100,
                                                                           .mask = 98,
                                                                           .n_stand_ins = 2,
                                                                           .n_language_model = 100,
                                                                           .start = 0,
                                                                           .delimiter = -1,
                                                                           .classify = -1,
                                                                           .end = 1,
                                                                           .n_task = 100});
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

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

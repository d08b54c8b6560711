#include <criterion/criterion.h>

#include "spec/field.h"

static const char *text[4] = {"gpt", "lstm"};
static TextList list = {2, text};

Test(spec_list, tells_where_a_text_stands)
{
    cr_expect_eq(spec_list_find(&list, "gpt"), 0);
    cr_expect_eq(spec_list_find(&list, "lstm"), 1);
    cr_expect_eq(spec_list_find(&list, "gp"), -1);
    cr_expect_eq(spec_list_find(&(TextList){0}, "gpt"), -1);
}

Test(spec_list, puts_a_new_text_at_the_end_and_a_known_one_nowhere)
{
    cr_expect_eq(spec_list_place(&list, "lstm"), 1);
    cr_expect_eq(spec_list_place(&list, "bert"), 2);
    cr_expect_eq(spec_list_place(&list, "bert"), 2);
    cr_expect_eq(list.n, 3);
    cr_expect_str_eq(list.text[2], "bert");
}

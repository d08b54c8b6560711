/* How many tokens rows are, with a tokenizer that has one token a letter. */
#include <criterion/criterion.h>
#include <string.h>

#include "letters_rig.h"
#include "task/row_tokens.h"

static Error err;
static Arena *arena;
static Tokenizer *tokenizer;

static void begin(void)
{
    tokenizer = letters_rig_begin(&arena);
}

static void end(void)
{
    letters_rig_end(arena);
}

TestSuite(row_tokens, .init = begin, .fini = end);

Test(row_tokens, all_texts_of_a_row_count_together)
{
    RowTokens counts;
    Example rows[3] = {{.id = "1", .text = (const char *[]){"a b", "c"}, .n_texts = 2},
                       {.id = "2", .text = (const char *[]){"d", "e f g h"}, .n_texts = 2},
                       {.id = "3", .text = (const char *[]){"i", "日"}, .n_texts = 2}};
    const Examples examples = {3, rows};
    cr_assert(row_tokens_examples(&counts, tokenizer, &examples, arena, &err), "%s", err.text);
    cr_expect_eq(counts.rows, 3);
    cr_expect_eq(counts.tokens, 3 + 5 + 2);
    cr_expect_eq(counts.median, 3);
    cr_expect_eq(counts.most_of_95, 5);
    cr_expect_eq(counts.longest, 5);
    cr_expect_eq(counts.unknown, 1, "a letter that was never seen");
    cr_expect_eq(counts.bytes, 3 + 1 + 1 + 7 + 1 + 3);
}

Test(row_tokens, half_of_the_rows_have_no_more_than_the_median)
{
    enum { N = 100 };
    RowTokens counts;
    Document items[N];
    for (int d = 0; d < N; d++) {
        Buffer text = buffer_create(arena);
        for (int i = 0; i < N - d; i++) cr_assert(buffer_add_text(&text, "a ", &err));
        items[d] = (Document){"d", text.data, text.size};
    }
    const Documents documents = {N, items};
    cr_assert(row_tokens_documents(&counts, tokenizer, &documents, arena, &err), "%s", err.text);
    cr_expect_eq(counts.median, 50);
    cr_expect_eq(counts.most_of_95, 95);
    cr_expect_eq(counts.longest, 100);
    cr_expect_eq(counts.tokens, 5050);
    cr_expect_eq(counts.unknown, 0);
}

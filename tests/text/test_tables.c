#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "text/pair_queue.h"
#include "text/pair_table.h"
#include "text/word_table.h"
#include "text_rig.h"

TestSuite(tables, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(tables, words_keep_their_values_while_the_table_grows)
{
    enum { N = 5000 };
    WordTable table = word_table_create(text_rig_arena);
    char word[32];
    for (int i = 0; i < N; i++) {
        snprintf(word, sizeof word, "word-%d", i);
        WordEntry *entry = word_table_add(&table, word, strlen(word), &text_rig_err);
        cr_assert(entry, "%s", text_rig_err.text);
        cr_assert_eq(entry->value, 0);
        entry->value = (uint64_t)i;
    }
    for (int i = 0; i < N; i++) {
        snprintf(word, sizeof word, "word-%d", i);
        cr_assert_eq(word_table_find(&table, word, strlen(word))->value, (uint64_t)i);
    }
    cr_assert_eq(table.n, N);
}

Test(tables, a_word_is_not_its_beginning)
{
    WordTable table = word_table_create(text_rig_arena);
    cr_assert_null(word_table_find(&table, "a", 1));
    cr_assert(word_table_add(&table, "a\0", 2, &text_rig_err));
    cr_assert_null(word_table_find(&table, "a", 1));
    cr_assert(word_table_find(&table, "a\0", 2));
}

Test(tables, pairs_keep_the_index_they_were_given)
{
    enum { N = 3000 };
    PairTable table = pair_table_create(text_rig_arena);
    for (int i = 0; i < N; i++) cr_assert_eq(pair_table_add(&table, i, N - i, &text_rig_err), i);
    for (int i = 0; i < N; i++) cr_assert_eq(pair_table_add(&table, i, N - i, &text_rig_err), i);
    cr_assert_eq(pair_table_find(&table, 7, N - 7), 7);
    cr_assert_eq(pair_table_find(&table, N - 7, 7), N - 7);
    cr_assert_eq(pair_table_find(&table, N, N), PAIR_NONE);
}

Test(tables, pairs_leave_the_queue_by_count_then_left_then_right)
{
    const QueuedPair sorted[] = {
        {9, 5, 5, 0}, {7, 1, 9, 1}, {7, 2, 1, 2}, {7, 2, 3, 3}, {1, 0, 0, 4}};
    const int order[] = {3, 0, 4, 2, 1};
    PairQueue queue = pair_queue_create(text_rig_arena);
    for (int i = 0; i < 5; i++) cr_assert(pair_queue_put(&queue, sorted[order[i]], &text_rig_err));
    QueuedPair taken;
    for (int i = 0; i < 5; i++) {
        cr_assert(pair_queue_take(&queue, &taken));
        cr_assert_eq(taken.index, i);
    }
    cr_assert_not(pair_queue_take(&queue, &taken));
}

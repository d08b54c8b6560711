#include <criterion/criterion.h>
#include <string.h>

#include "data/storyworld.h"
#include "data/storyworld_tasks.h"

static Arena *arena;
static Error err;

static void set_up(void)
{
    err = (Error){0};
    arena = arena_create("test", &err);
    cr_assert(arena);
}
static void tear_down(void)
{
    arena_destroy(arena);
}
TestSuite(storyworld, .init = set_up, .fini = tear_down, .timeout = 60);

Test(storyworld, books_are_the_same_every_time)
{
    StoryworldSpec spec = {.part = STORYWORLD_BOOKS, .seed = 3, .books = 5, .stories_per_book = 20};
    Documents one, two;
    cr_assert(storyworld_documents(&one, &spec, arena, &err), "%s", err.text);
    cr_assert(storyworld_documents(&two, &spec, arena, &err), "%s", err.text);
    cr_assert_eq(one.n, 5);
    for (size_t i = 0; i < one.n; i++) cr_assert_str_eq(one.items[i].text, two.items[i].text);
}

Test(storyworld, labels_are_balanced)
{
    for (int part = STORYWORLD_ACCEPTABILITY; part <= STORYWORLD_ENDING; part++) {
        StoryworldSpec spec = {.part = part, .seed = 1, .train = 300};
        Examples examples;
        cr_assert(storyworld_examples(&examples, &spec, SPLIT_TRAIN, arena, &err), "%s", err.text);
        int n_labels = part == STORYWORLD_ENTAILMENT ? 3 : 2, count[3] = {0};
        for (size_t i = 0; i < examples.n; i++) count[examples.items[i].label]++;
        for (int label = 0; label < n_labels; label++) cr_assert_eq(count[label], 300 / n_labels);
    }
}

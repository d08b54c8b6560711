/* Relatedness: the target once more, by counting what the two events share. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "data/storyworld/storyworld_lexicon.h"
#include "data/storyworld/storyworld_relatedness.h"
#include "storyworld_truth.h"

enum { ROWS = 1500 };
static StoryworldRow row; /* large; each test fills it anew */

static void make(uint64_t number)
{
    storyworld_truth_row(&row, STORYWORLD_RELATEDNESS, 7, (DatasetSplit)(number % 3), number);
}

Test(storyworld_relatedness, the_target_counts_time_person_deed_thing_and_place_or_other_person)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make(i);
        const StoryEvent *one = &row.claim[0], *two = &row.claim[1];
        int shared = (row.when[0] == row.when[1]) + (one->a == two->a) + (one->kind == two->kind) +
                     (one->o == two->o) + (one->b == two->b && one->p == two->p);
        cr_assert_eq((int)row.target, shared, "%s | %s", row.text[0], row.text[1]);
        cr_assert_eq(row.label, -1);
    }
}

Test(storyworld_relatedness, the_texts_name_all_that_is_counted)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make(i);
        for (int k = 0; k < 2; k++) {
            const StoryEvent *event = &row.claim[k];
            const char *text = row.text[k], *time = storyworld_relatedness_times[row.when[k]];
            cr_assert(strstr(text, time + 1), "%s", text); /* without its first, capital letter */
            cr_assert(strstr(text, storyworld_lexicon_names[row.story.person[event->a].name].name),
                      "%s", text);
            cr_assert(
                strstr(text, storyworld_lexicon_objects[row.story.object[event->o].noun].noun),
                "%s", text);
            if (event->b >= 0)
                cr_assert(
                    strstr(text, storyworld_lexicon_names[row.story.person[event->b].name].name),
                    "%s", text);
            if (event->p >= 0)
                cr_assert(strstr(text, storyworld_lexicon_places[row.story.place[event->p]].in),
                          "%s", text);
        }
        cr_assert_str_neq(row.text[0], row.text[1]);
    }
}

/* Pronouns: whom they stand for once more from the latent events, and the rules of Winograd schemas. */
#include <criterion/criterion.h>
#include <string.h>

#include "data/storyworld/storyworld_lexicon.h"
#include "storyworld_truth.h"

enum { PAIRS = 800 };
static StoryworldRow one, two; /* large; each test fills them anew */

static void make_pair(uint64_t number)
{
    DatasetSplit split = number % 2 ? SPLIT_TEST : SPLIT_VALIDATION;
    storyworld_truth_row(&one, STORYWORLD_PRONOUNS, 7, split, 2 * number);
    storyworld_truth_row(&two, STORYWORLD_PRONOUNS, 7, split, 2 * number + 1);
}

/* Whether two texts of as many words differ in exactly one. */
static bool differ_in_one_word(const char *a, const char *b)
{
    int differing = 0;
    while (*a && *b) {
        size_t size_a = strcspn(a, " "), size_b = strcspn(b, " ");
        differing += size_a != size_b || strncmp(a, b, size_a) != 0;
        a += size_a + (a[size_a] == ' ');
        b += size_b + (b[size_b] == ' ');
    }
    return differing == 1 && !*a && !*b;
}

Test(storyworld_pronouns, what_is_said_is_so_of_one_person_only)
{
    for (uint64_t i = 0; i < PAIRS; i++) {
        make_pair(i);
        for (int label = 0; label < 2; label++) {
            StoryEvent said = one.claim[label], of_other = said;
            of_other.a = (int8_t)(1 - label);
            cr_assert_eq(said.a, label);
            cr_assert_eq(storyworld_truth_of(&one.story, &said), TRUTH_SO, "%s", one.text[0]);
            cr_assert_neq(storyworld_truth_of(&one.story, &of_other), TRUTH_SO, "%s", one.text[0]);
        }
    }
}

Test(storyworld_pronouns, pairs_differ_in_one_word_and_in_the_label)
{
    for (uint64_t i = 0; i < PAIRS; i++) {
        make_pair(i);
        cr_assert_neq(one.label, two.label);
        cr_assert_str_eq(one.text[0], two.text[0]);
        cr_assert(differ_in_one_word(one.text[1], two.text[1]), "%s | %s", one.text[1],
                  two.text[1]);
        for (int k = 2; k < 4; k++) cr_assert_str_eq(one.text[k], two.text[k]);
    }
}

Test(storyworld_pronouns, both_people_are_named_and_of_one_sex)
{
    for (uint64_t i = 0; i < PAIRS; i++) {
        make_pair(i);
        cr_assert_eq(one.story.person[0].female, one.story.person[1].female);
        for (int k = 0; k < 2; k++) {
            const char *name = storyworld_lexicon_names[one.story.person[k].name].name;
            cr_assert_str_eq(one.text[2 + k], name);
            cr_assert(strstr(one.text[0], name), "%s", one.text[0]);
            cr_assert_not(strstr(one.text[1], name), "%s", one.text[1]);
        }
    }
}

/* The words that decide, where they are feelings, wishes and things in somebody's hands. */
Test(storyworld_pronouns, the_rest_of_the_sentence_says_what_is_claimed)
{
    static const char *const glad = "glad happy", *const gloomy = "sad angry furious disappointed";
    for (uint64_t i = 0; i < PAIRS; i++) {
        make_pair(i);
        const StoryEvent *said = &one.claim[one.label];
        const char *text = one.text[1], *last = strrchr(text, ' ') + 1;
        char word[32] = {0};
        memcpy(word, last, strlen(last) - 1);
        if (said->kind == EVENT_FEELS)
            cr_assert(strstr(said->mood < MOOD_SAD ? glad : gloomy, word), "%s", text);
        else if (said->kind == EVENT_PERSON_PLACE)
            cr_assert(strstr(storyworld_lexicon_places[one.story.place[said->p]].in, word), "%s",
                      text);
        else if (strcmp(word, "it") != 0 && strcmp(word, "them") != 0)
            cr_assert_str_eq(word, storyworld_lexicon_objects[one.story.object[said->o].noun].noun);
    }
}

/* Every label once more from the latent events, by rules written here and not taken from the engine. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "data/storyworld/storyworld_corrupt.h"
#include "data/storyworld/storyworld_lexicon.h"
#include "storyworld_truth.h"

static StoryworldRow row; /* large; each test fills it anew */

/* --- the labels ------------------------------------------------------------------------------------------- */

enum { ROWS = 1500 };

Test(storyworld_labels, sentiment_is_whether_the_first_person_got_what_was_wanted)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        storyworld_truth_row(&row, STORYWORLD_SENTIMENT, 7, (DatasetSplit)(i % 3), i);
        cr_assert(storyworld_truth_wants(&row.story, 0), "%s", row.text[0]);
        cr_assert_eq(storyworld_truth_is_happy(&row.story, 0), row.label == 1, "%s", row.text[0]);
    }
}

Test(storyworld_labels, entailment_is_the_truth_of_the_claim)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        storyworld_truth_row(&row, STORYWORLD_ENTAILMENT, 7, (DatasetSplit)(i % 3), i);
        cr_assert_eq(storyworld_truth_of(&row.story, &row.claim[0]), row.label, "%s | %s",
                     row.text[0], row.text[1]);
    }
}

Test(storyworld_labels, the_right_ending_is_so_and_the_other_is_not)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        storyworld_truth_row(&row, STORYWORLD_ENDING, 7, (DatasetSplit)(i % 3), i);
        cr_assert_eq(storyworld_truth_of(&row.story, &row.claim[row.label]), TRUTH_SO, "%s | %s",
                     row.text[0], row.text[1 + row.label]);
        cr_assert_eq(storyworld_truth_of(&row.story, &row.claim[1 - row.label]), TRUTH_NOT_SO,
                     "%s | %s", row.text[0], row.text[2 - row.label]);
        cr_assert_str_neq(row.text[1], row.text[2]);
    }
}

Test(storyworld_labels, similar_sentences_tell_the_same_event)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        storyworld_truth_row(&row, STORYWORLD_SIMILARITY, 7, (DatasetSplit)(i % 3), i);
        const StoryEvent *one = &row.claim[0], *two = &row.claim[1];
        bool same = one->kind == two->kind && one->a == two->a && one->b == two->b &&
                    one->o == two->o && one->p == two->p;
        cr_assert_eq(same, row.label == 1, "%s | %s", row.text[0], row.text[1]);
        cr_assert_str_neq(row.text[0], row.text[1]);
    }
}

Test(storyworld_labels, unacceptable_sentences_are_those_that_a_rule_has_changed)
{
    int used[32] = {0};
    for (uint64_t i = 0; i < 2 * ROWS; i++) {
        storyworld_truth_row(&row, STORYWORLD_ACCEPTABILITY, 7, (DatasetSplit)(i % 3), i);
        cr_assert_eq(strcmp(row.text[0], row.original) == 0, row.label == 1, "%s", row.text[0]);
        cr_assert_eq(row.rule >= 0, row.label == 0);
        if (row.rule >= 0) used[row.rule]++;
    }
    int n_rules = 0;
    for (; storyworld_corrupt_rule_name(n_rules); n_rules++)
        cr_assert_geq(used[n_rules], 3, "%s", storyworld_corrupt_rule_name(n_rules));
    cr_assert_geq(n_rules, 12);
}

Test(storyworld_labels, of_a_pair_a_rule_has_changed_the_second_and_every_rule_as_many)
{
    int used[STORYWORLD_CORRUPT_RULES] = {0};
    for (uint64_t i = 0; i < 10 * STORYWORLD_CORRUPT_RULES; i++) {
        storyworld_truth_row(&row, STORYWORLD_PAIRS, 7, SPLIT_TEST, i);
        cr_assert_str_eq(row.text[0], row.original);
        cr_assert_str_neq(row.text[0], row.text[1]);
        cr_assert_eq(row.label, -1);
        used[row.rule]++;
    }
    for (int rule = 0; rule < STORYWORLD_CORRUPT_RULES; rule++) cr_assert_eq(used[rule], 10);
}

/* --- the texts say what the events say ---------------------------------------------------------------------- */

static const char *name_of(int person)
{
    return storyworld_lexicon_names[row.story.person[person].name].name;
}

Test(storyworld_labels, hypotheses_name_their_people_objects_and_places)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        storyworld_truth_row(&row, STORYWORLD_ENTAILMENT, 9, SPLIT_TRAIN, i);
        const StoryEvent *claim = &row.claim[0];
        const char *text = row.text[1];
        if (claim->a >= 0) cr_assert(strstr(text, name_of(claim->a)), "%s", text);
        if (claim->o >= 0)
            cr_assert(
                strstr(text, storyworld_lexicon_objects[row.story.object[claim->o].noun].noun),
                "%s", text);
        if (claim->p >= 0)
            cr_assert(strstr(text, storyworld_lexicon_places[row.story.place[claim->p]].name), "%s",
                      text);
    }
}

static bool holds_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strstr(text, *words)) return true;
    return false;
}

Test(storyworld_labels, sentences_on_feelings_have_the_right_tone)
{
    static const char *const glad[] = {
        "happy",   "glad",     "smil",   "laugh",  "joy",    "danced",   "wonderful", "sang",
        "clapped", "best",     "high",   "bright", "proud",  "thankful", "grateful",  "lucky",
        "hug",     "relieved", "better", "dried",  "weight", NULL};
    static const char *const gloomy[] = {"sad",
                                         "unhappy",
                                         "cried",
                                         "cry",
                                         "wept",
                                         "ears ran",
                                         "hung",
                                         "terrible",
                                         "close to tears",
                                         "talk to",
                                         "heavy",
                                         "worst",
                                         "could not sleep",
                                         "angry",
                                         "furious",
                                         "stamped",
                                         "upset",
                                         "anger",
                                         "disappointed",
                                         "sighed",
                                         "lonely",
                                         "alone",
                                         NULL};
    for (uint64_t i = 0; i < ROWS; i++) {
        storyworld_truth_row(&row, STORYWORLD_ENTAILMENT, 9, SPLIT_TRAIN, i);
        if (row.claim[0].kind != EVENT_FEELS) continue;
        bool happy = row.claim[0].mood < MOOD_SAD;
        cr_assert(holds_one_of(row.text[1], happy ? glad : gloomy), "%s", row.text[1]);
        if (happy) cr_assert(!holds_one_of(row.text[1], gloomy), "%s", row.text[1]);
    }
}

/* --- corrupted sentences are not English ------------------------------------------------------------------------ */

/* A word as its class, so that what is compared is grammar: names, nouns, adjectives and places alike. */
static const char *class_of(const char *word)
{
    for (int i = 0; i < LEXICON_NAMES; i++)
        if (strcmp(word, storyworld_lexicon_names[i].name) == 0) return "NAME";
    for (int i = 1; i < LEXICON_PLACES; i++)
        if (strcmp(word, storyworld_lexicon_places[i].name + 4) == 0) return "PLACE";
    for (int i = 0; i < LEXICON_OBJECTS; i++) {
        const LexiconObject *object = &storyworld_lexicon_objects[i];
        if (strcmp(word, object->noun) == 0)
            return object->plural ? "NOUNS" : strchr("aeiou", word[0]) ? "eNOUN" : "NOUN";
        for (int k = 0; object->adjectives[k]; k++)
            if (strcmp(word, object->adjectives[k]) == 0)
                return strchr("aeiou", word[0]) ? "eADJ" : "ADJ";
    }
    return word;
}

enum { TRIGRAM_BITS = 1 << 20 };
static unsigned char seen[TRIGRAM_BITS / 8];

/* Calls with learn = true note the trigrams of classes; otherwise counts those never noted. */
static int new_trigrams(const char *text, bool learn)
{
    uint32_t hash[3] = {1, 1, 1};
    int count = 0;
    char word[64];
    for (bool done = false; !done;) {
        size_t size = strcspn(text, " .,");
        memcpy(word, text, size);
        word[size] = '\0';
        text += size;
        done = *text == '\0';
        const char *class = done && size == 0 ? "END" : class_of(word);
        hash[0] = hash[1], hash[1] = hash[2], hash[2] = 2166136261u;
        for (; *class; class ++) hash[2] = (hash[2] ^ (unsigned char)*class) * 16777619u;
        uint32_t all = (hash[0] * 31u + hash[1]) * 31u + hash[2];
        uint32_t bit = (all ^ all >> 12) % TRIGRAM_BITS;
        if (!(seen[bit / 8] & 1 << bit % 8)) count++;
        if (learn) seen[bit / 8] |= (unsigned char)(1 << bit % 8);
        text += strspn(text, " .,");
    }
    return count;
}

Test(storyworld_labels, most_corrupted_sentences_show_a_sequence_that_no_right_one_has)
{
    memset(seen, 0, sizeof seen);
    for (uint64_t i = 0; i < 20000; i++) {
        storyworld_truth_row(&row, STORYWORLD_ACCEPTABILITY, 11, SPLIT_TRAIN, i);
        new_trigrams(row.original, true);
    }
    int odd[2] = {0}, total[2] = {0};
    for (uint64_t i = 0; i < 2000; i++) {
        storyworld_truth_row(&row, STORYWORLD_ACCEPTABILITY, 12, SPLIT_TRAIN, i);
        total[row.label]++;
        odd[row.label] += new_trigrams(row.text[0], false) > 0;
    }
    cr_assert_geq(odd[0], total[0] * 95 / 100, "%d of %d", odd[0], total[0]);
    cr_assert_leq(odd[1], total[1] * 10 / 100, "%d of %d", odd[1], total[1]);
}

#include "data/storyworld/storyworld_cloze.h"

#include <assert.h>
#include <stdio.h>
#include "data/storyworld/storyworld_lexicon.h"
#include "data/storyworld/storyworld_recall.h"

enum { HOLDER = STORYWORLD_RECALL_HOLDER, THING = STORYWORLD_RECALL_THING };

/* A sentence as far as its gap and behind it. */
typedef struct Gap {
    const char *before, *behind; /* `before` empty: the sentence begins with the gap */
} Gap;

static const Gap of_name[] = {
    {"now", "had the np:O."},
    {"it was", "who had the np:O."},
    {"", "was the one who had the np:O."},
    {"", "had the np:O."},
};
static const Gap of_thing[] = {
    {"now name:A had the", "."},
    {"it was name:A who had the", "."},
    {"name:A was the one who had the", "."},
    {"name:A had the", "."},
};
enum { N_GAPS = sizeof of_name / sizeof of_name[0] };
static_assert(sizeof of_thing / sizeof of_thing[0] == N_GAPS, "as many of each");

static const char *name_of(const Story *story, int person)
{
    return storyworld_lexicon_names[story->person[person].name].name;
}

static const char *noun_of(const Story *story)
{
    return storyworld_lexicon_objects[story->object[THING].noun].noun;
}

static void put_words(StoryworldRow *row, const char *right, const char *wrong)
{
    snprintf(row->text[2 + row->label], sizeof row->text[0], "%s", right);
    snprintf(row->text[3 - row->label], sizeof row->text[0], "%s", wrong);
    row->n_texts = 4;
}

/* The sentence that holds the right word, or the one that holds the wrong one. */
static void tell(StoryworldRow *row, StoryDraws *draws, char text[STORY_TEXT_BYTES], bool right)
{
    if (right) storyworld_recall_tell(text, row, draws);
    else storyworld_recall_tell_others(text, row, draws, 0, 1);
}

void storyworld_cloze_write(StoryworldRow *row, StoryDraws *draws, bool held_out, bool behind,
                            bool thing)
{
    const Gap *gap = &(thing ? of_thing : of_name)[storyworld_draw_below(draws, N_GAPS)];
    storyworld_recall_begin(row, draws, held_out);
    storyworld_recall_others(row, draws, 0, 1);
    const StoryEvent has = row->claim[0] = (StoryEvent){.kind = EVENT_OWNER,
                                                        .a = HOLDER,
                                                        .b = NOBODY,
                                                        .o = THING,
                                                        .q = NOBODY,
                                                        .p = NOBODY,
                                                        .owner = NOBODY,
                                                        .again = NOBODY};
    tell(row, draws, row->text[0], !behind);
    if (gap->before[0])
        storyworld_recall_phrase(row->text[0], draws, &row->story, &has, gap->before, true);
    storyworld_recall_phrase(row->text[1], draws, &row->story, &has, gap->behind, false);
    tell(row, draws, row->text[1], behind);
    const int rival = row->others.event[0].a;
    if (thing) put_words(row, noun_of(&row->story), noun_of(&row->others));
    else put_words(row, name_of(&row->story, HOLDER), name_of(&row->others, rival));
    row->facet = behind ? "behind" : "before";
}

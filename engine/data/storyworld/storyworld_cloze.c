#include "data/storyworld/storyworld_cloze.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "data/storyworld/storyworld_lexicon.h"
#include "data/storyworld/storyworld_recall.h"

enum { HOLDER = STORYWORLD_RECALL_HOLDER, THING = STORYWORLD_RECALL_THING, PLACE = 0 };

const char *const storyworld_cloze_facets[STORYWORLD_CLOZE_FACETS] = {"side", "gap"};

/* A kind of row is a sum of these. A phrase has a place or a preposition in its gap, by the side. */
enum { BEHIND = 1, OF_THING = 2, OF_PHRASE = 4 };

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

static const char *const stands[] = {"name:A was", "name:A was busy", "name:A stood",
                                     "name:A waited"};
enum { N_STANDS = sizeof stands / sizeof stands[0] };

/* --- words ---------------------------------------------------------------------------------------- */

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

/* --- sentences ------------------------------------------------------------------------------------ */

/* The sentence of the story or that of the others. */
static void tell(StoryworldRow *row, StoryDraws *draws, char text[STORY_TEXT_BYTES], bool story)
{
    if (story) storyworld_recall_tell(text, row, draws);
    else storyworld_recall_tell_others(text, row, draws, 0, 1);
}

/* A gap between the two sentences. */
static void tell_around(StoryworldRow *row, StoryDraws *draws, const Story *of,
                        const StoryEvent *event, Gap gap, bool behind)
{
    tell(row, draws, row->text[0], !behind);
    if (gap.before[0]) storyworld_recall_phrase(row->text[0], draws, of, event, gap.before, true);
    storyworld_recall_phrase(row->text[1], draws, of, event, gap.behind, false);
    tell(row, draws, row->text[1], behind);
}

static StoryEvent statement(StoryEventKind kind, int a)
{
    return (StoryEvent){.kind = kind,
                        .a = (int8_t)a,
                        .b = NOBODY,
                        .o = NOBODY,
                        .q = NOBODY,
                        .p = NOBODY,
                        .owner = NOBODY,
                        .again = NOBODY};
}

/* --- of a story ----------------------------------------------------------------------------------- */

static void write_of_story(StoryworldRow *row, StoryDraws *draws, bool behind, bool thing)
{
    const Gap *gap = &(thing ? of_thing : of_name)[storyworld_draw_below(draws, N_GAPS)];
    row->claim[0] = statement(EVENT_OWNER, HOLDER);
    row->claim[0].o = THING;
    tell_around(row, draws, &row->story, &row->claim[0], *gap, behind);
    if (thing) put_words(row, noun_of(&row->story), noun_of(&row->others));
    else
        put_words(row, name_of(&row->story, HOLDER), name_of(&row->others, row->others.event[0].a));
    row->facet[1] = thing ? "thing" : "name";
}

/* --- of a phrase ---------------------------------------------------------------------------------- */

/* "on the hill" is "on" and "hill". */
typedef struct PlaceWords {
    char preposition[8];
    const char *noun; /* NULL: "at home", which is told otherwise */
} PlaceWords;

static PlaceWords words_of(int place)
{
    static const char article[] = " the ";
    PlaceWords words = {.noun = NULL};
    const char *in = storyworld_lexicon_places[place].in, *the = strstr(in, article);
    if (!the) return words;
    snprintf(words.preposition, sizeof words.preposition, "%.*s", (int)(the - in), in);
    words.noun = the + strlen(article);
    return words;
}

/* Two places of different prepositions. */
static void draw_places(PlaceWords place[2], Story *story, StoryDraws *draws)
{
    do {
        story->place[PLACE] = (uint8_t)storyworld_draw_below(draws, LEXICON_PLACES);
        place[0] = words_of(story->place[PLACE]);
        place[1] = words_of(storyworld_draw_below(draws, LEXICON_PLACES));
    } while (!place[0].noun || !place[1].noun ||
             strcmp(place[0].preposition, place[1].preposition) == 0);
}

static void write_of_phrase(StoryworldRow *row, StoryDraws *draws, bool behind)
{
    const char *stand = stands[storyworld_draw_below(draws, N_STANDS)];
    char before[64], after[64];
    PlaceWords place[2];
    draw_places(place, &row->others, draws);
    row->claim[0] = statement(EVENT_PERSON_PLACE, row->others.event[0].a);
    row->claim[0].p = PLACE;
    snprintf(before, sizeof before, behind ? "%s" : "%s %s the", stand, place[0].preposition);
    snprintf(after, sizeof after, behind ? "the %s." : ".", place[0].noun);
    tell_around(row, draws, &row->others, &row->claim[0], (Gap){before, after}, behind);
    if (behind) put_words(row, place[0].preposition, place[1].preposition);
    else put_words(row, place[0].noun, place[1].noun);
    row->facet[1] = behind ? "preposition" : "place";
}

void storyworld_cloze_write(StoryworldRow *row, StoryDraws *draws, bool held_out, int kind)
{
    const bool behind = kind & BEHIND;
    storyworld_recall_begin(row, draws, held_out);
    storyworld_recall_others(row, draws, 0, 1);
    if (kind & OF_PHRASE) write_of_phrase(row, draws, behind);
    else write_of_story(row, draws, behind, kind & OF_THING);
    row->facet[0] = behind ? "behind" : "before";
}

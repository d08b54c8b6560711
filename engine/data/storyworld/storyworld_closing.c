#include "data/storyworld/storyworld_closing.h"

enum { HERO, OTHER };
enum { THING };

static void say(Story *story, StoryEventKind kind, bool follows, int a, int o, int p)
{
    storyworld_state_happen(story, (StoryEvent){.kind = kind,
                                                .link = follows ? LINK_SO : LINK_NONE,
                                                .a = (int8_t)a,
                                                .b = NOBODY,
                                                .o = (int8_t)o,
                                                .q = NOBODY,
                                                .p = (int8_t)p,
                                                .again = NOBODY});
}

static void say_feeling(Story *story, int person)
{
    say(story, EVENT_FEELS, storyworld_state_stirred(story), person, NOBODY, NOBODY);
}

static void say_owner(Story *story)
{
    say(story, EVENT_OWNER, storyworld_state_stirred(story), story->state.holder[THING], THING,
        NOBODY);
}

/* Whether the last that was said of the person's feelings still holds. */
static bool feeling_was_said(const Story *story, int person)
{
    for (int i = story->n_events - 1; i >= 0; i--)
        if (story->event[i].kind == EVENT_FEELS && story->event[i].a == person)
            return (story->event[i].mood >= MOOD_SAD) == (story->state.mood[person] >= MOOD_SAD);
    return false;
}

static void say_place(Story *story, StoryDraws *draws)
{
    int lies_in = story->state.lies_in[THING], stays_in = story->state.place[HERO];
    if (lies_in != NOBODY && storyworld_draw_chance(draws, 45))
        say(story, EVENT_OBJECT_PLACE, false, NOBODY, THING, lies_in);
    else if (stays_in != NOBODY && storyworld_draw_chance(draws, 15))
        say(story, EVENT_PERSON_PLACE, false, HERO, NOBODY, stays_in);
}

static void recall(Story *story, int number)
{
    StoryEvent recalled = story->event[number];
    recalled.kind = EVENT_RECALLS;
    recalled.link = LINK_NONE;
    recalled.again = (int8_t)number;
    storyworld_state_happen(story, recalled);
}

/* Whether the story ends with a thing changing hands, or staying where somebody wanted it from. */
static bool ends_with_owner(const Story *story)
{
    StoryEventKind end = story->event[story->n_events - 1].kind;
    bool moved = storyworld_kinds[end].decisive && end != EVENT_BREAKS && end != EVENT_MENDS;
    return story->state.holder[THING] != NOBODY && (moved || end == EVENT_REFUSES);
}

void storyworld_closing_add(Story *story, StoryDraws *draws)
{
    int decisive = NOBODY;
    for (int i = 0; i < story->n_events; i++)
        if (storyworld_kinds[story->event[i].kind].decisive) decisive = i;
    bool owner = ends_with_owner(story) && storyworld_draw_chance(draws, 55);
    bool owner_first = storyworld_draw_chance(draws, 50);
    const StoryMood *mood = story->state.mood;
    if (owner && owner_first) say_owner(story);
    if (mood[HERO] != MOOD_NONE &&
        storyworld_draw_chance(draws, feeling_was_said(story, HERO) ? 30 : 85))
        say_feeling(story, HERO);
    if (mood[OTHER] != MOOD_NONE && storyworld_draw_chance(draws, 30)) say_feeling(story, OTHER);
    if (owner && !owner_first) say_owner(story);
    say_place(story, draws);
    if (decisive != NOBODY && storyworld_draw_chance(draws, 30)) recall(story, decisive);
}

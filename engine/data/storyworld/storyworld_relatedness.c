#include "data/storyworld/storyworld_relatedness.h"

#include <stddef.h>

const char *const storyworld_relatedness_times[] = {
    "last summer",       "last winter", "one Sunday", "that evening",
    "early one morning", "long ago",    NULL};
enum { N_TIMES = 6 };

typedef enum Aspect { WHEN, WHO, DEED, THING, WHERE_OR_WHOM } Aspect;

/* Deeds whose phrases all name the place, and deeds whose phrases all name both people. */
static const StoryEventKind deeds_in_places[] = {EVENT_LOSES, EVENT_FINDS};
static const StoryEventKind deeds_between_people[] = {EVENT_GIVES, EVENT_LENDS, EVENT_RETURNS,
                                                      EVENT_TAKES};
enum { N_IN_PLACES = 2, N_BETWEEN_PEOPLE = 4 };

static int another(StoryDraws *draws, int number, int n)
{
    return (number + 1 + storyworld_draw_below(draws, n - 1)) % n;
}

static StoryEventKind draw_deed(StoryDraws *draws, bool in_place)
{
    return in_place ? deeds_in_places[storyworld_draw_below(draws, N_IN_PLACES)]
                    : deeds_between_people[storyworld_draw_below(draws, N_BETWEEN_PEOPLE)];
}

static StoryEvent draw_event(StoryDraws *draws)
{
    bool in_place = storyworld_draw_chance(draws, 50);
    int a = storyworld_draw_below(draws, STORY_PEOPLE);
    return (StoryEvent){
        .kind = draw_deed(draws, in_place),
        .a = (int8_t)a,
        .b = (int8_t)(in_place ? NOBODY : another(draws, a, STORY_PEOPLE)),
        .o = (int8_t)storyworld_draw_below(draws, STORY_OBJECTS),
        .p = (int8_t)(in_place ? storyworld_draw_below(draws, STORY_PLACES) : NOBODY),
        .q = NOBODY,
        .owner = NOBODY, /* each sentence stands alone */
        .again = NOBODY};
}

static void change_deed(StoryEvent *event, StoryDraws *draws)
{
    StoryEventKind before = event->kind;
    while (event->kind == before) event->kind = draw_deed(draws, event->b == NOBODY);
}

/* The two people of a deed between people: one of them or both become others. */
static void change_people(StoryEvent *event, bool who, bool whom, StoryDraws *draws)
{
    int8_t a = event->a, b = event->b, third = (int8_t)(STORY_PEOPLE - a - b);
    if (!who) event->b = third;
    else if (!whom) event->a = third;
    else {
        int way = storyworld_draw_below(draws, 3);
        event->a = way == 0 ? third : b;
        event->b = way == 1 ? third : a;
    }
}

static void change_people_or_place(StoryEvent *event, bool who, bool other, StoryDraws *draws)
{
    if (event->b != NOBODY) {
        if (who || other) change_people(event, who, other, draws);
        return;
    }
    if (who) event->a = (int8_t)another(draws, event->a, STORY_PEOPLE);
    if (other) event->p = (int8_t)another(draws, event->p, STORY_PLACES);
}

void storyworld_relatedness_pair(StoryEvent pair[2], int when[2], int shared, StoryDraws *draws)
{
    bool differs[RELATEDNESS_ASPECTS] = {false};
    for (int n = RELATEDNESS_ASPECTS; n > shared;) {
        int aspect = storyworld_draw_below(draws, RELATEDNESS_ASPECTS);
        n -= !differs[aspect];
        differs[aspect] = true;
    }
    pair[0] = pair[1] = draw_event(draws);
    when[0] = when[1] = storyworld_draw_below(draws, N_TIMES);
    if (differs[WHEN]) when[1] = another(draws, when[0], N_TIMES);
    if (differs[DEED]) change_deed(&pair[1], draws);
    if (differs[THING]) pair[1].o = (int8_t)(1 - pair[0].o);
    change_people_or_place(&pair[1], differs[WHO], differs[WHERE_OR_WHOM], draws);
}

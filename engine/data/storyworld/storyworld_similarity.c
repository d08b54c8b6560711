#include "data/storyworld/storyworld_similarity.h"

#include <string.h>

/* What people and things of one event could also be doing. Kinds that are not here (EVENT_LIVES is 0) are
 * not asked for; those that map to themselves have no counterpart. */
static const StoryEventKind counterparts[N_EVENT_KINDS] = {
    [EVENT_GIVES] = EVENT_TAKES,         [EVENT_TAKES] = EVENT_RETURNS,
    [EVENT_RETURNS] = EVENT_REFUSES,     [EVENT_LENDS] = EVENT_ASKS,
    [EVENT_ASKS] = EVENT_GIVES,          [EVENT_REFUSES] = EVENT_GIVES,
    [EVENT_LOSES] = EVENT_FINDS,         [EVENT_FINDS] = EVENT_LOSES,
    [EVENT_PUTS] = EVENT_FINDS,          [EVENT_BUYS] = EVENT_LOSES,
    [EVENT_BREAKS] = EVENT_MENDS,        [EVENT_MENDS] = EVENT_FAILS_TO_MEND,
    [EVENT_FAILS_TO_MEND] = EVENT_MENDS, [EVENT_WANTS] = EVENT_FAILS_TO_FIND,
    [EVENT_FAILS_TO_FIND] = EVENT_WANTS, [EVENT_MAKES] = EVENT_MAKES,
    [EVENT_EATS] = EVENT_EATS,
};

/* Every phrase for these names both people. */
static bool names_both(StoryEventKind kind)
{
    return kind == EVENT_GIVES || kind == EVENT_LENDS || kind == EVENT_RETURNS ||
           kind == EVENT_TAKES;
}

/* Every phrase for these names the place. */
static bool names_place(StoryEventKind kind)
{
    return kind == EVENT_LOSES || kind == EVENT_FINDS || kind == EVENT_PUTS || kind == EVENT_BUYS;
}

/* Any object will do for these. */
static bool takes_any_object(StoryEventKind kind)
{
    return kind != EVENT_MAKES && kind != EVENT_BREAKS && kind != EVENT_EATS;
}

static bool alter(StoryEvent *event, StoryDraws *draws)
{
    StoryEvent before = *event;
    int third = 3 - before.a - before.b;
    switch (storyworld_draw_below(draws, 5)) {
    case 0: /* who gives and who gets */
        if (before.b == NOBODY) return false;
        event->a = before.b;
        event->b = before.a;
        return true;
    case 1: event->kind = counterparts[before.kind]; return event->kind != before.kind;
    case 2: event->o = (int8_t)(1 - before.o); return takes_any_object(before.kind);
    case 3:
        if (before.b == NOBODY) event->a = before.a == 0 ? 1 : 0;
        else if (names_both(before.kind) && storyworld_draw_chance(draws, 50))
            event->b = (int8_t)third;
        else event->a = (int8_t)third;
        return true;
    default:
        event->p = (int8_t)((before.p + 1 + storyworld_draw_below(draws, STORY_PLACES - 1)) %
                            STORY_PLACES);
        return names_place(before.kind);
    }
}

bool storyworld_similarity_pair(StoryEvent pair[2], const Story *story, bool same,
                                StoryDraws *draws)
{
    int suiting[STORY_EVENTS], n_suiting = 0;
    for (int i = 0; i < story->n_events; i++)
        if (counterparts[story->event[i].kind]) suiting[n_suiting++] = i;
    if (n_suiting == 0) return false;
    pair[0] = story->event[suiting[storyworld_draw_below(draws, n_suiting)]];
    pair[0].owner = NOBODY; /* each sentence stands alone */
    pair[1] = pair[0];
    return same || alter(&pair[1], draws);
}

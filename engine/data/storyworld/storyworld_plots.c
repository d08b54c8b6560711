#include "data/storyworld/storyworld_plots.h"

#include <stddef.h>
#include "data/storyworld/storyworld_closing.h"
#include "data/storyworld/storyworld_lexicon.h"

typedef struct Plot {
    Story *story;
    StoryDraws *draws;
    bool brief;
} Plot;

enum { HERO, OTHER, THIRD };
enum { THING, SECOND };
enum { HERE, THERE, ELSEWHERE };

static void happen(Plot *plot, StoryEventKind kind, StoryLink link, int a, int b, int o, int p)
{
    storyworld_state_happen(plot->story, (StoryEvent){.kind = kind,
                                                      .link = link,
                                                      .a = (int8_t)a,
                                                      .b = (int8_t)b,
                                                      .o = (int8_t)o,
                                                      .q = NOBODY,
                                                      .p = (int8_t)p,
                                                      .again = NOBODY});
}

static void alone(Plot *plot, StoryEventKind kind, StoryLink link, int a)
{
    happen(plot, kind, link, a, NOBODY, NOBODY, NOBODY);
}

static void at_place(Plot *plot, StoryEventKind kind, StoryLink link, int a, int p)
{
    happen(plot, kind, link, a, NOBODY, NOBODY, p);
}

static void to_person(Plot *plot, StoryEventKind kind, StoryLink link, int a, int b)
{
    happen(plot, kind, link, a, b, NOBODY, NOBODY);
}

/* p: NOBODY where no place matters */
static void with_thing(Plot *plot, StoryEventKind kind, StoryLink link, int a, int p)
{
    happen(plot, kind, link, a, NOBODY, THING, p);
}

/* The thing between two people. */
static void between(Plot *plot, StoryEventKind kind, StoryLink link, int a, int b)
{
    happen(plot, kind, link, a, b, THING, NOBODY);
}

static bool chance(Plot *plot, int percent)
{
    return storyworld_draw_chance(plot->draws, percent);
}
static int below(Plot *plot, int n)
{
    return storyworld_draw_below(plot->draws, n);
}

/* Whether to tell what the plot could do without. */
static bool extra(Plot *plot, int percent)
{
    return !plot->brief && chance(plot, percent);
}

static const LexiconObject *thing(const Plot *plot)
{
    return &storyworld_lexicon_objects[plot->story->object[THING].noun];
}

static void feel(Plot *plot, int a)
{
    alone(plot, EVENT_FEELS, storyworld_state_stirred(plot->story) ? LINK_SO : LINK_NONE, a);
}

/* How the hero feels on the way, now and then; in short passages it keeps the first feeling from giving
 * the last one away. */
static void feel_meanwhile(Plot *plot)
{
    if (chance(plot, plot->brief ? 15 : 30)) feel(plot, HERO);
}

static int lives_near(const Plot *plot, int p)
{
    return storyworld_lexicon_places[plot->story->place[p]].kind & PLACE_OUTSIDE ? p : NOBODY;
}

static void open_story(Plot *plot, int p)
{
    if (extra(plot, 40)) at_place(plot, EVENT_LIVES, LINK_NONE, HERO, lives_near(plot, p));
    else if (chance(plot, 35)) at_place(plot, EVENT_IS_AT, LINK_NONE, HERO, p);
    if (extra(plot, 15)) alone(plot, EVENT_WEATHER, LINK_NONE, NOBODY);
}

static void go(Plot *plot, int a, int p, StoryLink link)
{
    if (plot->story->state.place[a] == p) return;
    at_place(plot, EVENT_GOES, link, a, p);
    if (extra(plot, 20)) at_place(plot, EVENT_DOES, LINK_ALSO, a, p);
}

static void come(Plot *plot, int b, StoryLink link)
{
    int8_t p = plot->story->state.place[HERO];
    if (p == NOBODY || plot->story->state.place[b] == p) return;
    happen(plot, EVENT_COMES, link, HERO, b, NOBODY, p);
}

/* The hero has the thing and does something with it. */
static void own(Plot *plot, int a)
{
    with_thing(plot, EVENT_HAS, LINK_NONE, a, NOBODY);
    if (extra(plot, 25)) with_thing(plot, EVENT_USES, LINK_ALSO, a, NOBODY);
}

static void thank(Plot *plot, int b)
{
    if (extra(plot, 35)) to_person(plot, EVENT_THANKS, LINK_THEN, HERO, b);
}

static void plot_lost(Plot *plot)
{
    open_story(plot, ELSEWHERE);
    own(plot, HERO);
    if (chance(plot, 60)) go(plot, HERO, HERE, LINK_LATER);
    with_thing(plot, EVENT_LOSES, LINK_BUT, HERO, HERE);
    feel_meanwhile(plot);
    int outcome = below(plot, 6);
    if (outcome < 4 && chance(plot, 60)) with_thing(plot, EVENT_SEARCHES, LINK_SO, HERO, HERE);
    if (outcome < 2) {
        with_thing(plot, EVENT_FINDS, LINK_GOOD_END, HERO, HERE);
    } else if (outcome < 4) {
        with_thing(plot, EVENT_FAILS_TO_FIND, LINK_BUT, HERO, HERE);
    } else {
        if (extra(plot, 60)) go(plot, HERO, THERE, LINK_THEN);
        with_thing(plot, EVENT_FINDS, LINK_LATER, OTHER, HERE);
        come(plot, OTHER, LINK_THEN);
        if (outcome == 4) {
            between(plot, EVENT_RETURNS, LINK_THEN, OTHER, HERO);
            thank(plot, OTHER);
        } else {
            if (chance(plot, 50)) between(plot, EVENT_ASKS, LINK_SO, HERO, OTHER);
            between(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO);
        }
    }
}

static void plot_buy(Plot *plot)
{
    open_story(plot, THERE);
    with_thing(plot, EVENT_WANTS, LINK_NONE, HERO, NOBODY);
    if (chance(plot, 30)) alone(plot, EVENT_SAVES, LINK_SO, HERO);
    if (chance(plot, 70)) go(plot, HERO, HERE, LINK_SO);
    switch (below(plot, 5)) {
    case 0:
    case 1: with_thing(plot, EVENT_BUYS, LINK_THEN, HERO, HERE); break;
    case 2: with_thing(plot, EVENT_FAILS_TO_BUY, LINK_BUT, HERO, HERE); break;
    case 3:
        with_thing(plot, EVENT_BUYS, LINK_BUT, OTHER, HERE);
        if (chance(plot, 40)) {
            between(plot, EVENT_ASKS, LINK_SO, HERO, OTHER);
            between(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO);
        }
        break;
    default:
        with_thing(plot, EVENT_FAILS_TO_BUY, LINK_BUT, HERO, HERE);
        feel_meanwhile(plot);
        with_thing(plot, EVENT_BUYS, LINK_LATER, OTHER, HERE);
        between(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO);
        thank(plot, OTHER);
    }
}

static void plot_ask(Plot *plot)
{
    int outcome = below(plot, 6);
    if (outcome == 5) happen(plot, EVENT_HAS, LINK_NONE, HERO, NOBODY, SECOND, NOBODY);
    else open_story(plot, HERE);
    if (extra(plot, 40)) {
        go(plot, HERO, HERE, LINK_LATER);
        come(plot, OTHER, LINK_THEN);
    }
    own(plot, OTHER);
    between(plot, EVENT_ENVIES, LINK_ALSO, HERO, OTHER);
    if (outcome < 5 && chance(plot, 60)) between(plot, EVENT_ASKS, LINK_SO, HERO, OTHER);
    switch (outcome) {
    case 0:
        between(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO);
        thank(plot, OTHER);
        break;
    case 1:
        between(plot, EVENT_LENDS, LINK_THEN, OTHER, HERO);
        thank(plot, OTHER);
        break;
    case 2:
    case 3: between(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO); break;
    case 4:
        between(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO);
        feel_meanwhile(plot);
        if (extra(plot, 50)) to_person(plot, EVENT_SORRY, LINK_LATER, OTHER, HERO);
        between(plot, EVENT_GIVES, LINK_LATER, OTHER, HERO);
        break;
    default:
        storyworld_state_happen(plot->story, (StoryEvent){.kind = EVENT_SWAPS,
                                                          .link = LINK_SO,
                                                          .a = HERO,
                                                          .b = OTHER,
                                                          .o = THING,
                                                          .q = SECOND,
                                                          .p = NOBODY,
                                                          .again = NOBODY});
    }
}

static void plot_break(Plot *plot)
{
    open_story(plot, HERE);
    own(plot, HERO);
    bool by_other = chance(plot, 35);
    if (by_other && extra(plot, 50)) come(plot, OTHER, LINK_LATER);
    with_thing(plot, EVENT_BREAKS, LINK_BUT, by_other ? OTHER : HERO, NOBODY);
    if (by_other && extra(plot, 40)) to_person(plot, EVENT_SORRY, LINK_THEN, OTHER, HERO);
    feel_meanwhile(plot);
    int mender = by_other ? THIRD : OTHER;
    switch (below(plot, 5)) {
    case 0: with_thing(plot, EVENT_MENDS, LINK_GOOD_END, HERO, NOBODY); break;
    case 1: with_thing(plot, EVENT_FAILS_TO_MEND, LINK_BAD_END, HERO, NOBODY); break;
    case 2: with_thing(plot, EVENT_FAILS_TO_MEND, LINK_BAD_END, mender, NOBODY); break;
    case 3:
        if (chance(plot, 50)) with_thing(plot, EVENT_FAILS_TO_MEND, LINK_BUT, HERO, NOBODY);
        with_thing(plot, EVENT_MENDS, LINK_GOOD_END, mender, NOBODY);
        thank(plot, mender);
        break;
    default:
        if (extra(plot, 50)) go(plot, HERO, THERE, LINK_SO);
        if (chance(plot, 50)) {
            with_thing(plot, EVENT_MENDS, LINK_THEN, mender, NOBODY);
            thank(plot, mender);
        } else {
            with_thing(plot, EVENT_FAILS_TO_MEND, LINK_BUT, mender, NOBODY);
        }
    }
}

static void plot_journey(Plot *plot)
{
    open_story(plot, THERE);
    at_place(plot, EVENT_WANTS_TO_GO, LINK_NONE, HERO, HERE);
    switch (below(plot, 5)) {
    case 0: at_place(plot, EVENT_GOES, LINK_SO, HERO, HERE); break;
    case 1:
        if (extra(plot, 50)) come(plot, OTHER, LINK_THEN);
        happen(plot, EVENT_GO_TOGETHER, LINK_SO, HERO, OTHER, NOBODY, HERE);
        break;
    case 2: at_place(plot, EVENT_IS_KEPT, LINK_BUT, HERO, HERE); break;
    case 3:
        at_place(plot, EVENT_GOES, LINK_BUT, HERO, ELSEWHERE);
        at_place(plot, EVENT_IS_KEPT, LINK_BAD_END, HERO, HERE);
        break;
    default:
        at_place(plot, EVENT_IS_KEPT, LINK_BUT, HERO, HERE);
        feel_meanwhile(plot);
        happen(plot, EVENT_GO_TOGETHER, LINK_LATER, OTHER, HERO, NOBODY, HERE);
    }
    if (plot->story->state.place[HERO] == HERE && chance(plot, 50))
        at_place(plot, EVENT_DOES, LINK_ALSO, HERO, HERE);
}

static void plot_miss(Plot *plot)
{
    open_story(plot, HERE);
    to_person(plot, EVENT_MISSES, LINK_NONE, HERO, OTHER);
    switch (below(plot, 4)) {
    case 0:
        go(plot, HERO, THERE, LINK_SO);
        happen(plot, EVENT_MEETS, LINK_GOOD_END, HERO, OTHER, NOBODY, THERE);
        break;
    case 1:
        go(plot, HERO, HERE, LINK_THEN);
        come(plot, OTHER, LINK_LATER);
        break;
    case 2:
        go(plot, HERO, THERE, LINK_SO);
        happen(plot, EVENT_IS_AWAY, LINK_BUT, HERO, OTHER, NOBODY, THERE);
        break;
    default:
        at_place(plot, EVENT_IS_AT, LINK_NONE, OTHER, ELSEWHERE);
        at_place(plot, EVENT_IS_KEPT, LINK_BUT, HERO, ELSEWHERE);
    }
}

static void plot_gift(Plot *plot)
{
    open_story(plot, HERE);
    with_thing(plot, EVENT_WANTS, LINK_NONE, HERO, NOBODY);
    if (chance(plot, 50)) alone(plot, EVENT_BIRTHDAY, LINK_LATER, HERO);
    if (extra(plot, 40)) come(plot, OTHER, LINK_THEN);
    if (chance(plot, 50)) {
        if (thing(plot)->made && chance(plot, 40))
            with_thing(plot, EVENT_MAKES, LINK_THEN, OTHER, NOBODY);
        between(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO);
        thank(plot, OTHER);
    } else {
        happen(plot, EVENT_GIVES, LINK_BUT, OTHER, HERO, SECOND, NOBODY);
        with_thing(plot, EVENT_STILL_WANTS, LINK_BUT, HERO, NOBODY);
    }
}

static void plot_taken(Plot *plot)
{
    open_story(plot, HERE);
    own(plot, HERO);
    if (chance(plot, 35)) come(plot, THIRD, LINK_LATER);
    between(plot, EVENT_TAKES, LINK_BUT, THIRD, HERO);
    feel_meanwhile(plot);
    switch (below(plot, 4)) {
    case 0:
        between(plot, EVENT_TAKES, LINK_LATER, OTHER, THIRD);
        between(plot, EVENT_RETURNS, LINK_THEN, OTHER, HERO);
        thank(plot, OTHER);
        break;
    case 1:
        if (extra(plot, 60)) to_person(plot, EVENT_SORRY, LINK_LATER, THIRD, HERO);
        between(plot, EVENT_RETURNS, LINK_LATER, THIRD, HERO);
        break;
    case 2:
        if (chance(plot, 60)) between(plot, EVENT_ASKS, LINK_SO, HERO, THIRD);
        between(plot, EVENT_REFUSES, LINK_BUT, THIRD, HERO);
        break;
    default:
        between(plot, EVENT_GIVES, LINK_LATER, THIRD, OTHER);
        if (chance(plot, 40)) between(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO);
    }
}

static void plot_hidden(Plot *plot)
{
    open_story(plot, ELSEWHERE);
    own(plot, HERO);
    with_thing(plot, EVENT_PUTS, LINK_THEN, HERO, HERE);
    int outcome = below(plot, 4);
    if (outcome == 0 || extra(plot, 60)) go(plot, HERO, THERE, LINK_THEN);
    if (outcome > 1) with_thing(plot, EVENT_FINDS, LINK_THEN, OTHER, HERE);
    with_thing(plot, EVENT_WANTS_BACK, LINK_LATER, HERO, NOBODY);
    switch (outcome) {
    case 0:
        go(plot, HERO, HERE, LINK_SO);
        with_thing(plot, EVENT_FINDS, LINK_GOOD_END, HERO, HERE);
        break;
    case 1:
        if (chance(plot, 50)) with_thing(plot, EVENT_SEARCHES, LINK_SO, HERO, HERE);
        with_thing(plot, EVENT_FAILS_TO_FIND, LINK_BUT, HERO, HERE);
        break;
    case 2: with_thing(plot, EVENT_FAILS_TO_FIND, LINK_BUT, HERO, HERE); break;
    default: between(plot, EVENT_RETURNS, LINK_THEN, OTHER, HERO); thank(plot, OTHER);
    }
}

static void plot_make(Plot *plot)
{
    open_story(plot, HERE);
    with_thing(plot, EVENT_WANTS, LINK_NONE, HERO, NOBODY);
    if (extra(plot, 40)) go(plot, HERO, HERE, LINK_SO);
    switch (below(plot, 4)) {
    case 0: with_thing(plot, EVENT_MAKES, LINK_SO, HERO, NOBODY); break;
    case 1: with_thing(plot, EVENT_FAILS_TO_MAKE, LINK_BUT, HERO, NOBODY); break;
    case 2:
        with_thing(plot, EVENT_FAILS_TO_MAKE, LINK_BUT, HERO, NOBODY);
        feel_meanwhile(plot);
        with_thing(plot, EVENT_MAKES, LINK_LATER, OTHER, NOBODY);
        between(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO);
        thank(plot, OTHER);
        break;
    default:
        with_thing(plot, EVENT_MAKES, LINK_THEN, OTHER, NOBODY);
        between(plot, EVENT_GIVES, LINK_BUT, OTHER, THIRD);
    }
}

static void plot_race(Plot *plot)
{
    open_story(plot, HERE);
    happen(plot, EVENT_RACE, LINK_LATER, HERO, OTHER, THING, HERE);
    with_thing(plot, EVENT_ENVIES, LINK_ALSO, HERO, NOBODY);
    bool won = chance(plot, 45);
    with_thing(plot, EVENT_WINS, won ? LINK_GOOD_END : LINK_BUT, won ? HERO : OTHER, NOBODY);
    if (!won && chance(plot, 30)) {
        between(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO);
        thank(plot, OTHER);
    }
}

static void plot_eaten(Plot *plot)
{
    open_story(plot, HERE);
    own(plot, HERO);
    int outcome = below(plot, 3);
    if (outcome > 0 || chance(plot, 40)) with_thing(plot, EVENT_PUTS, LINK_THEN, HERO, THERE);
    switch (outcome) {
    case 0: with_thing(plot, EVENT_EATS, LINK_BUT, OTHER, NOBODY); break;
    case 1:
        with_thing(plot, EVENT_FINDS, LINK_LATER, OTHER, THERE);
        with_thing(plot, EVENT_EATS, LINK_THEN, OTHER, NOBODY);
        break;
    default:
        with_thing(plot, EVENT_WANTS_BACK, LINK_LATER, HERO, NOBODY);
        with_thing(plot, EVENT_FINDS, LINK_GOOD_END, HERO, THERE);
    }
}

static const struct {
    void (*run)(Plot *plot);
    StoryCasting casting;
} plots[] = {
    {plot_lost, {.object_kind = 0}},
    {plot_buy, {.place_kind = PLACE_SHOP}},
    {plot_ask, {.object_kind = 0}},
    {plot_break, {.breaks = true}},
    {plot_journey, {.object_kind = 0}},
    {plot_miss, {.object_kind = 0}},
    {plot_gift, {.object_kind = 0}},
    {plot_taken, {.object_kind = 0}},
    {plot_hidden, {.object_kind = OBJECT_LIFELESS}},
    {plot_make, {.made = true}},
    {plot_race, {.object_kind = 0, .place_kind = PLACE_OUTSIDE}},
    {plot_eaten, {.object_kind = OBJECT_FOOD}},
};
enum { N_PLOTS = sizeof plots / sizeof plots[0] };

void storyworld_plots_simulate(Story *story, StoryDraws *draws, bool brief, bool held_out)
{
    int number = storyworld_draw_below(draws, N_PLOTS);
    storyworld_state_cast(story, draws, &plots[number].casting, held_out);
    Plot plot = {story, draws, brief};
    plots[number].run(&plot);
    if (!brief) storyworld_closing_add(story, draws);
}

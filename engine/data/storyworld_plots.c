#include "data/storyworld_plots.h"

#include <stddef.h>
#include "data/storyworld_lexicon.h"

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

/* Told as a consequence only right after what brought it about. */
static void feel(Plot *plot, int a)
{
    StoryEventKind before = plot->story->event[plot->story->n_events - 1].kind;
    bool follows = storyworld_state_moves_hearts(before) && before != EVENT_WANTS_BACK;
    happen(plot, EVENT_FEELS, follows ? LINK_SO : LINK_NONE, a, NOBODY, NOBODY, NOBODY);
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
    if (extra(plot, 40))
        happen(plot, EVENT_LIVES, LINK_NONE, HERO, NOBODY, NOBODY, lives_near(plot, p));
    else if (chance(plot, 35))
        happen(plot, EVENT_IS_AT, LINK_NONE, HERO, NOBODY, NOBODY, p);
    if (extra(plot, 15)) happen(plot, EVENT_WEATHER, LINK_NONE, NOBODY, NOBODY, NOBODY, NOBODY);
}

static void go(Plot *plot, int a, int p, StoryLink link)
{
    if (plot->story->state.place[a] == p) return;
    happen(plot, EVENT_GOES, link, a, NOBODY, NOBODY, p);
    if (extra(plot, 20)) happen(plot, EVENT_DOES, LINK_ALSO, a, NOBODY, NOBODY, p);
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
    happen(plot, EVENT_HAS, LINK_NONE, a, NOBODY, THING, NOBODY);
    if (extra(plot, 25)) happen(plot, EVENT_USES, LINK_ALSO, a, NOBODY, THING, NOBODY);
}

static void thank(Plot *plot, int b)
{
    if (extra(plot, 35)) happen(plot, EVENT_THANKS, LINK_THEN, HERO, b, NOBODY, NOBODY);
}

static void plot_lost(Plot *plot)
{
    open_story(plot, ELSEWHERE);
    own(plot, HERO);
    if (chance(plot, 60)) go(plot, HERO, HERE, LINK_LATER);
    happen(plot, EVENT_LOSES, LINK_BUT, HERO, NOBODY, THING, HERE);
    feel_meanwhile(plot);
    int outcome = below(plot, 6);
    if (outcome < 4 && chance(plot, 60))
        happen(plot, EVENT_SEARCHES, LINK_SO, HERO, NOBODY, THING, HERE);
    if (outcome < 2) {
        happen(plot, EVENT_FINDS, LINK_GOOD_END, HERO, NOBODY, THING, HERE);
    } else if (outcome < 4) {
        happen(plot, EVENT_FAILS_TO_FIND, LINK_BUT, HERO, NOBODY, THING, HERE);
    } else {
        if (extra(plot, 60)) go(plot, HERO, THERE, LINK_THEN);
        happen(plot, EVENT_FINDS, LINK_LATER, OTHER, NOBODY, THING, HERE);
        come(plot, OTHER, LINK_THEN);
        if (outcome == 4) {
            happen(plot, EVENT_RETURNS, LINK_THEN, OTHER, HERO, THING, NOBODY);
            thank(plot, OTHER);
        } else {
            if (chance(plot, 50)) happen(plot, EVENT_ASKS, LINK_SO, HERO, OTHER, THING, NOBODY);
            happen(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO, THING, NOBODY);
        }
    }
}

static void plot_buy(Plot *plot)
{
    open_story(plot, THERE);
    happen(plot, EVENT_WANTS, LINK_NONE, HERO, NOBODY, THING, NOBODY);
    if (chance(plot, 30)) happen(plot, EVENT_SAVES, LINK_SO, HERO, NOBODY, NOBODY, NOBODY);
    if (chance(plot, 70)) go(plot, HERO, HERE, LINK_SO);
    switch (below(plot, 5)) {
    case 0:
    case 1: happen(plot, EVENT_BUYS, LINK_THEN, HERO, NOBODY, THING, HERE); break;
    case 2: happen(plot, EVENT_FAILS_TO_BUY, LINK_BUT, HERO, NOBODY, THING, HERE); break;
    case 3:
        happen(plot, EVENT_BUYS, LINK_BUT, OTHER, NOBODY, THING, HERE);
        if (chance(plot, 40)) {
            happen(plot, EVENT_ASKS, LINK_SO, HERO, OTHER, THING, NOBODY);
            happen(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO, THING, NOBODY);
        }
        break;
    default:
        happen(plot, EVENT_FAILS_TO_BUY, LINK_BUT, HERO, NOBODY, THING, HERE);
        feel_meanwhile(plot);
        happen(plot, EVENT_BUYS, LINK_LATER, OTHER, NOBODY, THING, HERE);
        happen(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO, THING, NOBODY);
        thank(plot, OTHER);
    }
}

static void plot_ask(Plot *plot)
{
    int outcome = below(plot, 6);
    if (outcome == 5)
        happen(plot, EVENT_HAS, LINK_NONE, HERO, NOBODY, SECOND, NOBODY);
    else
        open_story(plot, HERE);
    own(plot, OTHER);
    if (extra(plot, 40)) {
        go(plot, HERO, HERE, LINK_LATER);
        come(plot, OTHER, LINK_THEN);
    }
    happen(plot, EVENT_ENVIES, LINK_THEN, HERO, OTHER, THING, NOBODY);
    if (outcome < 5 && chance(plot, 60))
        happen(plot, EVENT_ASKS, LINK_SO, HERO, OTHER, THING, NOBODY);
    switch (outcome) {
    case 0:
        happen(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO, THING, NOBODY);
        thank(plot, OTHER);
        break;
    case 1:
        happen(plot, EVENT_LENDS, LINK_THEN, OTHER, HERO, THING, NOBODY);
        thank(plot, OTHER);
        break;
    case 2:
    case 3: happen(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO, THING, NOBODY); break;
    case 4:
        happen(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO, THING, NOBODY);
        feel_meanwhile(plot);
        if (extra(plot, 50)) happen(plot, EVENT_SORRY, LINK_LATER, OTHER, HERO, NOBODY, NOBODY);
        happen(plot, EVENT_GIVES, LINK_LATER, OTHER, HERO, THING, NOBODY);
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
    happen(plot, EVENT_BREAKS, LINK_BUT, by_other ? OTHER : HERO, NOBODY, THING, NOBODY);
    if (by_other && extra(plot, 40))
        happen(plot, EVENT_SORRY, LINK_THEN, OTHER, HERO, NOBODY, NOBODY);
    feel_meanwhile(plot);
    int mender = by_other ? THIRD : OTHER;
    switch (below(plot, 5)) {
    case 0: happen(plot, EVENT_MENDS, LINK_GOOD_END, HERO, NOBODY, THING, NOBODY); break;
    case 1: happen(plot, EVENT_FAILS_TO_MEND, LINK_BAD_END, HERO, NOBODY, THING, NOBODY); break;
    case 2: happen(plot, EVENT_FAILS_TO_MEND, LINK_BAD_END, mender, NOBODY, THING, NOBODY); break;
    case 3:
        if (chance(plot, 50))
            happen(plot, EVENT_FAILS_TO_MEND, LINK_BUT, HERO, NOBODY, THING, NOBODY);
        happen(plot, EVENT_MENDS, LINK_GOOD_END, mender, NOBODY, THING, NOBODY);
        thank(plot, mender);
        break;
    default:
        if (extra(plot, 50)) go(plot, HERO, THERE, LINK_SO);
        if (chance(plot, 50)) {
            happen(plot, EVENT_MENDS, LINK_THEN, mender, NOBODY, THING, NOBODY);
            thank(plot, mender);
        } else {
            happen(plot, EVENT_FAILS_TO_MEND, LINK_BUT, mender, NOBODY, THING, NOBODY);
        }
    }
}

static void plot_journey(Plot *plot)
{
    open_story(plot, THERE);
    happen(plot, EVENT_WANTS_TO_GO, LINK_NONE, HERO, NOBODY, NOBODY, HERE);
    switch (below(plot, 5)) {
    case 0: happen(plot, EVENT_GOES, LINK_SO, HERO, NOBODY, NOBODY, HERE); break;
    case 1:
        if (extra(plot, 50)) come(plot, OTHER, LINK_THEN);
        happen(plot, EVENT_GO_TOGETHER, LINK_SO, HERO, OTHER, NOBODY, HERE);
        break;
    case 2: happen(plot, EVENT_IS_KEPT, LINK_BUT, HERO, NOBODY, NOBODY, HERE); break;
    case 3:
        happen(plot, EVENT_GOES, LINK_BUT, HERO, NOBODY, NOBODY, ELSEWHERE);
        happen(plot, EVENT_IS_KEPT, LINK_BAD_END, HERO, NOBODY, NOBODY, HERE);
        break;
    default:
        happen(plot, EVENT_IS_KEPT, LINK_BUT, HERO, NOBODY, NOBODY, HERE);
        feel_meanwhile(plot);
        happen(plot, EVENT_GO_TOGETHER, LINK_LATER, OTHER, HERO, NOBODY, HERE);
    }
    if (plot->story->state.place[HERO] == HERE && chance(plot, 50))
        happen(plot, EVENT_DOES, LINK_ALSO, HERO, NOBODY, NOBODY, HERE);
}

static void plot_miss(Plot *plot)
{
    open_story(plot, HERE);
    happen(plot, EVENT_MISSES, LINK_NONE, HERO, OTHER, NOBODY, NOBODY);
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
        happen(plot, EVENT_IS_AT, LINK_NONE, OTHER, NOBODY, NOBODY, ELSEWHERE);
        happen(plot, EVENT_IS_KEPT, LINK_BUT, HERO, NOBODY, NOBODY, ELSEWHERE);
    }
}

static void plot_gift(Plot *plot)
{
    open_story(plot, HERE);
    happen(plot, EVENT_WANTS, LINK_NONE, HERO, NOBODY, THING, NOBODY);
    if (chance(plot, 50)) happen(plot, EVENT_BIRTHDAY, LINK_LATER, HERO, NOBODY, NOBODY, NOBODY);
    if (extra(plot, 40)) come(plot, OTHER, LINK_THEN);
    if (chance(plot, 50)) {
        if (thing(plot)->made && chance(plot, 40))
            happen(plot, EVENT_MAKES, LINK_THEN, OTHER, NOBODY, THING, NOBODY);
        happen(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO, THING, NOBODY);
        thank(plot, OTHER);
    } else {
        happen(plot, EVENT_GIVES, LINK_BUT, OTHER, HERO, SECOND, NOBODY);
        happen(plot, EVENT_STILL_WANTS, LINK_BUT, HERO, NOBODY, THING, NOBODY);
    }
}

static void plot_taken(Plot *plot)
{
    open_story(plot, HERE);
    own(plot, HERO);
    if (chance(plot, 35)) come(plot, THIRD, LINK_LATER);
    happen(plot, EVENT_TAKES, LINK_BUT, THIRD, HERO, THING, NOBODY);
    feel_meanwhile(plot);
    switch (below(plot, 4)) {
    case 0:
        happen(plot, EVENT_TAKES, LINK_LATER, OTHER, THIRD, THING, NOBODY);
        happen(plot, EVENT_RETURNS, LINK_THEN, OTHER, HERO, THING, NOBODY);
        thank(plot, OTHER);
        break;
    case 1:
        if (extra(plot, 60)) happen(plot, EVENT_SORRY, LINK_LATER, THIRD, HERO, NOBODY, NOBODY);
        happen(plot, EVENT_RETURNS, LINK_LATER, THIRD, HERO, THING, NOBODY);
        break;
    case 2:
        if (chance(plot, 60)) happen(plot, EVENT_ASKS, LINK_SO, HERO, THIRD, THING, NOBODY);
        happen(plot, EVENT_REFUSES, LINK_BUT, THIRD, HERO, THING, NOBODY);
        break;
    default:
        happen(plot, EVENT_GIVES, LINK_LATER, THIRD, OTHER, THING, NOBODY);
        if (chance(plot, 40)) happen(plot, EVENT_REFUSES, LINK_BUT, OTHER, HERO, THING, NOBODY);
    }
}

static void plot_hidden(Plot *plot)
{
    open_story(plot, ELSEWHERE);
    own(plot, HERO);
    happen(plot, EVENT_PUTS, LINK_THEN, HERO, NOBODY, THING, HERE);
    int outcome = below(plot, 4);
    if (outcome == 0 || extra(plot, 60)) go(plot, HERO, THERE, LINK_THEN);
    if (outcome > 1) happen(plot, EVENT_FINDS, LINK_THEN, OTHER, NOBODY, THING, HERE);
    happen(plot, EVENT_WANTS_BACK, LINK_LATER, HERO, NOBODY, THING, NOBODY);
    switch (outcome) {
    case 0:
        go(plot, HERO, HERE, LINK_SO);
        happen(plot, EVENT_FINDS, LINK_GOOD_END, HERO, NOBODY, THING, HERE);
        break;
    case 1:
        if (chance(plot, 50)) happen(plot, EVENT_SEARCHES, LINK_SO, HERO, NOBODY, THING, HERE);
        happen(plot, EVENT_FAILS_TO_FIND, LINK_BUT, HERO, NOBODY, THING, HERE);
        break;
    case 2: happen(plot, EVENT_FAILS_TO_FIND, LINK_BUT, HERO, NOBODY, THING, HERE); break;
    default: happen(plot, EVENT_RETURNS, LINK_THEN, OTHER, HERO, THING, NOBODY); thank(plot, OTHER);
    }
}

static void plot_make(Plot *plot)
{
    open_story(plot, HERE);
    happen(plot, EVENT_WANTS, LINK_NONE, HERO, NOBODY, THING, NOBODY);
    if (extra(plot, 40)) go(plot, HERO, HERE, LINK_SO);
    switch (below(plot, 4)) {
    case 0: happen(plot, EVENT_MAKES, LINK_SO, HERO, NOBODY, THING, NOBODY); break;
    case 1: happen(plot, EVENT_FAILS_TO_MAKE, LINK_BUT, HERO, NOBODY, THING, NOBODY); break;
    case 2:
        happen(plot, EVENT_FAILS_TO_MAKE, LINK_BUT, HERO, NOBODY, THING, NOBODY);
        feel_meanwhile(plot);
        happen(plot, EVENT_MAKES, LINK_LATER, OTHER, NOBODY, THING, NOBODY);
        happen(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO, THING, NOBODY);
        thank(plot, OTHER);
        break;
    default:
        happen(plot, EVENT_MAKES, LINK_THEN, OTHER, NOBODY, THING, NOBODY);
        happen(plot, EVENT_GIVES, LINK_BUT, OTHER, THIRD, THING, NOBODY);
    }
}

static void plot_race(Plot *plot)
{
    open_story(plot, HERE);
    happen(plot, EVENT_RACE, LINK_LATER, HERO, OTHER, THING, HERE);
    happen(plot, EVENT_ENVIES, LINK_ALSO, HERO, NOBODY, THING, NOBODY);
    bool won = chance(plot, 45);
    happen(plot, EVENT_WINS, won ? LINK_GOOD_END : LINK_BUT, won ? HERO : OTHER, NOBODY, THING,
           NOBODY);
    if (!won && chance(plot, 30)) {
        happen(plot, EVENT_GIVES, LINK_THEN, OTHER, HERO, THING, NOBODY);
        thank(plot, OTHER);
    }
}

static void plot_eaten(Plot *plot)
{
    open_story(plot, HERE);
    own(plot, HERO);
    if (chance(plot, 60)) happen(plot, EVENT_PUTS, LINK_THEN, HERO, NOBODY, THING, THERE);
    switch (below(plot, 3)) {
    case 0: happen(plot, EVENT_EATS, LINK_BUT, OTHER, NOBODY, THING, NOBODY); break;
    case 1:
        happen(plot, EVENT_FINDS, LINK_LATER, OTHER, NOBODY, THING, THERE);
        happen(plot, EVENT_EATS, LINK_THEN, OTHER, NOBODY, THING, NOBODY);
        break;
    default:
        happen(plot, EVENT_WANTS_BACK, LINK_LATER, HERO, NOBODY, THING, NOBODY);
        happen(plot, EVENT_FINDS, LINK_GOOD_END, HERO, NOBODY, THING, THERE);
    }
}

/* Worth telling once more. */
static bool decisive(StoryEventKind kind)
{
    switch (kind) {
    case EVENT_GIVES:
    case EVENT_LENDS:
    case EVENT_RETURNS:
    case EVENT_TAKES:
    case EVENT_SWAPS:
    case EVENT_LOSES:
    case EVENT_FINDS:
    case EVENT_BREAKS:
    case EVENT_MENDS:
    case EVENT_BUYS:
    case EVENT_MAKES:
    case EVENT_WINS: return true;
    default: return false;
    }
}

/* Whether the last that was said of the person's feelings still holds. */
static bool feelings_told(const Story *story, int person)
{
    for (int i = story->n_events - 1; i >= 0; i--)
        if (story->event[i].kind == EVENT_FEELS && story->event[i].a == person)
            return (story->event[i].mood >= MOOD_SAD) == (story->state.mood[person] >= MOOD_SAD);
    return false;
}

static void state_owner(Plot *plot, int holder)
{
    bool follows =
        storyworld_state_moves_hearts(plot->story->event[plot->story->n_events - 1].kind);
    happen(plot, EVENT_OWNER, follows ? LINK_SO : LINK_NONE, holder, NOBODY, THING, NOBODY);
}

/* What the story leaves behind, said outright: feelings, owners, places, and the decisive event once
 * more in other words. The same facts are what the tasks ask for. */
static void close_story(Plot *plot)
{
    Story *story = plot->story;
    const StoryState *state = &story->state;
    int last = NOBODY;
    for (int i = 0; i < story->n_events; i++)
        if (decisive(story->event[i].kind)) last = i;
    StoryEventKind end = story->event[story->n_events - 1].kind;
    int holder = state->holder[THING], lies_in = state->lies_in[THING];
    bool moved = decisive(end) && end != EVENT_BREAKS && end != EVENT_MENDS;
    bool owner_first = chance(plot, 50),
         owner_told = holder != NOBODY && (moved || end == EVENT_REFUSES) && chance(plot, 55);
    if (owner_told && owner_first) state_owner(plot, holder);
    bool told_already = feelings_told(story, HERO);
    if (state->mood[HERO] != MOOD_NONE && chance(plot, told_already ? 30 : 85)) feel(plot, HERO);
    if (state->mood[OTHER] != MOOD_NONE && chance(plot, 30)) feel(plot, OTHER);
    if (owner_told && !owner_first) state_owner(plot, holder);
    if (lies_in != NOBODY && chance(plot, 45))
        happen(plot, EVENT_OBJECT_PLACE, LINK_NONE, NOBODY, NOBODY, THING, lies_in);
    else if (state->place[HERO] != NOBODY && chance(plot, 15))
        happen(plot, EVENT_PERSON_PLACE, LINK_NONE, HERO, NOBODY, NOBODY, state->place[HERO]);
    if (last != NOBODY && chance(plot, 30)) {
        StoryEvent recalled = story->event[last];
        recalled.kind = EVENT_RECALLS;
        recalled.link = LINK_NONE;
        recalled.again = (int8_t)last;
        storyworld_state_happen(story, recalled);
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
    if (!brief) close_story(&plot);
}

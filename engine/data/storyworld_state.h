/* The latent state of a story: who is there, who has what where, what each wants, and the events that
 * change it. Text is made from it (storyworld_narrate.h) and every label follows from it.
 *
 * People, objects and places of a story are numbered from 0; NOBODY (-1) is none or unknown.
 *
 * Feelings  a person who wants something is happy when the state grants it and sad while it does not;
 *           nothing is known of the feelings of a person who wants nothing
 * Held out  a (name, noun) pair whose numbers add up to a multiple of STORY_HELD_OUT stands in
 *           validation and test rows only, for every person and object of a story: no sentence of
 *           theirs that names a person and an object stands in a book or a train row */
#ifndef DATA_STORYWORLD_STATE_H
#define DATA_STORYWORLD_STATE_H

#include "data/storyworld_draw.h"

enum {
    STORY_PEOPLE = 3, /* 0 the hero, 1 and 2 the others */
    STORY_OBJECTS = 2,
    STORY_PLACES = 3,
    STORY_EVENTS = 24,
    STORY_HELD_OUT = 5,
    NOBODY = -1,
};

typedef enum StoryWantKind {
    WANT_NOTHING,
    WANT_TO_HAVE,
    WANT_WHOLE,
    WANT_TO_BE_AT,
    WANT_TO_BE_WITH
} StoryWantKind;

typedef struct StoryWant {
    StoryWantKind kind;
    int8_t target; /* object, place or person */
} StoryWant;

/* Ordered: those from MOOD_SAD on are sad. */
typedef enum StoryMood {
    MOOD_NONE,
    MOOD_HAPPY,
    MOOD_PROUD,
    MOOD_THANKFUL,
    MOOD_RELIEVED,
    MOOD_SAD,
    MOOD_ANGRY,
    MOOD_DISAPPOINTED,
    MOOD_LONELY,
    N_MOODS,
} StoryMood;

/* What happens. `a` does it; b is the other person, o and q objects, p the place. */
typedef enum StoryEventKind {
    EVENT_LIVES, /* a is introduced, without a place */
    EVENT_IS_AT, /* a is in p */
    EVENT_WEATHER,
    EVENT_HAS,         /* a owns o */
    EVENT_USES,        /* a plays with o, wears o ... */
    EVENT_GOES,        /* a to p */
    EVENT_GO_TOGETHER, /* a and b to p */
    EVENT_COMES,       /* b comes to p, where a is */
    EVENT_DOES,        /* what a does in p */
    EVENT_WANTS,       /* a wants some o */
    EVENT_ENVIES,      /* a wants the o that b has */
    EVENT_WANTS_BACK,  /* a wants o, which a put somewhere */
    EVENT_ASKS,        /* a asks b for o */
    EVENT_REFUSES,     /* a does not give o to b */
    EVENT_GIVES,       /* a gives o to b, for good */
    EVENT_LENDS,
    EVENT_RETURNS,  /* a gives o back to b */
    EVENT_TAKES,    /* a takes o away from b */
    EVENT_SWAPS,    /* a gives q to b and gets o */
    EVENT_LOSES,    /* a loses o in p */
    EVENT_SEARCHES, /* a looks for o (in p) */
    EVENT_FINDS,    /* a finds o in p and has it */
    EVENT_FAILS_TO_FIND,
    EVENT_BREAKS, /* a breaks o */
    EVENT_MENDS,
    EVENT_FAILS_TO_MEND,
    EVENT_SAVES, /* a has put money aside */
    EVENT_BUYS,  /* a buys o in p */
    EVENT_FAILS_TO_BUY,
    EVENT_MAKES,
    EVENT_FAILS_TO_MAKE,
    EVENT_PUTS,         /* a puts o in p */
    EVENT_EATS,         /* a eats o: it is gone */
    EVENT_WANTS_TO_GO,  /* a wants to be in p */
    EVENT_IS_KEPT,      /* a cannot get to p */
    EVENT_MISSES,       /* a wants to be with b */
    EVENT_IS_AWAY,      /* a does not meet b, who is not in p */
    EVENT_MEETS,        /* a meets b in p */
    EVENT_BIRTHDAY,     /* of a */
    EVENT_STILL_WANTS,  /* a still does not have o */
    EVENT_RACE,         /* a and b race in p; o is the prize */
    EVENT_WINS,         /* a wins the race and o */
    EVENT_THANKS,       /* a thanks b */
    EVENT_SORRY,        /* a is sorry for what a did to b */
    EVENT_FEELS,        /* a feels `mood` */
    EVENT_OWNER,        /* statement: a has o */
    EVENT_OBJECT_PLACE, /* statement: o is in p */
    EVENT_PERSON_PLACE, /* statement: a is in p */
    EVENT_RECALLS,      /* event number `again` once more, in other words */
    N_EVENT_KINDS,
} StoryEventKind;

/* How an event follows from the one before. */
typedef enum StoryLink {
    LINK_NONE,
    LINK_ALSO,
    LINK_THEN,
    LINK_SO,
    LINK_BUT,
    LINK_LATER,
    LINK_GOOD_END,
    LINK_BAD_END
} StoryLink;

typedef struct StoryEvent {
    StoryEventKind kind;
    StoryLink link;
    StoryMood mood; /* of EVENT_FEELS */
    int8_t a, b, o, q, p;
    int8_t owner; /* of o, before the event */
    int8_t again; /* of EVENT_RECALLS */
} StoryEvent;

typedef struct StoryPerson {
    uint8_t name; /* in the lexicon */
    bool female, adult;
    uint8_t job;      /* of an adult */
    uint8_t trait;    /* of a child; of an adult: age */
    uint8_t relation; /* to the hero */
} StoryPerson;

typedef struct StoryObject {
    uint8_t noun;
    uint8_t adjective; /* among the noun's own */
} StoryObject;

/* Where everything is now. */
typedef struct StoryState {
    int8_t place[STORY_PEOPLE];    /* NOBODY: unknown */
    int8_t holder[STORY_OBJECTS];  /* person who has it; NOBODY: nobody, or unknown */
    int8_t lies_in[STORY_OBJECTS]; /* place, when nobody has it; NOBODY: unknown or gone */
    int8_t owner[STORY_OBJECTS];   /* person it belongs to */
    bool broken[STORY_OBJECTS];
    StoryWant want[STORY_PEOPLE];
    StoryMood mood[STORY_PEOPLE]; /* MOOD_NONE: wants nothing */
} StoryState;

typedef struct Story {
    StoryPerson person[STORY_PEOPLE];
    StoryObject object[STORY_OBJECTS];
    uint8_t place[STORY_PLACES]; /* in the lexicon */
    StoryEvent event[STORY_EVENTS];
    int n_events;
    StoryState state; /* after the last event */
} Story;

/* The state before anything happened: everything unknown. */
StoryState storyworld_state_blank(void);

/* The rule book: what an event changes. */
void storyworld_state_apply(StoryState *state, const StoryEvent *event);

/* Whether what the person wants is so; a person who wants nothing is not granted anything. */
bool storyworld_state_granted(const StoryState *state, int person);

/* Whether an event of this kind can change a feeling; the others only speak of what is. */
bool storyworld_state_moves_hearts(StoryEventKind kind);

/* Appends an event and applies it; the event's owner and mood are filled from the state. */
void storyworld_state_happen(Story *story, StoryEvent event);

/* What a plot asks of its first object and its first place. */
typedef struct StoryCasting {
    uint8_t object_kind; /* OBJECT_... bits of which it has one; 0: any */
    bool made, breaks;   /* that somebody makes; that breaks */
    uint8_t place_kind;  /* PLACE_...; 0: any */
} StoryCasting;

/* Who and what: people, objects and places, all different. `held_out` chooses between the two kinds of
 * (name, noun) pairs. */
void storyworld_state_cast(Story *story, StoryDraws *draws, const StoryCasting *casting,
                           bool held_out);

#endif

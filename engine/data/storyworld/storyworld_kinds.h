/* The kinds of events of the story world and what is true of all events of a kind. */
#ifndef DATA_STORYWORLD_KINDS_H
#define DATA_STORYWORLD_KINDS_H

#include <stdbool.h>
#include <stdint.h>

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

typedef struct StoryKind {
    StoryMood glad, sad; /* the feelings it brings when it grants a wish, or does not; MOOD_NONE: it
                            changes no feeling */
    bool moment;         /* takes place at a moment: "when" or "after" can stand before it */
    bool decisive;       /* worth telling twice */
    bool wish;           /* speaks of some object, not yet of a particular one */
    bool scene;          /* can begin with "one day" */
} StoryKind;

extern const StoryKind storyworld_kinds[N_EVENT_KINDS];

#endif

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

#include "data/storyworld/storyworld_draw.h"
#include "data/storyworld/storyworld_kinds.h"

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

/* Appends an event and applies it; the event's owner and mood are filled from the state. */
void storyworld_state_happen(Story *story, StoryEvent event);

/* Whether the last event was one that feelings follow from, so that "so" can lead over to them. */
bool storyworld_state_stirred(const Story *story);

/* Whether validation and test rows have the pair to themselves. */
bool storyworld_state_held_out(int name, int noun);

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

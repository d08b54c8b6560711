#include "data/storyworld/storyworld_refer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "data/storyworld/storyworld_lexicon.h"

enum { NEVER = -100 };

StoryDiscourse storyworld_refer_begin(const Story *story, StoryDraws *draws, bool names_only)
{
    StoryDiscourse discourse = {.story = story,
                                .draws = draws,
                                .names_only = names_only,
                                .focus = NOBODY,
                                .subject = NOBODY,
                                .place = NOBODY};
    for (int i = 0; i < STORY_PEOPLE; i++) discourse.person_seen[i] = NEVER;
    for (int i = 0; i < STORY_OBJECTS; i++) discourse.object_seen[i] = NEVER;
    return discourse;
}

void storyworld_refer_next_sentence(StoryDiscourse *discourse)
{
    discourse->sentence++;
    discourse->focus = discourse->subject;
    discourse->subject = NOBODY;
}

/* The pieces one after the other, with spaces between them; an empty piece is left out. */
static void compose(char phrase[STORY_PHRASE_BYTES], const char *first, const char *second,
                    const char *third)
{
    const char *pieces[] = {first, second, third};
    size_t size = 0;
    for (int i = 0; i < 3; i++) {
        size_t more = strlen(pieces[i]);
        assert(size + more + 2 < STORY_PHRASE_BYTES);
        if (size > 0 && more > 0) phrase[size++] = ' ';
        memcpy(phrase + size, pieces[i], more);
        size += more;
    }
    phrase[size] = '\0';
}

static const char *indefinite(const char *word)
{
    return strchr("aeiou", word[0]) ? "an" : "a";
}

static const char *name_of(const StoryPerson *person)
{
    return storyworld_lexicon_names[person->name].name;
}

/* --- people ---------------------------------------------------------------------------------------- */

static bool is_form(const char *form, const char *wanted)
{
    return strcmp(form, wanted) == 0;
}

static const char *pronoun(bool female, const char *form)
{
    if (is_form(form, "him")) return female ? "her" : "him";
    if (is_form(form, "his")) return female ? "her" : "his";
    if (is_form(form, "himself")) return female ? "herself" : "himself";
    return female ? "she" : "he";
}

/* Whether "he" or "she" can only be this person here. */
static bool pronoun_is_clear(const StoryDiscourse *d, int person)
{
    for (int i = 0; i < STORY_PEOPLE; i++)
        if (i != person && d->story->person[i].female == d->story->person[person].female &&
            d->person_seen[i] >= d->sentence - 1)
            return false;
    return d->person_seen[person] == d->sentence ||
           (d->person_seen[person] == d->sentence - 1 && d->focus == person);
}

/* "a shy girl", "an old baker" */
static void describe_person(char *phrase, const StoryPerson *person)
{
    const char *first = person->adult ? storyworld_lexicon_ages[person->trait]
                                      : storyworld_lexicon_traits[person->trait];
    const char *noun = person->adult    ? storyworld_lexicon_jobs[person->job]
                       : person->female ? "girl"
                                        : "boy";
    compose(phrase, indefinite(first), first, noun);
}

/* "her friend Ben", "a boy called Ben" or "Ben" for somebody new. */
static void introduce(char *phrase, StoryDiscourse *d, int person)
{
    const StoryPerson *who = &d->story->person[person], *hero = &d->story->person[0];
    const LexiconRelation *relation = &storyworld_lexicon_relations[who->relation];
    int way = person == 0 ? 9 : storyworld_draw_below(d->draws, 10);
    if (way < 4 && pronoun_is_clear(d, 0)) {
        compose(phrase, pronoun(hero->female, "his"),
                who->female ? relation->female : relation->male, name_of(who));
        d->person_seen[0] = d->sentence;
    } else if (way < 6) {
        const char *noun = who->adult    ? storyworld_lexicon_jobs[who->job]
                           : who->female ? "girl"
                                         : "boy";
        char kind[STORY_PHRASE_BYTES];
        compose(kind, indefinite(noun), noun, "called");
        compose(phrase, kind, name_of(who), "");
    } else {
        compose(phrase, name_of(who), "", "");
    }
}

void storyworld_refer_person(char phrase[STORY_PHRASE_BYTES], StoryDiscourse *d, int person,
                             const char *form, bool forced)
{
    assert(person != NOBODY);
    const StoryPerson *who = &d->story->person[person];
    bool possessive = is_form(form, "his");
    if (is_form(form, "said") || is_form(form, "asked")) {
        char speaker[STORY_PHRASE_BYTES];
        bool known = d->person_known[person];
        storyworld_refer_person(speaker, d, person, "", false);
        bool inverted = !known || strcmp(speaker, pronoun(who->female, "")) != 0;
        compose(phrase, inverted ? form : speaker, inverted ? speaker : form, "");
        return;
    }
    if (is_form(form, "a")) {
        describe_person(phrase, who);
    } else if (is_form(form, "name")) {
        compose(phrase, name_of(who), "", "");
    } else if (forced) {
        compose(phrase, pronoun(who->female, form), "", "");
    } else if (d->person_known[person] && pronoun_is_clear(d, person) &&
               (d->person_seen[person] == d->sentence ||
                (!d->names_only && storyworld_draw_chance(d->draws, 75)))) {
        compose(phrase, pronoun(who->female, form), "", "");
    } else if (d->person_known[person] || possessive || d->names_only) {
        snprintf(phrase, STORY_PHRASE_BYTES, "%s%s", name_of(who), possessive ? "'s" : "");
    } else {
        introduce(phrase, d, person);
    }
    d->person_seen[person] = d->sentence;
    d->person_known[person] = true;
    if (d->subject == NOBODY && (form[0] == '\0' || is_form(form, "name"))) d->subject = person;
}

/* --- objects --------------------------------------------------------------------------------------- */

static bool it_is_clear(const StoryDiscourse *d, int object)
{
    for (int i = 0; i < STORY_OBJECTS; i++)
        if (i != object && d->object_seen[i] >= d->sentence - 1) return false;
    return d->object_known[object] && d->object_seen[object] >= d->sentence - 1;
}

/* "her red kite", "Anna's red kite", "a red kite", "the red kite" for a thing not spoken of before. */
static void first_mention(char *phrase, StoryDiscourse *d, int owner, const char *full, bool plural)
{
    if (owner == NOBODY)
        compose(phrase, plural ? "a" : indefinite(full), plural ? "pair of" : "", full);
    else if (pronoun_is_clear(d, owner))
        compose(phrase, pronoun(d->story->person[owner].female, "his"), full, "");
    else if (d->person_seen[owner] == d->sentence) compose(phrase, "the", full, "");
    else {
        char whose[STORY_PHRASE_BYTES];
        storyworld_refer_person(whose, d, owner, "his", false);
        compose(phrase, whose, full, "");
    }
}

static void later_mention(char *phrase, StoryDiscourse *d, int object, int owner, const char *full,
                          const char *form)
{
    const LexiconObject *words = &storyworld_lexicon_objects[d->story->object[object].noun];
    bool same_sentence = d->object_seen[object] == d->sentence;
    int way = storyworld_draw_below(d->draws, 100);
    bool after_person =
        is_form(form, "thing"); /* "gave her": neither "it" nor "her kite" follows */
    bool pronoun_fits = !after_person && it_is_clear(d, object);
    if (pronoun_fits && (same_sentence || (!d->names_only && way < 55)))
        compose(phrase, words->plural ? (is_form(form, "it") ? "they" : "them") : "it", "", "");
    else if (way % 10 < 3 && owner != NOBODY && !after_person && !d->names_only &&
             pronoun_is_clear(d, owner))
        compose(phrase, pronoun(d->story->person[owner].female, "his"), words->noun, "");
    else compose(phrase, "the", way % 10 < 5 || d->names_only ? full : words->noun, "");
}

/* The object's own verbs, and forms of "to be" in its number: these do not mention it. */
static const char *verb_form(const LexiconObject *words, const char *form)
{
    if (is_form(form, "was")) return words->plural ? "were" : "was";
    if (is_form(form, "is")) return words->plural ? "are" : "is";
    if (is_form(form, "made")) return words->made;
    if (is_form(form, "broke")) return words->broke;
    if (is_form(form, "used")) return words->used;
    return NULL;
}

static void forced_mention(char *phrase, StoryDiscourse *d, const char *form, const char *full,
                           const LexiconObject *words)
{
    if (is_form(form, "n")) compose(phrase, words->noun, "", "");
    else if (is_form(form, "np")) compose(phrase, full, "", "");
    else if (is_form(form, "the")) compose(phrase, "the", full, "");
    else if (is_form(form, "them")) compose(phrase, words->plural ? "them" : "it", "", "");
    else if (is_form(form, "it")) compose(phrase, words->plural ? "they" : "it", "", "");
    else first_mention(phrase, d, NOBODY, full, words->plural);
}

void storyworld_refer_object(char phrase[STORY_PHRASE_BYTES], StoryDiscourse *d, int object,
                             int owner, const char *form, bool forced)
{
    assert(object != NOBODY);
    const LexiconObject *words = &storyworld_lexicon_objects[d->story->object[object].noun];
    const char *verb = forced ? verb_form(words, form) : NULL;
    if (verb) {
        compose(phrase, verb, "", "");
        return;
    }
    char full[STORY_PHRASE_BYTES];
    compose(full, words->adjectives[d->story->object[object].adjective], words->noun, "");
    if (forced) forced_mention(phrase, d, form, full, words);
    else if (d->object_known[object]) later_mention(phrase, d, object, owner, full, form);
    else first_mention(phrase, d, owner, full, words->plural);
    d->object_seen[object] = d->sentence;
}

/* --- places ---------------------------------------------------------------------------------------- */

void storyworld_refer_place(char phrase[STORY_PHRASE_BYTES], StoryDiscourse *d, int place,
                            const char *form)
{
    assert(place != NOBODY);
    const LexiconPlace *words = &storyworld_lexicon_places[d->story->place[place]];
    int n_deeds = 0;
    while (words->deeds[n_deeds]) n_deeds++;
    bool in = is_form(form, "in"), to = is_form(form, "to"), did = is_form(form, "did");
    const char *text = in    ? words->in
                       : to  ? words->to
                       : did ? words->deeds[storyworld_draw_below(d->draws, n_deeds)]
                             : words->name;
    bool fresh = d->place == place && d->place_seen >= d->sentence - 1;
    if ((in || to) && fresh &&
        (d->place_seen == d->sentence || (!d->names_only && storyworld_draw_chance(d->draws, 60))))
        text = "there";
    compose(phrase, text, "", "");
    if (did) return;
    d->place = place;
    d->place_known[place] = true;
    d->place_seen = d->sentence;
}

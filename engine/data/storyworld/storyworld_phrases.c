#include "data/storyworld/storyworld_phrases.h"

#include <stddef.h>

/* --- people, places, weather --------------------------------------------------------------------- */

static const char *const lives[] = {"there once was a:A called name:A",
                                    "name:A was a:A who lived near P",
                                    "a:A called name:A lived near P",
                                    "once upon a time there was a:A whose name was name:A",
                                    "name:A was a:A",
                                    "name:A lived in a small house near P",
                                    "(child) name:A was a:A with many brothers and sisters",
                                    NULL};
static const char *const is_at[] = {"A was in:P",
                                    "A spent the day in:P",
                                    "A stood in:P",
                                    "A was alone in:P",
                                    "A was busy in:P",
                                    "A stayed in:P for a while",
                                    NULL};
static const char *const weather[] = {"the sun was shining",
                                      "it was a warm summer day",
                                      "a cold wind was blowing",
                                      "snow covered the ground",
                                      "it had rained all night",
                                      "thick fog lay over the land",
                                      "dark clouds filled the sky",
                                      "it was a clear winter morning",
                                      "the leaves were falling",
                                      "spring had come at last",
                                      "the first stars were in the sky",
                                      "thunder rolled far away",
                                      NULL};
static const char *const goes[] = {"A went to:P",          "A walked to:P",
                                   "A ran to:P",           "A hurried to:P",
                                   "A set off for P",      "A made his:A way to:P",
                                   "A took the path to:P", "A left for P",
                                   "A came to:P",          NULL};
static const char *const goes_spoken[] = {"\"I am going to:P,\" said:A.",
                                          "\"I will go to:P,\" A said.", NULL};
static const char *const go_together[] = {"A went to:P with B:him",
                                          "A took B:him to:P",
                                          "A and name:B went to:P",
                                          "A and name:B walked to:P together",
                                          "A and name:B set off for P",
                                          "B went to:P with A:him",
                                          NULL};
static const char *const go_together_spoken[] = {
    "\"Let us go to:P,\" A told B:him, and off they went.",
    "\"Come with me!\" A told B:him, and they went to:P together.", NULL};
static const char *const comes[] = {"B came to:P",
                                    "B came to:P too",
                                    "A met B:him in:P",
                                    "A saw B:him in:P",
                                    "B joined A:him in:P",
                                    "B came to see A:him in:P",
                                    NULL};
static const char *const does[] = {"A did:P", "A did:P", "A did:P there", NULL};
static const char *const wants_to_go[] = {"A wanted to go to:P",
                                          "A wanted to be in:P",
                                          "A longed to be in:P",
                                          "A hoped to spend the day in:P",
                                          "A dreamed of a day in:P",
                                          "A wished to go to:P",
                                          "what A wanted most was to go to:P",
                                          NULL};
static const char *const wants_to_go_spoken[] = {"\"I want to go to:P,\" said:A.",
                                                 "\"I wish I were in:P!\" A said.", NULL};
static const char *const is_kept[] = {"A could not get to:P",
                                      "the way to:P was closed",
                                      "deep snow lay on the way to:P",
                                      "a storm kept A:him from going to:P",
                                      "A was too ill to go to:P",
                                      "nobody would take A:him to:P",
                                      "A never got to:P",
                                      "A had to work and could not go to:P",
                                      NULL};
static const char *const misses[] = {"A missed B:him",
                                     "A missed B:him very much",
                                     "A wanted to see B:him",
                                     "A longed to see B:him again",
                                     "A wished that B were there",
                                     "A often thought of B:him",
                                     NULL};
static const char *const misses_spoken[] = {"\"I miss name:B,\" said:A.",
                                            "\"I wish name:B were here,\" A said.", NULL};
static const char *const is_away[] = {"B was not there",
                                      "B was not in:P",
                                      "nobody in:P had seen B:him",
                                      "B had already gone away",
                                      "A did not find B:him in:P",
                                      "A waited for B:him in vain",
                                      NULL};
static const char *const meets[] = {"A met B:him in:P",
                                    "A found B:him in:P",
                                    "B was waiting for A:him in:P",
                                    "A saw B:him in:P",
                                    "B happened to be in:P",
                                    "A and name:B met in:P",
                                    NULL};
static const char *const thanks[] = {"A thanked B:him",    "A said thank you to B:him",
                                     "A hugged B:him",     "A thanked B:him with all his:A heart",
                                     "A shook B:his hand", NULL};
static const char *const thanks_spoken[] = {
    "\"Thank you, name:B!\" said:A.", "\"You are so kind,\" A said to B:him.",
    "\"Thank you!\" A said. \"You are a true friend.\"", NULL};
static const char *const sorry[] = {"A was sorry", "A said sorry to B:him", "A begged B:his pardon",
                                    "A felt bad about it", NULL};
static const char *const sorry_spoken[] = {"\"I am sorry, name:B,\" said:A.",
                                           "\"Please forgive me,\" A said to B:him.", NULL};
static const char *const birthday[] = {"it was A:his birthday", "A had a birthday",
                                       "A:his birthday came", "friends came to A:his birthday",
                                       NULL};

/* --- having and wanting -------------------------------------------------------------------------- */

static const char *const has[] = {"A had a:O",
                                  "A owned a:O",
                                  "A loved his:A np:O",
                                  "A was very fond of his:A np:O",
                                  "(inedible) A took good care of his:A np:O",
                                  "(thing) A got a:O from his:A grandmother",
                                  "(thing) A never went out without his:A np:O",
                                  "(food) A carried a:O in his:A bag",
                                  "(animal) A had a:O for a pet",
                                  "(small) A kept a:O in his:A pocket",
                                  NULL};
static const char *const uses[] = {"A used:O O", "(inedible) A used:O O every day",
                                   "A used:O O with care", NULL};
static const char *const wants[] = {"A wanted a:O",
                                    "A wished for a:O",
                                    "A dreamed of a:O",
                                    "A longed for a:O",
                                    "A had always wanted a:O",
                                    "A needed a:O",
                                    "A hoped to get a:O",
                                    "what A wanted most was a:O",
                                    "A would have given anything for a:O",
                                    NULL};
static const char *const wants_spoken[] = {"\"I want a:O,\" said:A.",
                                           "\"I wish I had a:O!\" A said.",
                                           "\"If only I had a:O!\" said:A.", NULL};
static const char *const envies[] = {"A wanted to have O",
                                     "A liked O and wanted to have them:O",
                                     "A wished that O:it belonged to him:A",
                                     "A wanted O for himself:A",
                                     "A could not take his:A eyes off O",
                                     "A hoped to get O",
                                     NULL};
static const char *const envies_spoken[] = {"\"I would love to have the np:O!\" said:A.", NULL};
static const char *const wants_back[] = {"A wanted O back", "A wanted to have O again",
                                         "A needed O again", "A began to miss O", NULL};
static const char *const still_wants[] = {"A still wanted a:O",          "A had hoped for a:O",
                                          "it was a:O that A wanted",    "A still had no n:O",
                                          "A would rather have had a:O", NULL};
static const char *const asks[] = {"A asked B:him for O", "A begged B:him for O",
                                   "A asked if he:A could have O", "A asked B:him to hand O over",
                                   NULL};
static const char *const asks_spoken[] = {"\"May I have the n:O?\" A asked.",
                                          "\"Please give me the n:O,\" A said to B:him.",
                                          "\"Can I have the n:O, name:B?\" asked:A.", NULL};
static const char *const refuses[] = {
    "A would not give B:him O:thing", "A did not give O to B:him",
    "A kept O for himself:A",         "A refused to give B:him O:thing",
    "A did not let B:him have O",     "A said no and kept O",
    "A would not part with O",        NULL};
static const char *const refuses_spoken[] = {"\"No, the n:O is:O mine,\" said:A.",
                                             "\"You cannot have them:O,\" A said to B:him.",
                                             "\"I will not give you the n:O,\" said:A.", NULL};
static const char *const owner[] = {"A had O",
                                    "now A had O",
                                    "O:it was:O with A:him now",
                                    "from then on A had O",
                                    "it was name:A who had O",
                                    "A was the one who had O",
                                    NULL};
static const char *const owner_spoken[] = {
    "\"Where is:O the n:O?\" people asked. \"name:A has them:O,\" was the answer.", NULL};

/* --- things that move ---------------------------------------------------------------------------- */

static const char *const gives[] = {"A gave B:him O:thing",
                                    "A gave O to B:him",
                                    "A made B:him a present of O",
                                    "B got O from A:him",
                                    "B was given O by A:him",
                                    "A let B:him have O",
                                    "B received O from A:him",
                                    "(lifeless) A handed O to B:him",
                                    "(lifeless) A handed B:him O:thing",
                                    "(small) A put O into B:his hand",
                                    NULL};
static const char *const gives_spoken[] = {
    "\"The n:O is:O for you,\" said:A and gave them:O to B:him.",
    "(lifeless) \"Here, take them:O,\" A said and gave O to B:him.",
    "\"You may have the n:O,\" A told B:him and gave them:O away.", NULL};
static const char *const lends[] = {"A lent B:him O:thing",          "A lent O to B:him",
                                    "A let B:him borrow O",          "B borrowed O from A:him",
                                    "B got O from A:him for a week", NULL};
static const char *const returns[] = {"A gave O back to B:him",
                                      "A brought O back to B:him",
                                      "A returned O to B:him",
                                      "B got O back from A:him",
                                      "A gave B:him O:thing back",
                                      "B got back O:thing from A:him",
                                      NULL};
static const char *const returns_spoken[] = {
    "\"This belongs to you,\" said:A and gave O back to B:him.",
    "\"Here is:O your n:O,\" A said and gave them:O back to B:him.", NULL};
static const char *const takes[] = {"A took O from B:him",
                                    "A took O away from B:him",
                                    "A stole O from B:him",
                                    "B had to give O to A:him",
                                    "O:it was:O taken from B:him by A:him",
                                    "(lifeless) A grabbed O from B:him",
                                    "(lifeless) A snatched O away from B:him",
                                    NULL};
static const char *const takes_spoken[] = {
    "\"The n:O is:O mine now!\" said:A and took them:O from B:him.", NULL};
static const char *const swaps[] = {
    "A gave B:him Q for O",     "A gave Q to B:him and got O",     "A and name:B swapped Q for O",
    "A got O from B:him for Q", "B took Q and gave A:him O:thing", NULL};
static const char *const loses[] = {"A lost O in:P",
                                    "A left O behind in:P",
                                    "A forgot O in:P",
                                    "(handy) A dropped O in:P and did not notice",
                                    "(small) O:it fell out of A:his bag in:P",
                                    "(small) O:it fell out of A:his pocket in:P",
                                    "(animal) O:it ran away from A:him in:P",
                                    "(animal) A lost sight of O in:P",
                                    NULL};
static const char *const loses_spoken[] = {"\"I have lost my n:O in:P!\" said:A.",
                                           "\"Oh no, my n:O is:O gone!\" said:A in:P.", NULL};
static const char *const searches[] = {"A looked for O",
                                       "A looked everywhere for O",
                                       "A searched for O in:P",
                                       "A went back and looked for O",
                                       "A looked for O all day",
                                       "A asked everybody about O",
                                       "A turned over every stone to find O",
                                       "(animal) A called and called for O",
                                       NULL};
static const char *const searches_spoken[] = {"\"Where is:O my n:O?\" A asked.",
                                              "\"Have you seen my n:O?\" A asked everybody.", NULL};
static const char *const finds[] = {"A found O in:P",           "A saw O in:P and took them:O",
                                    "A discovered O in:P",      "A came upon O in:P",
                                    "A came across O in:P",     "(lifeless) A picked O up in:P",
                                    "(animal) A caught O in:P", NULL};
static const char *const finds_spoken[] = {
    "\"Look, here is:O the n:O!\" said:A in:P and took them:O.", NULL};
static const char *const fails_to_find[] = {"A could not find O",
                                            "A did not find O",
                                            "A could not find O anywhere",
                                            "O:it was:O gone",
                                            "O:it was:O nowhere to be seen",
                                            "A never found O",
                                            "A found no trace of O",
                                            "A gave up the search for O",
                                            NULL};
static const char *const fails_to_find_spoken[] = {"\"The n:O is:O gone,\" said:A.",
                                                   "\"I cannot find the n:O,\" A said.", NULL};
static const char *const puts_down[] = {"A left O in:P", "(lifeless) A hid O in:P",
                                        "(lifeless) A put O in a safe spot in:P",
                                        "(lifeless) A put O down in:P", NULL};
static const char *const object_place[] = {"O:it was:O in:P", "O:it was:O still in:P",
                                           "O:it stayed in:P", "one could see O in:P", NULL};
static const char *const person_place[] = {"A was in:P", "A was still in:P", "A stayed in:P",
                                           "one could see A:him in:P", NULL};
static const char *const eats[] = {"A ate O",           "A ate O up",    "A ate every bit of O",
                                   "A had O for lunch", "A swallowed O", NULL};
static const char *const eats_spoken[] = {"\"How good it tastes!\" said name:A, who ate O.", NULL};

/* --- things that are made, bought, broken, won --------------------------------------------------- */

static const char *const breaks[] = {"A broke:O O",
                                     "A broke:O O by mistake",
                                     "A fell on O and broke:O them:O",
                                     "A dropped O and broke:O them:O",
                                     "A was not careful and broke:O O",
                                     NULL};
static const char *const breaks_spoken[] = {"\"Oh dear!\" said name:A, who broke:O O.", NULL};
static const char *const mends[] = {"A mended O",
                                    "A fixed O",
                                    "A repaired O",
                                    "A made O as good as new",
                                    "A managed to mend O",
                                    "O:it was:O mended by A:him",
                                    "A was able to repair O",
                                    NULL};
static const char *const mends_spoken[] = {
    "\"Now the n:O is:O as good as new,\" said name:A, who mended them:O.", NULL};
static const char *const fails_to_mend[] = {
    "A could not mend O",         "A was not able to fix O",     "A did not know how to repair O",
    "A spent hours on O in vain", "A tried in vain to repair O", NULL};
static const char *const fails_to_mend_spoken[] = {"\"Nobody can mend the n:O,\" said:A.", NULL};
static const char *const saves[] = {"A counted his:A money", "A saved his:A money",
                                    "A put some money aside",
                                    "A worked hard and saved his:A pennies", NULL};
static const char *const buys[] = {"A bought O in:P",
                                   "A paid for O in:P",
                                   "A spent his:A money on O in:P",
                                   "A bought himself:A O:thing in:P",
                                   "A got O for a good price in:P",
                                   NULL};
static const char *const fails_to_buy[] = {"A could not pay for the:O",
                                           "the:O cost too much",
                                           "A did not have enough money for the:O",
                                           "there was:O no n:O left in:P",
                                           "A could not buy a:O in:P",
                                           "the:O was:O far too dear",
                                           NULL};
static const char *const fails_to_buy_spoken[] = {
    "\"You do not have enough money for the n:O,\" people told A:him.", NULL};
static const char *const makes[] = {"A made:O O",
                                    "A made:O O with his:A own hands",
                                    "A worked all day and made:O O",
                                    "A sat down and made:O O",
                                    "A learned how it was done and made:O O",
                                    NULL};
static const char *const fails_to_make[] = {
    "A was not able to make a:O",  "A did not know how to make a:O", "A could not make a:O",
    "A tried in vain to make a:O", "(food) A burned the:O",          NULL};
static const char *const race[] = {
    "there was a race in:P, and the prize was a:O", "A ran a race with B:him in:P for a:O",
    "A and name:B ran a race in:P for a:O", "whoever won the race in:P would get a:O", NULL};
static const char *const wins[] = {"A won O",
                                   "A won the race and got O",
                                   "A came first and got O",
                                   "A was the fastest and won O",
                                   "O:it went to A:him",
                                   NULL};

const StoryPhrases storyworld_phrases[N_EVENT_KINDS] = {
    [EVENT_LIVES] = {lives, NULL},
    [EVENT_IS_AT] = {is_at, NULL},
    [EVENT_WEATHER] = {weather, NULL},
    [EVENT_HAS] = {has, NULL},
    [EVENT_USES] = {uses, NULL},
    [EVENT_GOES] = {goes, goes_spoken},
    [EVENT_GO_TOGETHER] = {go_together, go_together_spoken},
    [EVENT_COMES] = {comes, NULL},
    [EVENT_DOES] = {does, NULL},
    [EVENT_WANTS] = {wants, wants_spoken},
    [EVENT_ENVIES] = {envies, envies_spoken},
    [EVENT_WANTS_BACK] = {wants_back, NULL},
    [EVENT_ASKS] = {asks, asks_spoken},
    [EVENT_REFUSES] = {refuses, refuses_spoken},
    [EVENT_GIVES] = {gives, gives_spoken},
    [EVENT_LENDS] = {lends, NULL},
    [EVENT_RETURNS] = {returns, returns_spoken},
    [EVENT_TAKES] = {takes, takes_spoken},
    [EVENT_SWAPS] = {swaps, NULL},
    [EVENT_LOSES] = {loses, loses_spoken},
    [EVENT_SEARCHES] = {searches, searches_spoken},
    [EVENT_FINDS] = {finds, finds_spoken},
    [EVENT_FAILS_TO_FIND] = {fails_to_find, fails_to_find_spoken},
    [EVENT_BREAKS] = {breaks, breaks_spoken},
    [EVENT_MENDS] = {mends, mends_spoken},
    [EVENT_FAILS_TO_MEND] = {fails_to_mend, fails_to_mend_spoken},
    [EVENT_SAVES] = {saves, NULL},
    [EVENT_BUYS] = {buys, NULL},
    [EVENT_FAILS_TO_BUY] = {fails_to_buy, fails_to_buy_spoken},
    [EVENT_MAKES] = {makes, NULL},
    [EVENT_FAILS_TO_MAKE] = {fails_to_make, NULL},
    [EVENT_PUTS] = {puts_down, NULL},
    [EVENT_EATS] = {eats, eats_spoken},
    [EVENT_WANTS_TO_GO] = {wants_to_go, wants_to_go_spoken},
    [EVENT_IS_KEPT] = {is_kept, NULL},
    [EVENT_MISSES] = {misses, misses_spoken},
    [EVENT_IS_AWAY] = {is_away, NULL},
    [EVENT_MEETS] = {meets, NULL},
    [EVENT_BIRTHDAY] = {birthday, NULL},
    [EVENT_STILL_WANTS] = {still_wants, NULL},
    [EVENT_RACE] = {race, NULL},
    [EVENT_WINS] = {wins, NULL},
    [EVENT_THANKS] = {thanks, thanks_spoken},
    [EVENT_SORRY] = {sorry, sorry_spoken},
    /* EVENT_FEELS: storyworld_feelings */
    [EVENT_OWNER] = {owner, owner_spoken},
    [EVENT_OBJECT_PLACE] = {object_place, NULL},
    [EVENT_PERSON_PLACE] = {person_place, NULL},
    /* EVENT_RECALLS: those of the recalled event */
};

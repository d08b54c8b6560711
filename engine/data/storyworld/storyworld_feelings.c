#include "data/storyworld/storyworld_feelings.h"

#include <stddef.h>

static const char *const happy[] = {"A was happy",
                                    "A was very happy",
                                    "A was glad",
                                    "A smiled",
                                    "A laughed",
                                    "A was full of joy",
                                    "A jumped for joy",
                                    "A danced and sang",
                                    "A could not stop smiling",
                                    "A felt wonderful",
                                    "A had never been so happy",
                                    "A sang all day",
                                    "A clapped his:A hands",
                                    "it was the best day of A:his life",
                                    "A was in high spirits",
                                    "A:his eyes were bright",
                                    NULL};
static const char *const happy_spoken[] = {"\"This is the best day ever!\" said:A.",
                                           "\"I am so happy!\" said:A.",
                                           "\"How lucky I am!\" A said.", NULL};
static const char *const proud[] = {"A was proud",
                                    "A was proud of himself:A",
                                    "A felt very proud",
                                    "A held his:A head high",
                                    "A told everybody about it with a smile",
                                    NULL};
static const char *const thankful[] = {"A was thankful", "A was very grateful", "A felt lucky",
                                       "A wanted to hug everybody", NULL};
static const char *const relieved[] = {"A was relieved",
                                       "A felt much better",
                                       "A smiled again",
                                       "A dried his:A tears",
                                       "a weight fell from A:his heart",
                                       NULL};
static const char *const sad[] = {"A was sad",
                                  "A was very sad",
                                  "A was unhappy",
                                  "A cried",
                                  "A began to cry",
                                  "A wept",
                                  "tears ran down A:his face",
                                  "A hung his:A head",
                                  "A felt terrible",
                                  "A was close to tears",
                                  "A sat down and cried",
                                  "A did not want to talk to anyone",
                                  "A:his heart was heavy",
                                  "it was the worst day of A:his life",
                                  "A could not sleep that night",
                                  NULL};
static const char *const sad_spoken[] = {"\"This is a terrible day,\" said:A.",
                                         "\"I am so sad,\" said:A.",
                                         "\"Why did this happen to me?\" A asked.", NULL};
static const char *const angry[] = {"A was angry",
                                    "A was furious",
                                    "A stamped his:A foot",
                                    "A was upset",
                                    "A:his face turned red with anger",
                                    NULL};
static const char *const angry_spoken[] = {"\"That is not fair!\" said:A.", NULL};
static const char *const disappointed[] = {
    "A was disappointed", "A sighed", "A turned away with a sad face", "A could have cried", NULL};
static const char *const lonely[] = {"A was lonely", "A felt alone", "A sat alone all day",
                                     "A had nobody to talk to", NULL};

const StoryPhrases storyworld_feelings[N_MOODS] = {
    [MOOD_HAPPY] = {happy, happy_spoken},
    [MOOD_PROUD] = {proud, happy_spoken},
    [MOOD_THANKFUL] = {thankful, happy_spoken},
    [MOOD_RELIEVED] = {relieved, happy_spoken},
    [MOOD_SAD] = {sad, sad_spoken},
    [MOOD_ANGRY] = {angry, angry_spoken},
    [MOOD_DISAPPOINTED] = {disappointed, sad_spoken},
    [MOOD_LONELY] = {lonely, sad_spoken},
};

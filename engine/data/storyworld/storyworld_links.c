#include "data/storyworld/storyworld_links.h"

#include <stddef.h>

const char *const storyworld_links_openings[] = {
    "one day",  "one morning", "one afternoon", "early one morning",  "last summer", "last winter",
    "long ago", "one Sunday",  "one fine day",  "on a quiet evening", NULL};
const char *const storyworld_links_then[] = {"",
                                             "",
                                             "",
                                             "then",
                                             "then",
                                             "after that",
                                             "soon",
                                             "a little later",
                                             "a moment later",
                                             "not long after",
                                             NULL};
const char *const storyworld_links_so[] = {"", "", "so", NULL};
const char *const storyworld_links_but[] = {"", "", "but", "but", "but", "yet", "however,", NULL};
const char *const storyworld_links_later[] = {"",
                                              "later",
                                              "the next day",
                                              "the next morning",
                                              "a week later",
                                              "after a while",
                                              "that evening",
                                              "some days later",
                                              "before long",
                                              NULL};
const char *const storyworld_links_good_end[] = {
    "", "luckily,", "at last", "in the end", "to everyone's surprise,", NULL};
const char *const storyworld_links_bad_end[] = {"", "sadly,", "in the end", "but in the end", NULL};
const char *const storyworld_links_recall[] = {
    "that was how",      "everybody heard how",      "people still tell how",
    "nobody forgot how", "soon they all heard that", NULL};

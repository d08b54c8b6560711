/* What stands before a clause and leads over from the one before; each list ends with NULL, and "" is
 * nothing at all. */
#ifndef DATA_STORYWORLD_LINKS_H
#define DATA_STORYWORLD_LINKS_H

extern const char *const storyworld_links_openings[]; /* of a story: "one day" */
extern const char *const storyworld_links_then[];
extern const char *const storyworld_links_so[];
extern const char *const storyworld_links_but[];
extern const char *const storyworld_links_later[];
extern const char *const storyworld_links_good_end[];
extern const char *const storyworld_links_bad_end[];
extern const char *const storyworld_links_recall[]; /* "that was how" */

#endif

/* Which documents of a corpus are held out: nothing is trained on them. */
#ifndef STAGES_HELD_OUT_H
#define STAGES_HELD_OUT_H

#include <stdbool.h>
#include <stddef.h>

/* Of n documents so many: the share, and at least one unless the share is 0. */
size_t held_out_count(size_t n, double share);

/* The share of the documents with the smallest hashes of their names, at least one unless the share is 0. */
void held_out_choose(bool *held_out, const char *const *name, size_t n, double share);

#endif

/* Which class was answered for which: the test examples of a task by their class and by what was answered, summed over the
 * seeds of a variant and, where there is a grid, over its points. */
#ifndef ANALYSIS_CONFUSION_H
#define ANALYSIS_CONFUSION_H

#include "result/evidence.h"

typedef struct Confusion {
    int n_classes;  /* 0: what was answered are not classes, or others than these */
    int64_t *count; /* [n_classes * n_classes] by class, then by answer */
} Confusion;

bool confusion_make(Confusion *confusion, const Evidence *evidence, const Experiment *experiment,
                    const char *variant, int task, int n_classes, Arena *arena,
                    Error *err) MUST_USE;

int64_t confusion_count(const Confusion *confusion, int class, int answer);
int64_t confusion_of_class(const Confusion *confusion, int class); /* whatever was answered */

#endif

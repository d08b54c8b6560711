/* On which test examples two cells disagree most, by what their models said of the truth: the mean over seeds of its
 * probability, or, of numbers, of how far they were off. */
#ifndef EXPERIMENT_DISAGREEMENTS_H
#define EXPERIMENT_DISAGREEMENTS_H

#include "experiment/answers.h"

typedef struct Disagreement {
    int example;    /* among the test examples, from 0 */
    double said[2]; /* by each of the cells: mean over seeds */
    int right[2];   /* seeds whose prediction was the truth */
} Disagreement;

typedef struct Disagreements {
    Answers of[2]; /* of the cells, all seeds */
    AnswersTexts texts;
    /* [examples] the most different first, of equally different ones in the order of the data set. */
    Disagreement *items;
} Disagreements;

/* Two different cells of the plan, by their names. cell NULL: the first; against NULL: the first other one. */
bool disagreements_cells(const PlanCell *cells[2], const Plan *plan, const char *cell,
                         const char *against, Error *err) MUST_USE;

bool disagreements_read(Disagreements *disagreements, const Plan *plan, int task,
                        const PlanCell *const cells[2], Arena *arena, Error *err) MUST_USE;

/* All examples as CSV: row, id, truth, what each cell said and how many of its seeds were right, the difference, texts. */
bool disagreements_csv(Buffer *csv, const Disagreements *disagreements, Error *err) MUST_USE;

/* The first `most` of them for people, in lines of at most `width` columns. */
bool disagreements_show(Buffer *text, const Disagreements *disagreements, int most, size_t width,
                        Error *err) MUST_USE;

#endif

#include "analysis/course.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* Two cells of one task with one seed; epochs of ten updates. */
static const double update[] = {9, 19, 29};
static const double train_loss[] = {0.9, 0.5, 0.2}, validation_loss[] = {0.8, 0.6, 0.7};
static const double fast[] = {0.6, 0.8, 0.7}, slow[] = {0.2, 0.5, 0.7};
static const EvidenceRun courses[] = {{NULL, 3, update, train_loss, validation_loss, fast},
                                      {NULL, 3, update, train_loss, validation_loss, slow}};

static bool gap(double *value, int64_t best_epoch, Error *err)
{
    NumbersRun runs[] = {{.cell = "a", .task = "t", .seed = 1, .best_epoch = best_epoch}};
    const Numbers numbers = {.runs = {.items = runs, .n = 1}};
    const Evidence evidence = {.runs = (EvidenceRun *)courses};
    const ScoreDraws scores = {
        {.numbers = &numbers, .evidence = &evidence}, .n_cells = 1, .n_tasks = 1, .n_seeds = 1};
    return course_gaps(value, &scores, 0, 0, err);
}

/* Both come to 0.7: the first on its way from 0.6 to 0.8, the second at the end of its third epoch. */
Test(course, updates_lie_on_a_straight_line_between_epochs)
{
    const Evidence evidence = {.runs = (EvidenceRun *)courses};
    const ScoreDraws scores = {{.evidence = &evidence}, .n_cells = 2, .n_tasks = 1, .n_seeds = 1};
    double first, second;
    course_updates(&first, &scores, 0, 1, 0);
    course_updates(&second, &scores, 1, 0, 0);
    cr_expect_float_eq(first, 15, 1e-12);
    cr_expect_float_eq(second, 30, 1e-12);
}

Test(course, a_gap_is_that_of_its_epoch_counted_from_one)
{
    Error err = {0};
    double value;
    cr_assert(gap(&value, 1, &err) && fabs(value - 0.1) < 1e-12);
    cr_assert(gap(&value, 3, &err) && fabs(value - -0.5) < 1e-12);
}

Test(course, an_epoch_that_was_not_is_an_error)
{
    Error err = {0};
    double value;
    cr_expect_not(gap(&value, 4, &err));
    cr_expect(strstr(err.text, "there is no epoch 4 of 3"), "%s", err.text);
    err = (Error){0};
    cr_expect_not(gap(&value, 0, &err));
}

#include "analysis/confusion.h"

#include <criterion/criterion.h>

#include "../outcome_rig.h"

TestSuite(confusion, .init = outcome_rig_begin, .fini = outcome_rig_end);

/* The truths are 0, 1, 0, ...: of ten examples one of class 0 and two of class 1 are wrong, in the second cell all. */
static bool right(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return cell == 0 && example != 0 && example != 1 && example != 3;
}

static Confusion make(Outcome *outcome, const char *variant, int n_classes)
{
    Error err = {0};
    Evidence evidence;
    Confusion confusion;
    cr_assert(outcome_rig_evidence(&evidence, outcome));
    cr_assert(confusion_make(&confusion, &evidence, outcome->plan->experiment, variant, 1,
                             n_classes, outcome_rig_arena(), &err),
              "%s", err.text);
    return confusion;
}

static void expect(const Confusion *confusion, int64_t right0, int64_t wrong0, int64_t wrong1,
                   int64_t right1)
{
    cr_expect_eq(confusion_count(confusion, 0, 0), right0);
    cr_expect_eq(confusion_count(confusion, 0, 1), wrong0);
    cr_expect_eq(confusion_count(confusion, 1, 0), wrong1);
    cr_expect_eq(confusion_count(confusion, 1, 1), right1);
    cr_expect_eq(confusion_of_class(confusion, 1), wrong1 + right1);
}

Test(confusion, counts_answers_by_class_over_all_seeds_of_a_variant)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 10, right});
    Confusion full = make(outcome, "full", 2), scratch = make(outcome, "scratch", 2);
    expect(&full, 12, 3, 6, 9);
    expect(&scratch, 0, 15, 15, 0);
}

Test(confusion, takes_the_points_of_a_grid_together)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 1, 10, right});
    outcome_rig_grid(outcome, false);
    Confusion both = make(outcome, "full", 2);
    expect(&both, 4, 6, 7, 3);
}

Test(confusion, has_none_of_what_are_no_classes)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 1, 10, right});
    cr_expect_eq(make(outcome, "full", 1).n_classes, 0);
    outcome->runs[1].test.predicted[4] = 0.5;
    cr_expect_eq(make(outcome, "full", 2).n_classes, 0);
    cr_expect_eq(make(outcome, "scratch", 2).n_classes, 2);
}

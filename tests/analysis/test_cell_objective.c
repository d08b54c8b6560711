#include "analysis/cell_objective.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"
#include "learner/objectives.h"

TestSuite(cell_objective, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool right(int cell, int task, int seed, int example)
{
    (void)cell, (void)task, (void)seed, (void)example;
    return true;
}

Test(cell_objective, is_what_settings_name_or_else_the_first)
{
    const Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){3, 1, 1, 10, right});
    const Experiment *experiment = outcome->plan->experiment;
    cr_expect_str_eq(objectives_words[cell_objective(experiment, "full")], "causal-lm");
    for (int i = 0; objectives_words[i]; i++) {
        outcome_rig_objective(experiment, 2, objectives_words[i]);
        cr_expect_eq(cell_objective(experiment, "third"), i);
    }
    cr_expect_str_eq(objectives_words[cell_objective(experiment, "full")], "causal-lm");
}

Test(cell_objective, is_not_known_of_another_cell_or_of_another_program)
{
    const Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){3, 1, 1, 10, right});
    const Experiment *experiment = outcome->plan->experiment;
    outcome_rig_objective(experiment, 2, "of-tomorrow");
    cr_expect_eq(cell_objective(experiment, "third"), -1);
    cr_expect_eq(cell_objective(experiment, "fourth"), -1);
}

/* "full" and "third" are pre-trained. */
Test(cell_objective, differs_where_two_models_were_asked_different_things)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){3, 1, 1, 10, right});
    outcome->pretrains[2].key = "another";
    const Result *result = outcome_rig_result(outcome);
    cr_expect_not(cell_objective_differs(result));
    outcome_rig_objective(result->experiment, 1, "masked-lm");
    cr_expect_not(cell_objective_differs(result), "it is not pre-trained");
    outcome_rig_objective(result->experiment, 2, "masked-lm");
    cr_expect(cell_objective_differs(result));
    outcome_rig_objective(result->experiment, 0, "masked-lm");
    cr_expect_not(cell_objective_differs(result));
    outcome_rig_objective(result->experiment, 2, "of-tomorrow");
    cr_expect_not(cell_objective_differs(result));
}

#include "result/result_check.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"

TestSuite(result_check, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool right(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < 9 - cell;
}

static double rising(int cell, int point, int unit)
{
    return cell + point + unit;
}

static Result *make(void)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 2, 20, right});
    outcome_rig_probe(outcome, PROBE_POSITION, 0, -1, 3, 5, rising);
    outcome_rig_probe(outcome, PROBE_TRAINING_RATE, 0, -1, 3, 5, rising);
    return outcome_rig_result(outcome);
}

Test(result_check, what_an_outcome_makes_fits)
{
    Error err = {0};
    cr_assert(result_check(make(), "result.json", &err), "%s", err.text);
}

static void no_commit(Result *result)
{
    result->provenance.engine_commit = NULL;
}
static void one_cell_less(Result *result)
{
    result->findings.numbers.cells.n--;
}
static void other_cell(Result *result)
{
    result->findings.numbers.cells.text[1] = "another";
}
static void one_run_less(Result *result)
{
    result->findings.numbers.runs.n--;
}
static void other_seed(Result *result)
{
    ((NumbersRun *)result->findings.numbers.runs.items)[1].seed = 9;
}
static void no_mean(Result *result)
{
    result->findings.numbers.scores.n--; /* the last: all tasks */
}
static void model_of_no_cell(Result *result)
{
    ((NumbersPretrain *)result->findings.numbers.pretrains.items)[0].cells.n = 0;
}
static void no_points(Result *result)
{
    ((NumbersProbe *)result->findings.numbers.probes.items)[0].points.n = 0;
}
static void rate_of_a_task(Result *result)
{
    ((NumbersProbe *)result->findings.timings.probes.items)[0].task = "alpha";
}

Test(result_check, what_does_not_fit_is_told_with_its_place)
{
    static const struct {
        void (*spoil)(Result *result);
        const char *message;
    } cases[] = {
        {no_commit, "result.json: $.provenance.engine_commit: is missing"},
        {one_cell_less, "$.numbers.cells: 1 cells, where the experiment has 2"},
        {other_cell, "$.numbers.cells[1]: is not 'scratch'"},
        {one_run_less, "$.numbers.runs: 7 runs, of 2 cells, 2 tasks and 2 seeds"},
        {other_seed, "$.numbers.runs[1]: is not 'full' on 'alpha' with seed 2"},
        {no_mean, "$.numbers.scores: there is none of 'scratch' on 'all tasks'"},
        {model_of_no_cell, "$.numbers.pretrains[0]: is not of cells"},
        {no_points, "$.numbers.probes[0]: needs a cell"},
        {rate_of_a_task, "$.timings.probes[0]: needs a cell"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Error err = {0};
        Result *result = make();
        cases[i].spoil(result);
        cr_expect_not(result_check(result, "result.json", &err), "%s", cases[i].message);
        cr_expect(strstr(err.text, cases[i].message), "%s", err.text);
        cr_expect(strstr(err.text, "take result.json back"), "%s", err.text);
    }
}

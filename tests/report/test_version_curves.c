#include "result/curves.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../scratch_folder.h"
#include "../outcome_rig.h"
#include "base/csv.h"
#include "report/version/version_curves.h"
#include "report/version/version_facts.h"
#include "train/finetune_run.h"

TestSuite(version_curves, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool right(int cell, int task, int seed, int example)
{
    (void)cell, (void)task, (void)seed, (void)example;
    return true;
}

static Curves read(Outcome *outcome)
{
    Error err = {0};
    Curves curves;
    Numbers numbers;
    cr_assert(version_facts(&numbers, outcome, outcome_rig_arena(), &err) &&
                  version_curves(&curves, outcome, &numbers, outcome_rig_arena(), &err),
              "%s", err.text);
    return curves;
}

static Outcome *one_run(void)
{
    return outcome_rig_make(&(OutcomeRigPlan){1, 1, 1, 4, right});
}

static const CurvePoint *find(const Curves *curves, CurvesMeasure measure, size_t nth)
{
    for (size_t i = 0; i < curves->n; i++)
        if (curves->points[i].measure == measure && nth-- == 0) return &curves->points[i];
    return NULL;
}

Test(version_curves, short_ones_are_kept_as_they_are)
{
    Curves curves = read(one_run());
    const CurvePoint *last = find(&curves, CURVES_PRETRAINING_LOSS, 2);
    cr_assert(last && last->value == 4 && last->tokens == 300 && last->update == 3);
    cr_assert_null(find(&curves, CURVES_PRETRAINING_LOSS, 3));
}

Test(version_curves, updates_of_finetuning_become_epochs)
{
    Curves curves = read(one_run());
    cr_assert_float_eq(find(&curves, CURVES_TASK_LOSS, 0)->epoch, 0.5, 1e-12);
    cr_assert_float_eq(find(&curves, CURVES_VALIDATION_SCORE, 1)->epoch, 2, 1e-12);
}

Test(version_curves, long_ones_become_means_of_windows)
{
    Error err = {0};
    Outcome *outcome = one_run();
    Buffer csv = buffer_create(outcome_rig_arena());
    cr_assert(buffer_add_text(&csv, "update,tokens,loss\n", &err));
    for (int i = 0; i < 1000; i++)
        cr_assert(buffer_format(&csv, &err, "%d,%d,%d\n", i, 10 * i + 10, i % 5));
    scratch_folder_write("pretrain/curve.csv", csv.data, csv.size);
    Curves curves = read(outcome);
    const CurvePoint *point = find(&curves, CURVES_PRETRAINING_LOSS, 199);
    cr_assert(point && !find(&curves, CURVES_PRETRAINING_LOSS, 200));
    cr_assert_eq(point->value, 2); /* the mean of 0..4 */
    cr_assert_eq(point->update, 998);
    cr_assert_eq(point->tokens, 9980);
}

Test(version_curves, one_pretraining_is_read_once_for_all_cells_that_share_it)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){4, 1, 1, 4, right});
    Curves curves = read(outcome);
    cr_assert_null(find(&curves, CURVES_PRETRAINING_LOSS, 3));
}

Test(version_curves, a_file_of_other_columns_is_an_error_that_names_both)
{
    Error err = {0};
    Curves curves;
    Outcome *outcome = one_run();
    scratch_folder_write("finetune/epochs.csv", "update,epoch\n0,0\n", 17);
    Numbers numbers;
    cr_assert(version_facts(&numbers, outcome, outcome_rig_arena(), &err));
    cr_assert_not(version_curves(&curves, outcome, &numbers, outcome_rig_arena(), &err));
    cr_assert(strstr(err.text, "epochs.csv: its columns are not " FINETUNE_EPOCHS_COLUMNS), "%s",
              err.text);
}

Test(version_curves, csv_fields_are_quoted_where_they_must_be)
{
    Error err = {0};
    Buffer csv = buffer_create(outcome_rig_arena());
    cr_assert(csv_text(&csv, "plain", &err) && csv_text(&csv, "a, \"b\"", &err) &&
              csv_number(&csv, 0.5, &err) && csv_number(&csv, 1.0 / 0.0, &err));
    csv_end(&csv);
    cr_assert_str_eq(csv.data, "plain,\"a, \"\"b\"\"\",0.5,\n");
}

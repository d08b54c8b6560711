#include "analysis/changes.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"
#include "result/verdict.h"

TestSuite(changes, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool far_ahead(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < (cell == 0 ? 9 : 7);
}

static bool alike(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < 7 + (cell == 0 && example == 8);
}

static ExperimentClaim claim(double smallest_effect)
{
    return (ExperimentClaim){.id = "transfer",
                             .statement = "reading first helps",
                             .better = "full",
                             .worse = "scratch",
                             .smallest_effect = smallest_effect};
}

static Result *result(bool (*is_right)(int, int, int, int), double smallest_effect)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, is_right});
    outcome_rig_claim(outcome, claim(smallest_effect));
    return outcome_rig_result(outcome);
}

/* NULL: nothing moved. */
static const ChangesClaim *changed(const Result *before, const Result *after)
{
    Error err = {0};
    SpecList claims;
    cr_assert(changes_claims(&claims, before, after, outcome_rig_arena(), &err), "%s", err.text);
    return claims.n ? claims.items : NULL;
}

Test(changes, the_same_verdict_by_the_same_rule_is_none)
{
    cr_expect_null(changed(result(far_ahead, 0.01), result(far_ahead, 0.01)));
}

Test(changes, another_verdict_is_told_with_the_effects)
{
    const ChangesClaim *moved = changed(result(far_ahead, 0.01), result(alike, 0.01));
    cr_assert(moved);
    cr_expect_str_eq(moved->id, "transfer");
    cr_expect_eq(moved->before, VERDICT_SUPPORTED);
    cr_expect_neq(moved->after, VERDICT_SUPPORTED);
    const char *begin = strstr(moved->words, ", because the effect went from “+20.0 points, 95 % ");
    cr_expect(begin && strstr(begin, "” to “+"), "%s", moved->words);
    cr_expect(!strncmp(moved->words, "supported → ", strlen("supported → ")), "%s", moved->words);
    cr_expect_null(strstr(moved->words, "threshold"));
}

Test(changes, another_threshold_is_told_where_the_verdict_moves_by_it)
{
    const ChangesClaim *moved = changed(result(far_ahead, 0.01), result(far_ahead, 0.5));
    cr_assert(moved);
    cr_expect_str_eq(
        moved->words,
        "supported → undecided, because the threshold went from “the interval is above "
        "0, the effect at least 1.0 points” to “the interval is above 0, the effect at "
        "least 50.0 points”");
}

Test(changes, another_threshold_is_told_where_the_verdict_stays)
{
    const ChangesClaim *moved = changed(result(far_ahead, 0.01), result(far_ahead, 0.02));
    cr_assert(moved);
    cr_expect_str_eq(moved->words, "supported as before: the threshold went from “the interval is "
                                   "above 0, the effect at least 1.0 points” to “the interval is "
                                   "above 0, the effect at least 2.0 points”");
}

Test(changes, claims_come_and_go)
{
    Result *before = result(far_ahead, 0.01), *after = result(far_ahead, 0.01);
    ((ExperimentClaim *)after->experiment->claims)[0].id = "other";
    ((NumbersClaim *)after->numbers->claims.items)[2].id = "other";
    Error err = {0};
    SpecList claims;
    cr_assert(changes_claims(&claims, before, after, outcome_rig_arena(), &err), "%s", err.text);
    const ChangesClaim *row = claims.items;
    cr_assert_eq(claims.n, 2);
    cr_expect_str_eq(row[0].id, "other");
    cr_expect_str_eq(row[0].words, "not asked → supported");
    cr_expect_str_eq(row[1].words, "supported → not asked");
}

Test(changes, a_setting_is_told_once)
{
    Error err = {0};
    TextList settings;
    Result *before = result(far_ahead, 0.01), *after = result(far_ahead, 0.01);
    for (int s = 0; s < 2; s++)
        for (size_t c = 0; c < 2; c++) {
            char *text =
                arena_format(outcome_rig_arena(), &err, "{\"finetune\": {\"epochs\": %d}}", 3 + s);
            ((ExperimentCell *)(s ? after : before)->experiment->cells)[c].json =
                json_parse_text(text, strlen(text), "settings", outcome_rig_arena(), &err);
        }
    cr_assert(changes_settings(&settings, before->experiment, after->experiment,
                               outcome_rig_arena(), &err));
    cr_assert_eq(settings.n, 1);
    cr_expect_str_eq(settings.text[0], "4 epochs, was 3 epochs");
}

/* What would fail late is refused when it is planned, or at the latest when the corpus is encoded. */
#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"

TestSuite(plan_refusals, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

static void expect_refused(const char *members, const char *words)
{
    Plan plan;
    cr_expect_not(plan_rig_try(&plan, members, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect(strstr(err.text, words), "'%s' is not in:\n%s", words, err.text);
}

#define MEASURE(measures, more)                                                                    \
    "\"tasks\": [\"tiny-happy\"], \"measure\": [\"fine-tuning\", " measures "], " more

Test(plan_refusals, probes_of_held_out_text_want_some)
{
    static const char probes[] =
        MEASURE("\"position\", \"context-window\"",
                "\"corpus\": {\"held_out\": 0}, \"probe\": {\"context_windows\": [1, 2]}");
    expect_refused(probes, "position is measured on held-out text, and corpus.held_out is 0");
    expect_refused(probes, "context-window is measured on held-out text");
    expect_refused(probes, "try: corpus.held_out 0.05, or measure without 'position'");
}

Test(plan_refusals, something_must_be_left_to_train_on)
{
    expect_refused("\"tasks\": [\"tiny-happy\"], \"corpus\": {\"held_out\": 0.9}",
                   "no training text is left: all 5 documents are held out");
}

Test(plan_refusals, faults_of_all_cells_and_tasks_are_told_at_once_and_each_once)
{
    static const char two[] =
        "\"tasks\": [\"tiny-happy\", \"tiny-ending\"], \"variants\": "
        "{\"a\": {\"model\": {\"n_context\": 4}}, \"b\": {\"model\": {\"n_context\": 3}}, "
        "\"c\": {\"model\": {\"n_context\": 4}}}";
    expect_refused(two, "task 'tiny-ending' needs a context of 5 tokens at least, model.n_context "
                        "is 4");
    expect_refused(two, "n_context is 3");
    const char *first = strstr(err.text, "n_context is 4");
    cr_expect_null(strstr(first + 1, "n_context is 4"), "%s", err.text);
}

/* How long documents are is known once they are encoded: nothing is trained before it is said. */
Test(plan_refusals, what_is_too_short_is_refused_as_soon_as_it_is_counted)
{
    static const char *const trials[][2] = {
        {MEASURE("\"position\"", "\"model\": {\"n_context\": 8000}"),
         "no held-out document has more than 8000 tokens, which position is measured on"},
        {MEASURE("\"context-window\"", "\"model\": {\"n_context\": 8192}, \"probe\": "
                                       "{\"context_windows\": [1, 8100]}"),
         "no held-out document has more than 8100 tokens, which context-window is measured on"}};
    for (int jobs = 1; jobs <= 2; jobs++) {
        plan_rig_use_store(jobs == 1 ? "one" : "two");
        Plan plan = plan_rig_build(trials[0][0]);
        cr_expect_not(plan_rig_go(&plan, jobs, &err));
        cr_expect_eq(err.kind, ERROR_USAGE);
        cr_expect(strstr(err.text, trials[0][1]), "%s", err.text);
        cr_expect_not(plan_rig_stage(&plan, "pretrain")->done);
        for (int i = 0; i < 2; i++) expect_refused(trials[i][0], trials[i][1]);
    }
}

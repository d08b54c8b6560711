#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/planned.h"
#include "experiment/plan_check.h"
#include "report/version/version_find.h"
#include "result/comparison.h"
#include "result/versions.h"

static bool check_done(const Plan *plan, Error *err)
{
    int to_do = plan_count(plan).to_do;
    if (!to_do) return true;
    error_set(err, "there is nothing to compare yet: %d of %d stages of '%s' are to do", to_do,
              plan->graph.n, plan->experiment->name);
    return error_hint(err, "reprise run %s --scale %s", plan->experiment->name,
                      plan->experiment->scale);
}

static bool choose_version(const char **version, const Versions *versions, const char *wanted,
                           Arena *arena, Error *err)
{
    if (!wanted && !versions_last_committed(version, versions, arena, err)) return false;
    if (!wanted && *version) return true;
    if (!wanted) {
        error_set(err, "%s: there is no committed version to compare with", versions->folder);
        return error_hint(err, "commit the first one; or name one with --against");
    }
    for (size_t i = 0; i < versions->names.n; i++)
        if (!strcmp(versions->names.text[i], wanted)) {
            *version = versions->names.text[i];
            return true;
        }
    error_usage(err, "%s: there is no version '%s'", versions->folder, wanted);
    return error_hint(err, "%s",
                      spec_suggest(wanted, versions->names.text, versions->names.n, arena));
}

static bool print_comparison(const Numbers *before, const Numbers *after, bool identical,
                             const char *version, const Experiment *experiment, Arena *arena,
                             Error *err)
{
    Comparison comparison;
    Buffer text = buffer_create(arena);
    if (!comparison_make(&comparison, before, after, arena, err) ||
        !comparison_write(&text, &comparison, false, err))
        return false;
    ComparisonVerdict verdict = comparison_overall(&comparison);
    const char *overall = comparison_verdict_words[verdict];
    if (verdict == COMPARISON_IDENTICAL)
        overall = identical ? "identical, bit for bit" : "scores identical; other numbers moved";
    printf("%s at scale %s, against %s:\n%s%s\n", experiment->name, experiment->scale, version,
           text.size ? text.data : "", overall);
    if (!comparison.count[COMPARISON_WORSE]) return true;
    error_set(err, "%s at scale %s is worse than %s in %zu of %zu numbers", experiment->name,
              experiment->scale, version, comparison.count[COMPARISON_WORSE], comparison.n);
    return error_hint(err, "find the change that did it; if it is meant, commit the new version");
}

/* reprise compare EXPERIMENT: what the store holds now against a committed version. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    Outcome outcome;
    Evidence evidence;
    Versions versions;
    const char *version = NULL;
    Numbers before;
    Findings after;
    HashText hash_before, hash_after;
    if (!planned_build(&plan, options->words[0], options, arena, err) || !check_done(&plan, err) ||
        !plan_check_stages(&plan, err) ||
        !versions_list(&versions, options->results, plan.experiment->name, plan.experiment->scale,
                       arena, err) ||
        !choose_version(&version, &versions, options->against, arena, err) ||
        !versions_read(&before, &hash_before, &versions, version, arena, err) ||
        !outcome_read(&outcome, &plan, arena, err) ||
        !version_find(&after, &hash_after, &evidence, &outcome, arena, err))
        return false;
    bool identical = !strcmp(hash_before.text, hash_after.text);
    return print_comparison(&before, &after.numbers, identical, version, plan.experiment, arena,
                            err);
}

const Command command_compare = {
    .name = "compare",
    .arguments = "EXPERIMENT [--scale SCALE] [--against VERSION]",
    .help = "hold the finished stages against a committed result; exit status 1 if worse",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_AGAINST,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};

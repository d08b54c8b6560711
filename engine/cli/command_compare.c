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

/* NULL: there is none, and none was asked for by name. */
static bool choose_version(const char **version, const Versions *versions, const char *wanted,
                           Arena *arena, Error *err)
{
    if (!wanted) return versions_last_committed(version, versions, arena, err);
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

/* `held`: plan_check.h. */
static bool compare(const PlanUnionItem *item, bool *held, const Versions *versions,
                    const char *version, Arena *arena, Error *err)
{
    const Plan *plan = item->plan;
    Outcome outcome;
    Evidence evidence;
    Numbers before;
    Findings after;
    HashText hash_before, hash_after;
    if (!check_done(plan, err) || !plan_check_stages(item, held, err) ||
        !versions_read(&before, &hash_before, versions, version, arena, err) ||
        !outcome_read(&outcome, plan, arena, err) ||
        !version_find(&after, &hash_after, &evidence, &outcome, arena, err))
        return false;
    bool identical = !strcmp(hash_before.text, hash_after.text);
    return print_comparison(&before, &after.numbers, identical, version, plan->experiment, arena,
                            err);
}

/* An experiment of several that has no committed version is passed over; it is an error where no other has any. */
static bool compare_one(bool *compared, const PlanUnionItem *item, bool *held,
                        const Options *options, Arena *arena, Error *err)
{
    const Experiment *experiment = item->plan->experiment;
    Versions versions;
    const char *version = NULL;
    if (!versions_list(&versions, options->results, experiment->name, experiment->scale, arena,
                       err) ||
        !choose_version(&version, &versions, options->against, arena, err))
        return false;
    *compared = version != NULL;
    return !version || compare(item, held, &versions, version, arena, err);
}

static bool nothing_committed(const PlanUnion *all, const char *results, Error *err)
{
    const Experiment *experiment = all->items[0].plan->experiment;
    if (all->n > 1)
        error_set(err, "%s: no experiment has a committed version at scale %s to compare with",
                  results, experiment->scale);
    else
        error_set(err, "%s/%s/%s: there is no committed version to compare with", results,
                  experiment->name, experiment->scale);
    return error_hint(err, "commit the first one; or name one with --against");
}

/* reprise compare EXPERIMENT: what the store holds now against a committed version. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    PlanUnion all;
    int n_compared = 0;
    if (!planned_open(&all, options, arena, err)) return false;
    bool *held = arena_alloc(arena, (size_t)all.graph.n, sizeof *held, err);
    for (int p = 0; held && p < all.n; p++) {
        const Experiment *experiment = all.items[p].plan->experiment;
        Error why = {0};
        bool compared = false;
        if (!compare_one(&compared, &all.items[p], held, options, arena, &why))
            error_add(err, &why);
        else if (!compared && all.n > 1)
            printf("%s at scale %s: no committed version\n", experiment->name, experiment->scale);
        n_compared += compared;
    }
    if (n_compared == 0 && err->n_errors == 0)
        return nothing_committed(&all, options->results, err);
    return err->n_errors == 0;
}

const Command command_compare = {
    .name = "compare",
    .arguments = "EXPERIMENT|all [--scale SCALE] [--against VERSION]",
    .help = "hold finished stages against the committed result, or results; exit status 1 if worse",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_AGAINST |
               OPTION_RESULTS_READ,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};

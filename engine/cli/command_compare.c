#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "cli/sides.h"
#include "cli/terminal.h"
#include "question/experiment_asked.h"
#include "report/page/answer_comparison.h"
#include "result/versions.h"

/* All that is compared, one after the other. */
typedef struct Compared {
    const Options *options;
    const Comparison **comparisons; /* [n] */
    size_t n;
    bool of_stages; /* what was run now, against what is committed */
    Arena *arena;
    Error *err;
} Compared;

/* --- one comparison ---------------------------------------------------------------------------------- */

static bool print(const Compared *compared, const Comparison *comparison, Error *err)
{
    Buffer text = buffer_create(compared->arena);
    const size_t width = compared->options->markdown ? 0 : terminal_width();
    if (compared->options->json) return true;
    if (!answer_comparison(&text, comparison, width, err)) return false;
    printf("%s%s", compared->n > 1 ? "\n" : "", text.data);
    return true;
}

static bool nothing_common(const Comparison *comparison, Error *err)
{
    const ComparisonSide *side = comparison->side;
    error_usage(err, "%s and %s have no number in common that can be compared", side[0].place,
                side[1].place);
    return error_hint(err,
                      "two results with the same cells and tasks: two versions, two scales, or "
                      "experiments of which one extends the other");
}

static bool is_worse(const Comparison *comparison, bool of_stages, Error *err)
{
    const ComparisonSide *side = comparison->side;
    error_set(err, "%s is worse than %s in %zu of %zu numbers", side[1].name, side[0].name,
              comparison->count[COMPARISON_WORSE], comparison->n_compared);
    return of_stages && error_hint(err, "find the change that did it; if it is meant, commit the "
                                        "new version");
}

/* False where B is worse. */
static bool compare(Compared *compared, const ComparisonSide *before, const ComparisonSide *after,
                    Error *err)
{
    Comparison *comparison = arena_alloc(compared->arena, 1, sizeof *comparison, err);
    if (!comparison || !comparison_make(comparison, before, after, compared->arena, err))
        return false;
    compared->comparisons[compared->n++] = comparison;
    if (!print(compared, comparison, err)) return false;
    if (comparison->n_compared == 0 && !comparison->same_numbers)
        return nothing_common(comparison, err);
    return !comparison->count[COMPARISON_WORSE] || is_worse(comparison, compared->of_stages, err);
}

/* --- an experiment's finished stages against its version --------------------------------------------- */

/* NULL: there is none, and none was asked for by name. */
static bool choose_version(const char **version, const Versions *versions, const char *wanted,
                           Arena *arena, Error *err)
{
    if (!wanted) return versions_last_committed(version, versions, arena, err);
    const int place = spec_list_find(&versions->names, wanted);
    if (place >= 0) {
        *version = versions->names.text[place];
        return true;
    }
    error_usage(err, "%s: there is no version '%s'", versions->folder, wanted);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, wanted,
                             versions->names.text, versions->names.n);
}

/* An experiment of several that has no committed version is passed over; it is an error where no other has any. */
static bool compare_stages(bool *found, Compared *compared, const PlanUnionItem *item, bool *held,
                           Error *err)
{
    const Experiment *experiment = item->plan->experiment;
    const Options *options = compared->options;
    Arena *arena = compared->arena;
    Versions versions;
    ComparisonSide before, after;
    const char *version = NULL;
    if (!versions_list(&versions, options->results, experiment->name, experiment->scale, arena,
                       err) ||
        !choose_version(&version, &versions, options->against, arena, err))
        return false;
    *found = version != NULL;
    if (!version) return true;
    const char *folder = file_join(arena, versions.folder, version, err);
    return folder && sides_open_store(&after, item, held, options, arena, err) &&
           sides_open_version(&before, folder, arena, err) &&
           compare(compared, &before, &after, err);
}

static bool nothing_committed(const PlanUnion *all, const Options *options, Arena *arena,
                              Error *err)
{
    const Experiment *experiment = all->items[0].plan->experiment;
    Versions versions;
    if (all->n > 1) {
        error_set(err, "%s: no experiment has a committed version at scale %s to compare with",
                  options->results, experiment->scale);
        return error_hint(err, "commit the first one");
    }
    if (!versions_list(&versions, options->results, experiment->name, experiment->scale, arena,
                       err))
        return false;
    error_set(err, "%s: there is no committed version to compare with", versions.folder);
    if (versions.names.n == 0)
        return experiment_asked_hint(err, experiment->name, experiment->scale,
                                     ", which writes the first one");
    return error_hint(err, "--against %s, which is not committed; or commit it",
                      versions.names.text[versions.names.n - 1]);
}

static bool compare_experiments(Compared *compared)
{
    const Options *options = compared->options;
    Error *err = compared->err;
    PlanUnion all;
    int n_found = 0;
    compared->of_stages = true;
    if (!planned_open(&all, options, compared->arena, err)) return false;
    bool *held = arena_alloc(compared->arena, (size_t)all.graph.n, sizeof *held, err);
    compared->comparisons =
        arena_alloc(compared->arena, (size_t)all.n, sizeof *compared->comparisons, err);
    for (int p = 0; held && compared->comparisons && p < all.n; p++) {
        const Experiment *experiment = all.items[p].plan->experiment;
        Error why = {0};
        bool found = false;
        if (!compare_stages(&found, compared, &all.items[p], held, &why)) error_add(err, &why);
        else if (!found && all.n > 1 && !options->json)
            printf("%s at scale %s: no committed version\n", experiment->name, experiment->scale);
        n_found += found;
    }
    if (n_found == 0 && err->n_errors == 0)
        return nothing_committed(&all, options, compared->arena, err);
    return err->n_errors == 0;
}

/* --- two results ------------------------------------------------------------------------------------- */

static bool compare_two(Compared *compared)
{
    const Options *options = compared->options;
    Arena *arena = compared->arena;
    Error *err = compared->err;
    ComparisonSide before, after;
    if (options->against)
        return error_usage(err, "--against is for one experiment; here both sides are named");
    compared->comparisons = arena_alloc(arena, 1, sizeof *compared->comparisons, err);
    return compared->comparisons && sides_open(&before, options->words[0], options, arena, err) &&
           sides_open(&after, options->words[1], options, arena, err) &&
           compare(compared, &before, &after, err);
}

/* --- the command ------------------------------------------------------------------------------------- */

/* What was compared, whether or not something was worse. */
static bool deliver(const Compared *compared, Error *err)
{
    const Options *options = compared->options;
    Buffer xml = buffer_create(compared->arena);
    if (options->json) {
        Json *json = comparison_json(compared->comparisons, compared->n, compared->arena, err);
        char *printed = json ? json_print(json, compared->arena, err) : NULL;
        if (!printed) return false;
        printf("%s", printed);
    }
    return !options->junit || (comparison_junit(&xml, compared->comparisons, compared->n, err) &&
                               file_write(options->junit, xml.data, xml.size, err));
}

static bool run(const Options *options, Arena *arena, Error *err)
{
    Compared compared = {.options = options, .arena = arena, .err = err};
    Error why = {0};
    if (options->n_words == 1 && sides_is_file_or_version(options->words[0])) {
        error_usage(err, "%s: what is it to be compared with?", options->words[0]);
        return error_hint(err,
                          "reprise compare A B; A alone is an experiment, whose finished stages "
                          "are held against its committed version");
    }
    bool ok = options->n_words == 1 ? compare_experiments(&compared) : compare_two(&compared);
    if (compared.n > 0 && !deliver(&compared, &why)) ok = error_add(err, &why);
    return ok;
}

const Command command_compare = {
    .name = "compare",
    .arguments =
        "EXPERIMENT|all [--scale SCALE] [--against VERSION] | RESULT RESULT  [--junit FILE]",
    .help = "hold finished stages against the committed result, or any two results: versions, "
            "experiments, scales, a result.json of somebody else; exit status 1 if worse",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_AGAINST |
               OPTION_JSON | OPTION_ANSWER | OPTION_RESULTS_READ,
    .min_words = 1,
    .max_words = 2,
    .run = run,
};

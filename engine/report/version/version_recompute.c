#include "report/version/version_recompute.h"

#include <math.h>
#include <string.h>

#include "analysis/analysis.h"
#include "result/result_evidence.h"

typedef struct Checking {
    VersionRecomputed *recomputed;
    const Result *result;
    Arena *arena;
    Error *err;
} Checking;

enum { MOST_LINES = 12 };

/* --- runs ------------------------------------------------------------------------------------------ */

static bool add_line(const Checking *checking, const char *line)
{
    TextList *lines = &checking->recomputed->differences;
    checking->recomputed->n_differences++;
    if (line && lines->n < MOST_LINES) lines->text[lines->n++] = line;
    return line != NULL;
}

/* Test scores from the predictions, in place of those that were noted down; so that what does not follow
 * is seen in each run as well as in all that comes of it. */
static bool score_runs(const Checking *checking, Numbers *numbers, const Evidence *evidence)
{
    NumbersRun *run = numbers->runs.items;
    for (size_t r = 0; r < numbers->runs.n; r++) {
        size_t task = r / (size_t)evidence->n_seeds % (size_t)evidence->n_tasks;
        const EvidenceTask *split = &evidence->tasks[task];
        double noted = run[r].test_score;
        bool degenerate;
        run[r].test_score = split->metric->compute(split->truth, evidence->runs[r].predicted,
                                                   split->n, &degenerate);
        if (run[r].test_score != noted &&
            !add_line(checking,
                      arena_format(checking->arena, checking->err,
                                   "run '%s', '%s', seed %lld: test score %.17g, recomputed %.17g",
                                   run[r].cell, run[r].task, (long long)run[r].seed, noted,
                                   run[r].test_score)))
            return false;
    }
    checking->recomputed->n_runs = numbers->runs.n;
    return true;
}

/* --- lists of findings ----------------------------------------------------------------------------- */

/* A part of the findings as JSON, row by row; NULL on failure. */
static Json *rows_of(const void *part, const SpecTable *table, const char *key,
                     const Checking *checking)
{
    Json *json = spec_write(part, table, true, checking->arena, checking->err);
    Json *list = json ? json_get(json, key) : NULL;
    return list || !json ? list : json_new_list(checking->arena, checking->err);
}

/* Each row as it was noted down. */
static bool check_rows(const Checking *checking, const void *noted, const void *found,
                       const SpecTable *table, const char *key, size_t *n)
{
    Json *old = rows_of(noted, table, key, checking), *new = rows_of(found, table, key, checking);
    if (!old || !new) return false;
    size_t n_rows = json_size(old) > json_size(new) ? json_size(old) : json_size(new);
    for (size_t i = 0; i < n_rows; i++) {
        const Json *a = i < json_size(old) ? json_at(old, i) : NULL;
        const Json *b = i < json_size(new) ? json_at(new, i) : NULL;
        if (a && b && json_same(a, b)) continue;
        char *was = a ? json_canonical(a, checking->arena, checking->err) : "nothing";
        char *is = b ? json_canonical(b, checking->arena, checking->err) : "nothing";
        if (!was || !is ||
            !add_line(checking, arena_format(checking->arena, checking->err,
                                             "%s: %.400s\n    recomputed %.400s", key, was, is)))
            return false;
    }
    *n += json_size(new);
    return true;
}

/* Of claims those on rates are left out where there is no evidence of rates. */
static bool leave_out_rates(const Checking *checking, Significance *tests)
{
    const Experiment *experiment = checking->result->experiment;
    SignificanceClaim *kept =
        arena_alloc(checking->arena, tests->claims.n, sizeof *kept, checking->err);
    const SignificanceClaim *row = tests->claims.items;
    size_t n = 0;
    if (!kept) return false;
    for (size_t i = 0; i < tests->claims.n; i++) {
        bool rate = false;
        for (size_t c = 0; c < experiment->n_claims; c++)
            rate |= !strcmp(experiment->claims[c].id, row[i].id) &&
                    experiment->claims[c].on == CLAIM_ON_RATE;
        if (!rate) kept[n++] = row[i];
    }
    tests->claims = (SpecList){n, kept};
    return true;
}

static bool has_rates(const Evidence *evidence)
{
    for (int i = 0; i < evidence->n_probes; i++)
        if (evidence->probes[i].kind == PROBE_TRAINING_RATE) return true;
    return false;
}

static bool check_findings(const Checking *checking, const Findings *found, bool rates)
{
    VersionRecomputed *recomputed = checking->recomputed;
    const Findings *noted = &checking->result->findings;
    Significance tests = noted->tests;
    size_t ignored = 0;
    recomputed->rates_left_out = !rates && noted->timings.probes.n > 0;
    if (recomputed->rates_left_out && !leave_out_rates(checking, &tests)) return false;
    return check_rows(checking, &noted->numbers, &found->numbers, &numbers_table, "scores",
                      &recomputed->n_scores) &&
           check_rows(checking, &noted->numbers, &found->numbers, &numbers_table, "effects",
                      &recomputed->n_effects) &&
           check_rows(checking, &noted->numbers, &found->numbers, &numbers_table, "claims",
                      &recomputed->n_claims) &&
           check_rows(checking, &noted->numbers, &found->numbers, &numbers_table, "probes",
                      &recomputed->n_probes) &&
           (!noted->tests.method || /* older results have none */
            (check_rows(checking, &tests, &found->tests, &significance_table, "claims", &ignored) &&
             check_rows(checking, &tests, &found->tests, &significance_table, "effects",
                        &ignored))) &&
           (recomputed->rates_left_out ||
            (check_rows(checking, &noted->timings, &found->timings, &timings_table, "probes",
                        &recomputed->n_probes) &&
             check_rows(checking, &noted->timings, &found->timings, &timings_table, "claims",
                        &recomputed->n_claims)));
}

/* --- the whole ------------------------------------------------------------------------------------- */

/* Lists that are filled anew do not touch those of the result. */
static bool copy_runs(Findings *found, const Checking *checking)
{
    const SpecList *runs = &checking->result->numbers->runs;
    NumbersRun *run = arena_alloc(checking->arena, runs->n, sizeof *run, checking->err);
    if (!run) return false;
    if (runs->n) memcpy(run, runs->items, runs->n * sizeof *run);
    *found = checking->result->findings;
    found->numbers.runs.items = run;
    found->numbers.scores = found->numbers.effects = (SpecList){0};
    found->numbers.claims = found->numbers.probes = (SpecList){0};
    return true;
}

bool version_recompute(VersionRecomputed *recomputed, const Result *result, Error *err)
{
    const Checking checking = {recomputed, result, result->arena, err};
    Evidence evidence;
    Findings found;
    *recomputed = (VersionRecomputed){0};
    recomputed->differences.text = arena_alloc(result->arena, MOST_LINES, sizeof(char *), err);
    if (!recomputed->differences.text || !result_evidence_read(&evidence, result, err) ||
        !copy_runs(&found, &checking) || !score_runs(&checking, &found.numbers, &evidence) ||
        !analysis_make(&found, result->experiment, &evidence, result->arena, err))
        return false;
    return check_findings(&checking, &found, has_rates(&evidence));
}

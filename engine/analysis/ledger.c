#include "analysis/ledger.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "analysis/claims.h"
#include "result/result_document.h"
#include "result/result_file.h"
#include "result/versions.h"

typedef struct Reading {
    const char *results, *experiments;
    LedgerRow *rows; /* [capacity], in the order in which they are met */
    size_t n, capacity;
    Arena *arena;
    Error *err;
} Reading;

static LedgerRow *add_row(Reading *reading, const ExperimentClaim *claim, const char *experiment)
{
    if (reading->n == reading->capacity) {
        size_t capacity = 2 * reading->capacity + 16;
        LedgerRow *rows = arena_alloc(reading->arena, capacity, sizeof *rows, reading->err);
        if (!rows) return NULL;
        if (reading->n) memcpy(rows, reading->rows, reading->n * sizeof *rows);
        reading->rows = rows;
        reading->capacity = capacity;
    }
    LedgerRow *row = &reading->rows[reading->n++];
    *row = (LedgerRow){.claim = claim, .experiment = experiment, .p = (double)NAN};
    return row;
}

/* --- results --------------------------------------------------------------------------------------- */

static void take_verdicts(LedgerRow *row, const Result *file)
{
    const Findings *findings = &file->findings;
    const ExperimentClaim *claim = row->claim;
    row->machine = claim->on == CLAIM_ON_RATE;
    const SpecList *list = row->machine ? &findings->timings.claims : &findings->numbers.claims;
    const NumbersClaim *verdict = list->items;
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(verdict[i].id, claim->id) != 0) continue;
        if (row->whole) { /* the one before was not the last: a task's */
            const SignificanceClaim *test =
                significance_claim(&findings->tests, claim->id, row->whole->task);
            row->n_tasks++;
            row->n_supported +=
                (test ? test->verdict : row->whole->verdict) == (int)VERDICT_SUPPORTED;
        }
        row->whole = &verdict[i];
    }
    if (!row->whole) return;
    const SignificanceClaim *test =
        significance_claim(&findings->tests, claim->id, row->whole->task);
    if (!test) return;
    row->p = test->p;
    row->caveats = test->caveats;
}

static bool read_result(Reading *reading, const char *name, const char *scale)
{
    Versions versions;
    Result file;
    if (!versions_list(&versions, reading->results, name, scale, reading->arena, reading->err))
        return false;
    if (!versions.names.n) return true;
    const char *version = versions.names.text[versions.names.n - 1];
    char *path =
        versions_path(&versions, version, RESULT_DOCUMENT_FILE, reading->arena, reading->err);
    if (!path || !result_file_read(&file, path, reading->arena, reading->err)) return false;
    const ExperimentClaim *claim = file.experiment->claims;
    for (size_t i = 0; i < file.experiment->n_claims; i++) {
        LedgerRow *row = add_row(reading, &claim[i], name);
        if (!row) return false;
        row->scale = scale;
        row->version = version;
        take_verdicts(row, &file);
    }
    return true;
}

static bool read_results(Reading *reading)
{
    char **names, **scales;
    size_t n_names, n_scales;
    if (!file_is_folder(reading->results)) return true;
    if (!file_list(&names, &n_names, reading->results, reading->arena, reading->err)) return false;
    for (size_t i = 0; i < n_names; i++) {
        char *folder = file_join(reading->arena, reading->results, names[i], reading->err);
        if (!folder) return false;
        if (!file_is_folder(folder)) continue;
        if (!file_list(&scales, &n_scales, folder, reading->arena, reading->err)) return false;
        for (size_t k = 0; k < n_scales; k++)
            if (!read_result(reading, names[i], scales[k])) return false;
    }
    return true;
}

/* --- experiments without results ------------------------------------------------------------------- */

static bool has_result(const Reading *reading, const char *experiment, const char *id)
{
    for (size_t i = 0; i < reading->n; i++)
        if (!strcmp(reading->rows[i].experiment, experiment) &&
            !strcmp(reading->rows[i].claim->id, id))
            return true;
    return false;
}

/* The experiment's own claims; those that it inherits stand under the one it extends. */
static bool read_experiment(Reading *reading, const char *name)
{
    char *path =
        arena_format(reading->arena, reading->err, "%s/%s.json", reading->experiments, name);
    SpecList claims;
    Json *document = path ? json_parse_file(path, reading->arena, reading->err) : NULL;
    if (!document ||
        !result_file_read_claims(&claims, document, path, reading->arena, reading->err))
        return false;
    const ExperimentClaim *claim = claims.items;
    for (size_t i = 0; i < claims.n; i++)
        if (!has_result(reading, name, claim[i].id) && !add_row(reading, &claim[i], name))
            return false;
    return true;
}

static bool read_experiments(Reading *reading)
{
    TextList names;
    if (!experiment_folder_names(&names, reading->experiments, reading->arena, reading->err))
        return false;
    for (size_t i = 0; i < names.n; i++)
        if (!read_experiment(reading, names.text[i])) return false;
    return true;
}

/* --- the ledger ------------------------------------------------------------------------------------ */

/* Rows of one claim together. */
static bool group_rows(Ledger *ledger, Reading *reading)
{
    LedgerRow *rows = arena_alloc(reading->arena, reading->n, sizeof *rows, reading->err);
    bool *taken = arena_alloc(reading->arena, reading->n, sizeof *taken, reading->err);
    if (!rows || !taken) return false;
    *ledger = (Ledger){.rows = rows};
    for (size_t i = 0; i < reading->n; i++)
        for (size_t k = i; k < reading->n; k++) {
            bool same = !strcmp(reading->rows[i].claim->id, reading->rows[k].claim->id);
            if (!same || taken[k]) continue;
            rows[ledger->n++] = reading->rows[k];
            taken[k] = true;
        }
    return true;
}

bool ledger_read(Ledger *ledger, const char *results, const char *experiments, Arena *arena,
                 Error *err)
{
    Reading reading = {.results = results, .experiments = experiments, .arena = arena, .err = err};
    return read_results(&reading) && read_experiments(&reading) && group_rows(ledger, &reading);
}

#include "report/version/version.h"

#include <string.h>

#include "base/file.h"
#include "report/figure/figures.h"
#include "report/version/version_curves.h"
#include "report/version/version_draw.h"
#include "report/version/version_find.h"
#include "report/version/version_provenance.h"
#include "result/result_document.h"
#include "result/result_evidence.h"
#include "result/result_file.h"
#include "result/result_words.h"
#include "result/runs.h"
#include "result/versions.h"

/* --- the files that all others are drawn from -------------------------------------------------------- */

static bool write_text(const Result *result, const char *name, const Buffer *text, Error *err)
{
    char *path = file_join(result->arena, result->folder, name, err);
    return path && file_write(path, text->data, text->size, err);
}

static bool write_tables_of_values(const Result *result, Error *err)
{
    Buffer runs = buffer_create(result->arena), curves = buffer_create(result->arena);
    return runs_write(&runs, result->numbers, err) && write_text(result, RUNS_FILE, &runs, err) &&
           curves_write(&curves, &result->curves, result->numbers, err) &&
           write_text(result, CURVES_FILE, &curves, err);
}

/* *hash: of the file. */
static bool write_evidence(HashText *hash, const Result *result, const Evidence *evidence,
                           Error *err)
{
    char *path = file_join(result->arena, result->folder, EVIDENCE_FILE, err);
    return path &&
           evidence_write(path, evidence, result->experiment, result->numbers, result->arena,
                          err) &&
           hash_file(hash, path, err);
}

static bool take_models(SpecList *models, const Outcome *outcome, const Numbers *numbers,
                        Arena *arena, Error *err)
{
    ResultModel *model = arena_alloc(arena, (size_t)outcome->n_cells, sizeof *model, err);
    *models = (SpecList){0, model};
    for (int c = 0; model && c < outcome->n_cells; c++) {
        const OutcomePretrain *pretrain = &outcome->pretrains[c];
        if (numbers_first_cell(numbers, c) == c)
            model[models->n++] = (ResultModel){.cell = numbers->cells.text[c],
                                               .bits_per_byte = pretrain->held_out_bits_per_byte,
                                               .sample = pretrain->sample.left_to_right,
                                               .gibbs = pretrain->sample.gibbs,
                                               .gibbs_sweeps = pretrain->sample.gibbs_sweeps};
    }
    return model != NULL;
}

bool version_gather(Result *result, const Outcome *outcome, const Findings *findings, Arena *arena,
                    Error *err)
{
    *result =
        (Result){.experiment = outcome->plan->experiment, .findings = *findings, .arena = arena};
    result->numbers = &result->findings.numbers;
    return version_provenance(&result->provenance, outcome, arena, err) &&
           take_models(&result->models, outcome, result->numbers, arena, err) &&
           version_curves(&result->curves, outcome, result->numbers, arena, err);
}

/* --- the folder -------------------------------------------------------------------------------------- */

/* Drawn from what can be read of it, so that it can be drawn so again. */
static bool draw(const char *folder, Arena *arena, Error *err)
{
    Result result;
    return result_read(&result, folder, arena, err) && version_draw(&result, folder, err) &&
           version_draw_plot(&result, folder, err);
}

static const char PART[] = ".part"; /* at the end of the name of a version that is not complete */

/* Beside the versions, under a name that is not one's; renamed when complete. */
static bool write_version(VersionWritten *written, Result *result, const Evidence *evidence,
                          Error *err)
{
    HashText hash;
    Arena *arena = result->arena;
    char *folder = arena_format(arena, err, "%s%s", written->folder, PART);
    if (!folder) return false;
    result->version = written->version;
    result->folder = folder;
    result->evidence_sha256 = hash.text;
    written->dirty = result->provenance.dirty;
    return file_remove_tree(folder, err) && file_make_folder(folder, err) &&
           write_evidence(&hash, result, evidence, err) && result_file_write(result, err) &&
           write_tables_of_values(result, err) && draw(folder, arena, err) &&
           file_rename(folder, written->folder, err);
}

/* The newest version with the same numbers. */
static bool find_same(VersionWritten *written, const HashText *hash, const Versions *versions,
                      Arena *arena, Error *err)
{
    for (size_t i = versions->names.n; i-- > 0;) {
        Numbers numbers;
        HashText other;
        if (!versions_read(&numbers, &other, versions, versions->names.text[i], arena, err))
            return false;
        if (strcmp(other.text, hash->text) != 0) continue;
        written->reproduced = true;
        written->version = versions->names.text[i];
        return true;
    }
    return true;
}

static bool hold_against_previous(VersionWritten *written, const ComparisonSide *now,
                                  const Versions *versions, Arena *arena, Error *err)
{
    if (!versions->names.n) return true;
    written->previous = versions->names.text[versions->names.n - 1];
    Result *previous = arena_alloc(arena, 1, sizeof *previous, err);
    ComparisonSide before = {.result = previous};
    char *document = versions_path(versions, written->previous, RESULT_DOCUMENT_FILE, arena, err);
    return previous && document && result_read_document(previous, document, arena, err) &&
           result_evidence_find(&before.evidence, previous, err) &&
           comparison_make(&written->moved, &before, now, arena, err);
}

/* --- what is reproduced ------------------------------------------------------------------------------ */

/* result.json with today's words. NULL in *changed: they are what stands there. */
static Json *take_words(const char **changed, const VersionWritten *written, const Outcome *outcome,
                        Arena *arena, Error *err)
{
    HashText unused;
    Provenance provenance = {0};
    char *path = file_join(arena, written->folder, RESULT_DOCUMENT_FILE, err);
    Json *document = path ? result_document_read(&unused, path, arena, err) : NULL;
    return document && version_provenance_data(&provenance, outcome->plan, arena, err) &&
                   result_words_take(changed, document, outcome->plan->experiment, &provenance,
                                     arena, err)
               ? document
               : NULL;
}

/* Everything is drawn before the words are told apart no more: one that is cut off is done again. */
static bool reword(VersionWritten *written, const Outcome *outcome, Arena *arena, Error *err)
{
    Result result;
    const Json *document = take_words(&written->reworded, written, outcome, arena, err);
    if (!document || !written->reworded) return document != NULL;
    char *part = arena_format(arena, err, "%s%s", written->folder, PART);
    char *own = file_join(arena, written->folder, RESULT_DOCUMENT_FILE, err);
    char *figures = file_join(arena, written->folder, FIGURES_FOLDER, err);
    return part && own && figures && json_write_file(part, document, arena, err) &&
           result_read_as(&result, written->folder, part, arena, err) &&
           version_draw_describe(&result, &outcome->plan->places.data, err) &&
           file_remove_tree(figures, err) && version_draw(&result, written->folder, err) &&
           version_draw_plot(&result, written->folder, err) && file_rename(part, own, err);
}

/* Versions of before there was evidence get it when they are reproduced. Rates that were measured again are not
 * those of the version, and so no evidence for it. */
static bool add_evidence(VersionWritten *written, const Evidence *evidence, Arena *arena,
                         Error *err)
{
    Result result;
    HashText unused;
    char *path = file_join(arena, written->folder, EVIDENCE_FILE, err);
    if (!path) return false;
    if (file_exists(path)) return true;
    Evidence lasting = *evidence;
    lasting.n_probes = 0;
    lasting.probes = arena_alloc(arena, (size_t)evidence->n_probes, sizeof *lasting.probes, err);
    if (!lasting.probes) return false;
    for (int i = 0; i < evidence->n_probes; i++)
        if (evidence->probes[i].kind != PROBE_TRAINING_RATE)
            lasting.probes[lasting.n_probes++] = evidence->probes[i];
    written->added = EVIDENCE_FILE;
    return result_read(&result, written->folder, arena, err) &&
           write_evidence(&unused, &result, &lasting, err) && result_file_seal(&result, err);
}

/* What other processes wrote meanwhile counts: the versions are read here. */
static bool find_place(VersionWritten *written, Versions *versions, const HashText *hash,
                       const Experiment *experiment, const char *results, Arena *arena, Error *err)
{
    if (!versions_list(versions, results, experiment->name, experiment->scale, arena, err) ||
        !find_same(written, hash, versions, arena, err))
        return false;
    if (!written->reproduced) written->version = versions_next(versions, arena, err);
    if (!written->version) return false;
    written->folder = arena_format(arena, err, "%s/%s", versions->folder, written->version);
    return written->folder != NULL;
}

/* What writers left that were killed. */
static bool remove_leftovers(const Versions *versions, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    if (!file_list(&names, &n, versions->folder, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        const char *end = strstr(names[i], PART);
        char *path = file_join(arena, versions->folder, names[i], err);
        if (!path) return false;
        if (end && !end[strlen(PART)] && !file_remove_tree(path, err)) return false;
    }
    return true;
}

/* All that a version is made from. */
typedef struct Draft {
    const Outcome *outcome;
    Findings findings;
    Evidence evidence;
    HashText hash;
} Draft;

static bool write_locked(VersionWritten *written, Versions *versions, const Draft *draft,
                         const char *results, Arena *arena, Error *err)
{
    const Experiment *experiment = draft->outcome->plan->experiment;
    if (!remove_leftovers(versions, arena, err) ||
        !find_place(written, versions, &draft->hash, experiment, results, arena, err))
        return false;
    if (written->reproduced)
        return (add_evidence(written, &draft->evidence, arena, err) &&
                reword(written, draft->outcome, arena, err)) ||
               error_wrap(err, "completing the result %s", written->folder);
    Result *result = arena_alloc(arena, 1, sizeof *result, err);
    return (result && version_gather(result, draft->outcome, &draft->findings, arena, err) &&
            hold_against_previous(written, &(ComparisonSide){result, &draft->evidence, NULL, NULL},
                                  versions, arena, err) &&
            write_version(written, result, &draft->evidence, err)) ||
           error_wrap(err, "writing the result %s", written->folder);
}

/* Nothing is written where nothing is missing, and then nobody is waited for. */
static bool lacks_nothing(bool *nothing, const VersionWritten *written, const Outcome *outcome,
                          Arena *arena, Error *err)
{
    const char *changed;
    *nothing = false;
    if (!written->reproduced) return true;
    char *path = file_join(arena, written->folder, EVIDENCE_FILE, err);
    if (!path || !take_words(&changed, written, outcome, arena, err)) return false;
    *nothing = file_exists(path) && !changed;
    return true;
}

bool version_write(VersionWritten *written, const Outcome *outcome, const char *results,
                   Arena *arena, Error *err)
{
    Draft draft = {.outcome = outcome};
    Versions versions;
    Lock lock;
    bool nothing;
    *written = (VersionWritten){0};
    if (!version_find(&draft.findings, &draft.hash, &draft.evidence, outcome, arena, err) ||
        !find_place(written, &versions, &draft.hash, outcome->plan->experiment, results, arena,
                    err) ||
        !lacks_nothing(&nothing, written, outcome, arena, err))
        return false;
    if (nothing) return true;
    if (!versions_lock(&lock, versions.folder, arena, err)) return false;
    *written = (VersionWritten){0};
    bool ok = write_locked(written, &versions, &draft, results, arena, err);
    lock_give_back(&lock);
    return ok;
}

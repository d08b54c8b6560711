#include "cli/sides.h"

#include <string.h>

#include "base/file.h"
#include "cli/planned.h"
#include "experiment/plan_check.h"
#include "question/experiment_asked.h"
#include "report/version/version.h"
#include "report/version/version_find.h"
#include "result/result_document.h"
#include "result/result_evidence.h"
#include "result/versions.h"

static const char STORE[] = "store";

/* --- finished stages -------------------------------------------------------------------------------- */

static bool check_done(const Plan *plan, Error *err)
{
    const int to_do = plan_count(plan).to_do;
    const Experiment *experiment = plan->experiment;
    if (!to_do) return true;
    error_set(err, "there is nothing to compare yet: %d of %d stages of '%s' are to do", to_do,
              plan->graph.n, experiment->name);
    return experiment_asked_hint(err, experiment->name, experiment->scale, "");
}

bool sides_open_store(ComparisonSide *side, const PlanUnionItem *item, bool *held,
                      const Options *options, Arena *arena, Error *err)
{
    const Plan *plan = item->plan;
    Outcome outcome;
    Findings findings;
    HashText hash;
    Evidence *evidence = arena_alloc(arena, 1, sizeof *evidence, err);
    Result *result = arena_alloc(arena, 1, sizeof *result, err);
    if (!evidence || !result || !check_done(plan, err) || !plan_check_stages(item, held, err) ||
        !outcome_read(&outcome, plan, arena, err) ||
        !version_find(&findings, &hash, evidence, &outcome, arena, err) ||
        !version_gather(result, &outcome, &findings, arena, err))
        return false;
    result->numbers_hash = hash;
    *side = (ComparisonSide){result, evidence,
                             arena_format(arena, err, "%s at scale %s, finished stages",
                                          plan->experiment->name, plan->experiment->scale),
                             options->store};
    return side->name != NULL;
}

static bool open_stages(ComparisonSide *side, const char *name, const char *scale,
                        const Options *options, Arena *arena, Error *err)
{
    PlanUnion *all = arena_alloc(arena, 1, sizeof *all, err);
    const char **words = arena_alloc(arena, 1, sizeof *words, err);
    Options asked = *options;
    if (!all || !words) return false;
    words[0] = name;
    asked.words = words;
    asked.n_words = 1;
    asked.scale = scale;
    if (!planned_open(all, &asked, arena, err)) return false;
    bool *held = arena_alloc(arena, (size_t)all->graph.n, sizeof *held, err);
    return held && sides_open_store(side, &all->items[0], held, options, arena, err);
}

/* --- files ------------------------------------------------------------------------------------------ */

static bool open_document(ComparisonSide *side, const char *document, const char *place,
                          Arena *arena, Error *err)
{
    Result *result = arena_alloc(arena, 1, sizeof *result, err);
    if (!result || !result_read_document(result, document, arena, err)) return false;
    const Experiment *experiment = result->experiment;
    *side =
        (ComparisonSide){.result = result,
                         .name = arena_format(arena, err, "%s at scale %s, %s", experiment->name,
                                              experiment->scale, result->version),
                         .place = place};
    return side->name != NULL;
}

bool sides_open_version(ComparisonSide *side, const char *folder, Arena *arena, Error *err)
{
    const char *document = file_join(arena, folder, RESULT_DOCUMENT_FILE, err);
    return document && open_document(side, document, folder, arena, err) &&
           result_evidence_find(&side->evidence, side->result, err);
}

/* One that others sent: what lies beside it is not taken for its own unless it has the usual name. */
static bool open_file(ComparisonSide *side, const char *path, Arena *arena, Error *err)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return open_document(side, path, path, arena, err) &&
           (strcmp(name, RESULT_DOCUMENT_FILE) != 0 ||
            result_evidence_find(&side->evidence, side->result, err));
}

static bool open_last(ComparisonSide *side, const Versions *versions, Arena *arena, Error *err)
{
    const char *folder =
        file_join(arena, versions->folder, versions->names.text[versions->names.n - 1], err);
    return folder && sides_open_version(side, folder, arena, err);
}

/* --- words ------------------------------------------------------------------------------------------ */

/* NAME/SCALE@WHICH in its parts. */
typedef struct Named {
    const char *name, *scale;
    const char *which; /* NULL: the last version */
} Named;

static bool split(Named *named, const char *word, const Options *options, Arena *arena, Error *err)
{
    const char *at = strrchr(word, '@'), *slash = strchr(word, '/');
    const size_t size = at ? (size_t)(at - word) : strlen(word);
    char *rest = arena_text_span(arena, word, size, err);
    if (!rest) return false;
    *named = (Named){rest, options->scale, at ? at + 1 : NULL};
    if (!slash || slash >= word + size) return true;
    rest[slash - word] = '\0';
    named->scale = rest + (slash - word) + 1;
    return true;
}

static bool no_version(const Named *named, const Versions *versions, Arena *arena, Error *err)
{
    const size_t n = versions->names.n;
    const char **known = arena_alloc(arena, n + 1, sizeof *known, err);
    if (!known) return false;
    if (n) memcpy(known, versions->names.text, n * sizeof *known);
    known[n] = STORE;
    error_usage(err, "%s: there is no version '%s'", versions->folder, named->which);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, named->which, known, n + 1);
}

/* An experiment that only has not been run at the scale, one that is called nearly so, or what there is at all. */
static bool nothing_named(const char *word, const Named *named, const Versions *versions,
                          const char *results, Arena *arena, Error *err)
{
    char **names, *own = file_join(arena, results, named->name, err);
    size_t n = 0;
    if (!own || (file_is_folder(results) && !file_list(&names, &n, results, arena, err)))
        return false;
    error_usage(err, "%s: is no result, and %s has no version", word, versions->folder);
    if (*named->name && file_is_folder(own))
        return experiment_asked_hint(err, named->name, named->scale, "");
    const char *near = n ? spec_suggest_nearest(named->name, (const char *const *)names, n) : NULL;
    if (near) return error_hint(err, "'%s'", near);
    return error_hint(err, "a version (results/NAME/SCALE/v001, NAME@v001), the last one of an "
                           "experiment (NAME, NAME/SCALE), its finished stages (NAME@store), or a "
                           "result.json");
}

static bool open_named(ComparisonSide *side, const char *word, const Options *options, Arena *arena,
                       Error *err)
{
    Named named;
    Versions versions;
    if (!split(&named, word, options, arena, err)) return false;
    if (named.which && !strcmp(named.which, STORE))
        return open_stages(side, named.name, named.scale, options, arena, err);
    if (!versions_list(&versions, options->results, named.name, named.scale, arena, err))
        return false;
    if (versions.names.n == 0)
        return nothing_named(word, &named, &versions, options->results, arena, err);
    if (!named.which) return open_last(side, &versions, arena, err);
    if (spec_list_find(&versions.names, named.which) < 0)
        return no_version(&named, &versions, arena, err);
    const char *folder = file_join(arena, versions.folder, named.which, err);
    return folder && sides_open_version(side, folder, arena, err);
}

/* *opened: the folder is one of results. */
static bool open_folder(bool *opened, ComparisonSide *side, const char *folder, Arena *arena,
                        Error *err)
{
    Versions versions;
    const char *document = file_join(arena, folder, RESULT_DOCUMENT_FILE, err);
    if (!document || !versions_list_in(&versions, folder, arena, err)) return false;
    *opened = file_exists(document) || versions.names.n > 0;
    return file_exists(document)  ? sides_open_version(side, folder, arena, err)
           : versions.names.n > 0 ? open_last(side, &versions, arena, err)
                                  : true;
}

bool sides_open(ComparisonSide *side, const char *word, const Options *options, Arena *arena,
                Error *err)
{
    bool opened = false;
    if (file_exists(word) && !file_is_folder(word)) return open_file(side, word, arena, err);
    if (file_is_folder(word) && !open_folder(&opened, side, word, arena, err)) return false;
    return opened || open_named(side, word, options, arena, err);
}

bool sides_is_file_or_version(const char *word)
{
    return strpbrk(word, "@/") != NULL;
}

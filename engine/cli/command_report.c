#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/answered.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "analysis/ledger.h"
#include "question/experiment_asked.h"
#include "report/figure/figure.h"
#include "report/paper/paper.h"
#include "report/version/version_draw.h"
#include "report/version/version_recompute.h"
#include "result/evidence.h"
#include "result/result_document.h"
#include "result/result_file.h"
#include "result/versions.h"

/* --out FILE, or the terminal. */
static bool deliver(const Options *options, const char *text, Error *err)
{
    if (options->out) return file_write(options->out, text, strlen(text), err);
    printf("%s", text);
    return true;
}

static bool report_claims(const Options *options, Arena *arena, Error *err)
{
    Ledger ledger;
    Buffer text = buffer_create(arena);
    if (!ledger_read(&ledger, options->results, options->experiments, arena, err)) return false;
    if (options->json) {
        Json *json = ledger_json(&ledger, arena, err);
        char *printed = json ? json_print(json, arena, err) : NULL;
        return printed && deliver(options, printed, err);
    }
    const size_t width = options->markdown || options->out ? 0 : terminal_width();
    return (width ? ledger_terminal(&text, &ledger, width, err)
                  : ledger_markdown(&text, &ledger, err)) &&
           deliver(options, text.data, err);
}

/* It has not been run, or there is none that is called so. */
static bool no_result(const char *folder, const Options *options, Arena *arena, Error *err)
{
    const char *name = options->words[0];
    TextList known;
    if (!experiment_folder_names(&known, options->experiments, arena, err)) return false;
    if (spec_list_find(&known, name) >= 0) {
        error_usage(err, "%s: there is no result yet", folder);
        return experiment_asked_hint(err, name, options->scale, "");
    }
    error_usage(err, "%s: there is no result, and no experiment '%s'", folder, name);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, name, known.text, known.n);
}

/* What the last version says. */
static bool report_last(const Options *options, Arena *arena, Error *err)
{
    const char *name = options->words[0];
    Versions versions;
    if (options->json)
        return error_usage(err, "--json is for 'reprise report claims'; the numbers of an "
                                "experiment are in its result.json");
    if (!versions_list(&versions, options->results, name, options->scale, arena, err)) return false;
    if (!versions.names.n) return no_result(versions.folder, options, arena, err);
    const char *version = versions.names.text[versions.names.n - 1];
    const char *folder = arena_format(arena, err, "%s/%s", versions.folder, version);
    Buffer text = buffer_create(arena);
    const bool markdown = options->markdown || options->out;
    return folder && buffer_format(&text, err, "%s\n", folder) &&
           answered_write(&text, folder, markdown, options, err) &&
           deliver(options, text.data, err);
}

/* --- of one version, from its own files ---------------------------------------------------------- */

static bool read_version(Result *result, const Options *options, Arena *arena, Error *err)
{
    const char *folder = options->words[1];
    if (folder && file_is_folder(folder)) return result_read(result, folder, arena, err);
    error_usage(err, "reprise report %s: '%s' is no folder", options->words[0],
                folder ? folder : "");
    error_hint(err, "name a version: results/NAME/SCALE/v001");
    return false;
}

/* For the version's own folder several processes wait as for the versions beside it; for another, for itself. */
static bool redraw(const Result *result, const char *out, Arena *arena, Error *err)
{
    Lock lock;
    const char *folder = out ? out : result->folder;
    const char *turn = out ? out : file_join(arena, result->folder, "..", err);
    if (!turn || !versions_lock(&lock, turn, arena, err)) return false;
    bool done = version_draw(result, folder, err) && version_draw_plot(result, folder, err);
    lock_give_back(&lock);
    return done;
}

static bool report_redraw(const Options *options, Arena *arena, Error *err)
{
    Result result;
    PlanPlaces places = options_places(options);
    if (!read_version(&result, options, arena, err) || !figure_check(err)) return false;
    if (!version_draw_describe(&result, &places.data, err) ||
        !redraw(&result, options->out, arena, err))
        return error_wrap(err, "drawing %s again", result.folder);
    printf("drawn from the files of %s: %s/README.md\n", result.folder,
           options->out ? options->out : result.folder);
    return true;
}

/* Results of before hashes of the evidence were noted down get theirs once everything follows from it. */
static bool seal(const Result *result, Error *err)
{
    if (result->evidence_sha256) return true;
    if (!result_file_seal(result, err)) return false;
    printf("%s did not say the hash of %s: it was added\n", RESULT_DOCUMENT_FILE, EVIDENCE_FILE);
    return true;
}

static bool report_recompute(const Options *options, Arena *arena, Error *err)
{
    Result result;
    VersionRecomputed recomputed;
    if (!read_version(&result, options, arena, err) ||
        !version_recompute(&recomputed, &result, err))
        return false;
    printf("%s: %zu runs, %zu scores, %zu effects, %zu curves and %zu verdicts recomputed from "
           "%s\n",
           result.folder, recomputed.n_runs, recomputed.n_scores, recomputed.n_effects,
           recomputed.n_probes, recomputed.n_claims, EVIDENCE_FILE);
    if (recomputed.rates_left_out)
        printf(
            "training rates, and the verdicts on them, are of a machine: there is no evidence\n");
    for (size_t i = 0; i < recomputed.differences.n; i++)
        printf("  %s\n", recomputed.differences.text[i]);
    if (!recomputed.n_differences) {
        printf("all as in %s, bit for bit\n", RESULT_DOCUMENT_FILE);
        return seal(&result, err);
    }
    error_set(err, "%s: %zu values do not follow from %s", result.folder, recomputed.n_differences,
              EVIDENCE_FILE);
    return error_hint(err, "git diff %s: take back what was changed", result.folder);
}

/* --- the paper ------------------------------------------------------------------------------------ */

static bool report_paper(const Options *options, Arena *arena, Error *err)
{
    const PlanPlaces known = options_places(options);
    const PaperPlaces places = {
        .results = options->results,
        .experiments = options->experiments,
        .data = known.data,
        .scale = options->scale_given ? options->scale : NULL,
        .out = options->out ? options->out : "build/paper/generated",
    };
    if (!paper_write(&places, arena, err)) return false;
    printf("numbers, tables and figures of the paper: %s\n", places.out);
    return true;
}

/* --- the command --------------------------------------------------------------------------------- */

/* No experiment is called as these are. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    static const struct {
        const char *word;
        bool (*run)(const Options *options, Arena *arena, Error *err);
        int n_words;
    } kinds[] = {{"claims", report_claims, 1},
                 {"redraw", report_redraw, 2},
                 {"recompute", report_recompute, 2},
                 {"paper", report_paper, 1}};
    const char *word = options->words[0];
    size_t i = 0, n = sizeof kinds / sizeof *kinds;
    while (i < n && strcmp(kinds[i].word, word) != 0) i++;
    if (options->n_words == (i < n ? kinds[i].n_words : 1))
        return i < n ? kinds[i].run(options, arena, err) : report_last(options, arena, err);
    error_usage(err, "reprise report %s takes %s", word,
                i < n && kinds[i].n_words == 2 ? "one version" : "no other word");
    return error_hint(err, "reprise report --help");
}

const Command command_report = {
    .name = "report",
    .arguments = "EXPERIMENT [--scale SCALE] | claims [--json] | redraw FOLDER | recompute FOLDER"
                 " | paper  [--out FILE]",
    .help =
        "print what the last result says, or the verdicts on all claims; redraw a version from "
        "its files, or recompute its numbers from its evidence; write what the paper is made of",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_JSON | OPTION_OUT | OPTION_ANSWER |
               OPTION_RESULTS_READ,
    .min_words = 1,
    .max_words = 2,
    .run = run,
};

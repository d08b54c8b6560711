#include "cli/options.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/wrap.h"
#include "cli/installed.h"
#include "question/experiment_set.h"

#define MAX_COUNT 1e9

/* clang-format off */
#define ROW(name, group, type, member, help) {name, group, type, offsetof(Options, member), MAX_COUNT, help}
#define ROW_UP_TO(most, name, group, type, member, help) {name, group, type, offsetof(Options, member), most, help}
static const Option rows[] = {
    ROW("--scale", OPTION_SCALE, OPTION_SCALE_NAME, scale, "how big to ask: tiny, small, published, paper (default tiny)"),
    ROW("--set", OPTION_SCALE, OPTION_MANY, set, "PATH=VALUE: another setting, such as finetune.epochs=5; once for each"),
    ROW("--experiments", OPTION_PLACES, OPTION_FOLDER, experiments, "folder of specs (experiments)"),
    ROW("--datasets", OPTION_PLACES, OPTION_FOLDER, datasets, "folder of manifests (datasets)"),
    ROW("--store", OPTION_PLACES, OPTION_FOLDER, store, "folder of finished stages (build/store, or REPRISE_STORE)"),
    ROW("--data", OPTION_PLACES, OPTION_FOLDER, data, "folder of downloads (build/data)"),
    ROW("--mirror", OPTION_PLACES, OPTION_FOLDER, mirror, "folder or URL searched first (REPRISE_MIRROR)"),
    ROW("--results", OPTION_PLACES, OPTION_FOLDER, results, "folder of results (results)"),
    ROW_UP_TO(PARALLEL_MAX_THREADS, "--threads", OPTION_THREADS, OPTION_COUNT, threads, "threads (0: all cores); changes no number"),
    ROW_UP_TO(PARALLEL_MAX_THREADS, "--jobs", OPTION_JOBS, OPTION_COUNT, jobs, "processes that share stages and threads (0: one a thread); changes no number"),
    ROW("--kernels", OPTION_KERNELS, OPTION_KERNEL_NAME, kernels, "fast, or plain: the definitions"),
    ROW("--json", OPTION_JSON, OPTION_FLAG, json, "print JSON for programs"),
    ROW("--json", OPTION_LINES_JSON, OPTION_FLAG, json, "a JSON object a line for programs: progress, log lines, results"),
    ROW("--quiet", OPTION_QUIET, OPTION_FLAG, quiet, "print nothing but what was found and errors"),
    ROW("--watch", OPTION_WATCH, OPTION_FLAG, watch, "show the progress of a run in another terminal until it ends (with --json in lines)"),
    ROW("--markdown", OPTION_ANSWER, OPTION_FLAG, markdown, "what was found as Markdown, which it is elsewhere than at a terminal"),
    ROW("--markdown", OPTION_REFERENCE, OPTION_FLAG, markdown, "the reference as Markdown (the default)"),
    ROW("--schema", OPTION_REFERENCE, OPTION_FLAG, schema, "the JSON Schema of experiments, for editors"),
    ROW("--scale-schema", OPTION_REFERENCE, OPTION_FLAG, scale_schema, "the JSON Schema of scales"),
    ROW("--prompt", OPTION_SAMPLING, OPTION_TEXT, prompt, "text to go on from"),
    ROW("--tokens", OPTION_SAMPLING, OPTION_COUNT, tokens, "tokens to sample (100)"),
    ROW("--temperature", OPTION_SAMPLING, OPTION_REAL, temperature, "0: always the likeliest (0.8)"),
    ROW("--top-k", OPTION_SAMPLING, OPTION_COUNT, top_k, "sample among the k likeliest; 0: all (40)"),
    ROW("--sample-seed", OPTION_SAMPLING, OPTION_COUNT, sample_seed, "seed of the samples (1)"),
    ROW("--gibbs", OPTION_SAMPLING, OPTION_COUNT, gibbs,
        "sweeps over all tokens, each guessed from both sides; 0: left to right (0)"),
    ROW("--checkpoint", OPTION_SAMPLING, OPTION_FILE, checkpoint, "weights file instead of the final one"),
    ROW("--cell", OPTION_MODEL | OPTION_SAMPLING, OPTION_CELL, cell, "cell of the experiment (the first that has such a model)"),
    ROW("--cell", OPTION_EXPORT, OPTION_CELL, cell, "cell of the experiment (all; for a server the first)"),
    ROW("--cell", OPTION_PREDICT | OPTION_SPLIT | OPTION_DISAGREE, OPTION_CELL, cell, "cell of the experiment (the first)"),
    ROW("--against", OPTION_DISAGREE, OPTION_CELL, against, "cell that it is held against (the first other one)"),
    ROW("--task", OPTION_MODEL | OPTION_SAMPLING, OPTION_TASK, task, "task whose fine-tuned model is meant, not the language model"),
    ROW("--task", OPTION_DISAGREE, OPTION_TASK, task, "task (all)"),
    ROW("--task", OPTION_PREDICT, OPTION_TASK, task, "task whose fine-tuned model answers (the only one)"),
    ROW("--seed", OPTION_EXPORT, OPTION_COUNT, run_seed, "seed of the fine-tuning (all; for a server the first)"),
    ROW("--seed", OPTION_MODEL | OPTION_SAMPLING, OPTION_COUNT, run_seed, "seed of the fine-tuning (the first)"),
    ROW("--seed", OPTION_PREDICT, OPTION_COUNT, run_seed, "seed of the fine-tuning (all, whose probabilities are averaged)"),
    ROW("--file", OPTION_PREDICT, OPTION_FILE, file, "file of texts, a row each, in the place of arguments or standard input"),
    ROW("--format", OPTION_PREDICT, OPTION_TEXT, format, "how the rows stand there: tsv, csv or jsonl (by the file's name or first letter)"),
    ROW("--out", OPTION_EXPORT | OPTION_DISAGREE, OPTION_FOLDER, out, "folder to write to (build/predictions/EXPERIMENT/SCALE)"),
    ROW("--out", OPTION_MODEL, OPTION_FOLDER, out, "folder to write to, empty or not there"),
    ROW("--out", OPTION_CURVES, OPTION_FOLDER, out, "folder to write to (build/tensorboard/EXPERIMENT/SCALE)"),
    ROW("--out", OPTION_OUT, OPTION_FILE, out, "file to write to instead of printing"),
    ROW("--rows", OPTION_SPLIT, OPTION_DATASET, rows, "data set whose rows are counted in tokens"),
    ROW("--lines", OPTION_SPLIT, OPTION_FILE, lines, "file of texts, each a JSON text on a line of its own; answers so, too"),
    ROW("--against", OPTION_AGAINST, OPTION_VERSION, against, "version to compare with, such as v002 (the last)"),
    ROW("--junit", OPTION_AGAINST, OPTION_FILE, junit, "file to write JUnit's XML to, for CI"),
    ROW("--name", OPTION_OWN, OPTION_TEXT, own.name, "what the data set is called (as the file)"),
    ROW("--text", OPTION_OWN, OPTION_TEXT, own.text, "column with the text: its name, or its number from 1 (found by looking)"),
    ROW("--text-b", OPTION_OWN, OPTION_TEXT, own.text_b, "column with the second text of a pair"),
    ROW("--label", OPTION_OWN, OPTION_TEXT, own.label, "column with the label, or with the number that is estimated"),
    ROW("--form", OPTION_OWN, OPTION_TEXT, own.form, "classification, entailment, similarity, regression"),
    ROW("--header", OPTION_OWN, OPTION_TEXT, own.header, "yes or no: the first line names the columns"),
    ROW("--delimiter", OPTION_OWN, OPTION_TEXT, own.delimiter, "between columns: comma, semicolon, tab, bar, or the character"),
    ROW("--encoding", OPTION_OWN, OPTION_TEXT, own.encoding, "utf-8, latin-1, windows-1252, utf-16"),
    ROW("--title", OPTION_OWN, OPTION_TEXT, own.title, "full name, for people"),
    ROW("--licence", OPTION_OWN, OPTION_TEXT, own.licence, "its terms (not stated)"),
    ROW("--home", OPTION_OWN, OPTION_TEXT, own.home, "its home page (none)"),
    ROW("--replace", OPTION_OWN, OPTION_FLAG, own.replace, "a data set of this name that is there"),
    ROW("--look", OPTION_OWN, OPTION_FLAG, own.look, "say what is found, and write nothing"),
};
/* clang-format on */
enum { N_ROWS = sizeof rows / sizeof *rows };

const Option *options_find(unsigned known, const char *word)
{
    for (int i = 0; i < N_ROWS; i++)
        if (rows[i].group & known && !strcmp(rows[i].name, word)) return &rows[i];
    return NULL;
}

const Option *options_row(unsigned known, int place)
{
    for (int i = 0; i < N_ROWS; i++)
        if (rows[i].group & known && place-- == 0) return &rows[i];
    return NULL;
}

const char *options_value(const Option *option)
{
    static const char *const words[] = {
        [OPTION_TEXT] = "TEXT",        [OPTION_FOLDER] = "FOLDER",
        [OPTION_FILE] = "FILE",        [OPTION_CELL] = "CELL",
        [OPTION_SCALE_NAME] = "SCALE", [OPTION_TASK] = "TASK",
        [OPTION_DATASET] = "DATASET",  [OPTION_VERSION] = "VERSION",
        [OPTION_COUNT] = "N",          [OPTION_REAL] = "X",
        [OPTION_MANY] = "PATH=VALUE",  [OPTION_KERNEL_NAME] = "KERNELS",
        [OPTION_FLAG] = NULL,
    };
    return words[option->type];
}

static bool unknown(const char *word, unsigned known, Arena *arena, Error *err)
{
    const char *names[N_ROWS];
    size_t n = 0;
    for (int i = 0; i < N_ROWS; i++)
        if (rows[i].group & known) names[n++] = rows[i].name;
    error_usage(err, "unknown option '%s'", word);
    const char *equals = strchr(word, '=');
    const char *name = equals ? arena_text_span(arena, word, (size_t)(equals - word), err) : NULL;
    if (name && options_find(known, name))
        return error_hint(err, "'%s %s': a value stands behind a space", name, equals + 1);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, name ? name : word, names,
                             n);
}

/* A number of at least 0 that the whole of `text` says. */
static bool read_number(double *value, const Option *option, const char *text, Error *err)
{
    char *end;
    *value = strtod(text, &end);
    bool is_whole = option->type == OPTION_REAL || *value == floor(*value);
    if (end != text && *end == '\0' && is_whole && *value >= 0 && *value <= option->most)
        return true;
    return error_usage(err, "%s '%s': expected %s from 0 to %.0f", option->name, text,
                       option->type == OPTION_REAL ? "a number" : "a whole number", option->most);
}

/* What begins otherwise would not be seen to be a setting, behind the scale's name. */
static bool add_setting(TextList *settings, const char *value, Error *err)
{
    if (!isalpha((unsigned char)*value)) {
        error_usage(err, "--set '%s': begins with no field's name", value);
        return error_hint(err, "--set finetune.epochs=5");
    }
    settings->text[settings->n++] = value;
    return true;
}

/* The members are of different types: each kind of option says which. */
static bool set_value(Options *options, const Option *option, const char *value, Error *err)
{
    void *member = (char *)options + option->offset;
    double number;
    switch (option->type) {
    case OPTION_TEXT:
    case OPTION_FOLDER:
    case OPTION_FILE:
    case OPTION_SCALE_NAME:
    case OPTION_CELL:
    case OPTION_TASK:
    case OPTION_DATASET:
    case OPTION_VERSION: *(const char **)member = value; return true;
    case OPTION_MANY: return add_setting(member, value, err);
    case OPTION_REAL:
        if (!read_number(&number, option, value, err)) return false;
        *(double *)member = number;
        return true;
    case OPTION_COUNT:
        if (!read_number(&number, option, value, err)) return false;
        *(int64_t *)member = (int64_t)number;
        return true;
    case OPTION_KERNEL_NAME:
        *(const Kernels **)member = kernels_find(value);
        return options->kernels ||
               error_usage(err, "--kernels '%s': expected 'fast' or 'plain'", value);
    case OPTION_FLAG: break;
    }
    return false;
}

static const char usual_scale[] = "tiny";

static bool set_defaults(Options *options, unsigned known, Arena *arena, Error *err)
{
    const char *store = getenv("REPRISE_STORE");
    const char *mirror = getenv("REPRISE_MIRROR");
    *options = (Options){
        .scale = usual_scale,
        .experiments = installed_folder("experiments", arena, err),
        .datasets = installed_folder("datasets", arena, err),
        .store = store && *store ? store : "build/store",
        .data = "build/data",
        .mirror = mirror && *mirror ? mirror : NULL,
        .results =
            known & OPTION_RESULTS_READ ? installed_folder("results", arena, err) : "results",
        .kernels = &kernels_fast,
        .jobs = 0,
        .tokens = 100,
        .top_k = 40,
        .sample_seed = 1,
        .run_seed = -1,
        .temperature = 0.8,
        .prompt = "the",
    };
    return options->experiments && options->datasets && options->results;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Behind the scale's name (question/experiment_set.h), the same name in whatever order they are given. */
static bool add_settings(Options *options, Arena *arena, Error *err)
{
    qsort(options->set.text, options->set.n, sizeof *options->set.text, compare_texts);
    for (size_t i = 0; i < options->set.n; i++) {
        options->scale = arena_format(arena, err, "%s%c%s", options->scale, EXPERIMENT_SET_MARK,
                                      options->set.text[i]);
        if (!options->scale) return false;
    }
    return true;
}

bool options_read(Options *options, unsigned known, int argc, char **argv, Arena *arena, Error *err)
{
    if (!set_defaults(options, known, arena, err)) return false;
    options->words = arena_alloc(arena, (size_t)argc + 1, sizeof(char *), err);
    options->set.text = arena_alloc(arena, (size_t)argc, sizeof(char *), err);
    if (!options->words || !options->set.text) return false;
    bool words_only = false;
    for (int i = 0; i < argc; i++) {
        if (!words_only && !strcmp(argv[i], OPTIONS_END)) {
            words_only = true;
            continue;
        }
        if (words_only || strncmp(argv[i], "--", 2) != 0) {
            options->words[options->n_words++] = argv[i];
            continue;
        }
        const Option *option = options_find(known, argv[i]);
        if (!option) {
            unknown(argv[i], known, arena, err);
        } else if (option->type == OPTION_FLAG) {
            *(bool *)((char *)options + option->offset) = true;
        } else if (i + 1 == argc) {
            error_usage(err, "%s needs a value: %s", option->name, option->help);
        } else if (!set_value(options, option, argv[++i], err)) {
            continue; /* recorded; go on, to report every error */
        }
    }
    if (!add_settings(options, arena, err)) return false;
    options->scale_given = options->scale != usual_scale;
    return err->n_errors == 0;
}

/* Folders, which are seldom asked for, behind all others. */
bool options_describe(Buffer *text, unsigned known, size_t width, Error *err)
{
    enum { INDENT = 18 };
    for (int folders = 0; folders < 2; folders++)
        for (int i = 0; i < N_ROWS; i++) {
            const bool is_folder = rows[i].group == OPTION_PLACES;
            char name[INDENT + 1];
            if (!(rows[i].group & known) || is_folder != (folders == 1)) continue;
            snprintf(name, sizeof name, "  %s", rows[i].name);
            if (!wrap_add(text, name, rows[i].help, INDENT, width, err)) return false;
        }
    return true;
}

PlanPlaces options_places(const Options *options)
{
    return (PlanPlaces){
        .experiments = options->experiments,
        .store = options->store,
        .data = {.manifests = options->datasets,
                 .downloads = options->data,
                 .mirror = options->mirror},
    };
}

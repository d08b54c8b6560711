#include "cli/completion.h"

#include <string.h>

#include "base/control.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/log.h"
#include "cli/usage.h"
#include "result/versions.h"

/* A line that is being typed. */
typedef struct Line {
    Buffer *lines;
    const char *typed; /* of the last word */
    Options options;   /* that stand before it, and the words */
} Line;

/* The candidate as it is, for shells quote it themselves: what would end its field or line cannot be completed. */
static bool add(Line *line, const char *candidate, const char *help, Error *err)
{
    if (strncmp(candidate, line->typed, strlen(line->typed)) != 0) return true;
    if (control_find(candidate, false)) return true;
    return buffer_add_text(line->lines, candidate, err) &&
           buffer_add_char(line->lines, '\t', err) && escape_tsv(line->lines, help, err) &&
           buffer_add_char(line->lines, '\n', err);
}

static bool ask_shell(Line *line, const char *what, Error *err)
{
    return buffer_format(line->lines, err, "%s\n", what);
}

static bool add_names(Line *line, const TextList *names, const char *help, Error *err)
{
    for (size_t i = 0; i < names->n; i++)
        if (!add(line, names->text[i], help, err)) return false;
    return true;
}

/* --- names from folders -------------------------------------------------------------------------- */

/* The title in FOLDER/NAME.json; empty: it has none that can be read. */
static const char *title_of(const char *folder, const char *name, Arena *arena)
{
    Error unread = {0};
    const char *path = arena_format(arena, &unread, "%s/%s.json", folder, name);
    const Json *json = path ? json_parse_file(path, arena, &unread) : NULL;
    const bool readable = json && json_type(json) == JSON_OBJECT_VALUE;
    const char *title = readable ? json_get_text(json, "title") : NULL;
    return title ? title : "";
}

static bool add_titled(Line *line, const TextList *names, const char *folder, Error *err)
{
    for (size_t i = 0; i < names->n; i++)
        if (!add(line, names->text[i], title_of(folder, names->text[i], line->lines->arena), err))
            return false;
    return true;
}

static bool add_experiments(Line *line, Error *err)
{
    TextList names;
    return experiment_folder_names(&names, line->options.experiments, line->lines->arena, err) &&
           add_titled(line, &names, line->options.experiments, err);
}

static bool add_scales(Line *line, Error *err)
{
    TextList names;
    const char *folder = file_join(line->lines->arena, line->options.experiments, "scales", err);
    return folder &&
           experiment_folder_scales(&names, line->options.experiments, line->lines->arena, err) &&
           add_titled(line, &names, folder, err);
}

static bool add_datasets(Line *line, Error *err)
{
    char **names;
    size_t n;
    const DatasetPlaces places = options_places(&line->options).data;
    if (!dataset_names(&names, &n, &places, line->lines->arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        const char *title = title_of(line->options.datasets, names[i], line->lines->arena);
        if (!add(line, names[i], title, err)) return false;
    }
    return true;
}

/* --- of the experiment on the line --------------------------------------------------------------- */

static bool load(Experiment *experiment, const Line *line, Error *err)
{
    const Options *options = &line->options;
    return options->n_words > 0 && experiment_load(experiment, options->words[0], options->scale,
                                                   options->experiments, line->lines->arena, err);
}

static bool add_cells(Line *line, Error *err)
{
    Experiment experiment;
    if (!load(&experiment, line, err)) return false;
    for (size_t c = 0; c < experiment.n_cells; c++)
        if (!add(line, experiment.cells[c].name, "cell", err)) return false;
    return true;
}

static bool add_tasks(Line *line, Error *err)
{
    Experiment experiment;
    return load(&experiment, line, err) && add_names(line, &experiment.tasks, "task", err);
}

static bool add_versions(Line *line, Error *err)
{
    const Options *options = &line->options;
    Versions versions;
    return options->n_words > 0 &&
           versions_list(&versions, options->results, options->words[0], options->scale,
                         line->lines->arena, err) &&
           add_names(line, &versions.names, versions.folder, err);
}

/* --- kinds of words ------------------------------------------------------------------------------- */

static bool add_kernels(Line *line, Error *err)
{
    return add(line, kernels_fast.name, "", err) &&
           add(line, kernels_plain.name, "the definitions", err);
}

static bool ask_folders(Line *line, Error *err)
{
    return ask_shell(line, COMPLETION_FOLDERS, err);
}

static bool ask_files(Line *line, Error *err)
{
    return ask_shell(line, COMPLETION_FILES, err);
}

/* A path, or the last of an experiment (sides.h). */
static bool add_results(Line *line, Error *err)
{
    return strchr(line->typed, '/') ? ask_files(line, err) : add_experiments(line, err);
}

/* What usage lines and options call it. Other kinds have no candidates. */
static bool add_kind(Line *line, const char *kind, Error *err)
{
    static const struct {
        const char *kind;
        bool (*add)(Line *line, Error *err);
    } rows[] = {
        {"EXPERIMENT", add_experiments},
        {"RESULT", add_results},
        {"SCALE", add_scales},
        {"DATASET", add_datasets},
        {"CELL", add_cells},
        {"TASK", add_tasks},
        {"VERSION", add_versions},
        {"KERNELS", add_kernels},
        {"FOLDER", ask_folders},
        {"FILE", ask_files},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].kind, kind)) return rows[i].add(line, err);
    return true;
}

/* --- what stands where ---------------------------------------------------------------------------- */

static bool add_options(Line *line, unsigned known, Error *err)
{
    const Option *option;
    for (int i = 0; (option = options_row(known, i)); i++)
        if (!add(line, option->name, option->help, err)) return false;
    return add(line, "--help", "what the command does, and its options", err);
}

static bool add_commands(Line *line, const Command *const *list, Error *err)
{
    for (int i = 0; list[i]; i++)
        if (!add(line, command_word(list[i]), list[i]->help, err)) return false;
    return *line->typed != '-' || add_options(line, 0, err);
}

/* A word, or where there is none to come an option. */
static bool add_words(Line *line, const Command *command, Error *err)
{
    TextList words;
    const size_t before = line->lines->size;
    if (!usage_words(&words, command->arguments, command->options, line->options.words,
                     line->options.n_words, line->lines->arena, err))
        return false;
    for (size_t i = 0; i < words.n; i++)
        if (!(usage_is_kind(words.text[i]) ? add_kind(line, words.text[i], err)
                                           : add(line, words.text[i], "", err)))
            return false;
    return line->lines->size > before || *line->typed || add_options(line, command->options, err);
}

/* Wrong ones are passed over. */
static bool read_options(Line *line, const Command *command, const char *const *words, int n,
                         Error *err)
{
    Error wrong = {0};
    char **copy = arena_alloc(line->lines->arena, (size_t)n + 1, sizeof *copy, err);
    for (int i = 0; copy && i < n; i++) {
        copy[i] = arena_text(line->lines->arena, words[i], err);
        if (!copy[i]) return false;
    }
    return copy &&
           (options_read(&line->options, command->options, n, copy, line->lines->arena, &wrong) ||
            line->options.words);
}

/* Behind the command's name: n words, the last of which is typed. */
static bool add_arguments(Line *line, const Command *command, const char *const *words, int n,
                          Error *err)
{
    const Option *option = n > 1 ? options_find(command->options, words[n - 2]) : NULL;
    const char *value = option ? options_value(option) : NULL;
    if (!read_options(line, command, words, n - 1, err)) return false;
    if (value) return add_kind(line, value, err);
    if (*line->typed == '-') return add_options(line, command->options, err);
    return add_words(line, command, err);
}

static bool add_candidates(Line *line, const Command *const *commands, const char *const *words,
                           int n, Error *err)
{
    if (n == 1)
        return add_commands(line, commands, err) &&
               (*line->typed != '-' || add(line, "--version", command_version.help, err));
    const Command *command = command_find(commands, words[0]);
    if (!command) return true;
    if (!command->forms) return add_arguments(line, command, words + 1, n - 1, err);
    if (n == 2) return add_commands(line, command->forms, err);
    command = command_find(command->forms, words[1]);
    return !command || add_arguments(line, command, words + 2, n - 2, err);
}

bool completion_write(Buffer *lines, const Command *const *commands, const char *const *words,
                      int n, Error *err)
{
    Error unread = {0};
    Line line = {lines, n > 0 ? words[n - 1] : "", {0}};
    if (!buffer_add_text(lines, "", err)) return false;
    if (n > 0 && !add_candidates(&line, commands, words, n, &unread))
        log_detail("no candidates: %s", unread.text);
    return true;
}

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "cli/terminal.h"
#include "experiment/predict_words.h"

/* Of the command: the experiment, a context and as many answers as anybody writes there. */
enum { MOST_WORDS = 64 };

/* --- what is asked -------------------------------------------------------------------------------- */

static bool read_texts(DatasetTexts *texts, const char *path, Arena *arena, Error *err)
{
    char *bytes = NULL;
    *texts = (DatasetTexts){.origin = path ? path : "standard input"};
    if (!(path ? file_read(&bytes, &texts->size, path, arena, err)
               : file_read_input(&bytes, &texts->size, arena, err)))
        return false;
    texts->bytes = bytes;
    return true;
}

static bool choose_format(DatasetTexts *texts, const Options *options, Arena *arena, Error *err)
{
    static const char *const words[] = {"tsv", "csv", "jsonl"};
    static const RowsFormat formats[] = {ROWS_TSV, ROWS_CSV, ROWS_JSON_LINES};
    enum { N = sizeof words / sizeof *words };
    const char *asked = options->format;
    texts->format = dataset_texts_format(options->file, texts->bytes, texts->size);
    if (!asked) return true;
    for (int i = 0; i < N; i++)
        if (!strcmp(words[i], asked)) {
            texts->format = formats[i];
            return true;
        }
    error_usage(err, "--format '%s': there is no such format", asked);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, asked, words, N);
}

/* Before anything is computed: what is missing, and what contradicts itself. */
static bool check_source(const Options *options, Error *err)
{
    const bool given = options->n_words > 1;
    if (given && (options->file || options->format))
        return error_usage(err, "texts are given, and --%s as well: one of them at a time",
                           options->file ? "file" : "format");
    if (given || options->file || !isatty(STDIN_FILENO)) return true;
    error_usage(err, "there is no text to answer");
    return error_hint(err, "\"a text\" in quotes, --file FILE, or texts through a pipe");
}

static bool read_examples(Examples *examples, const StageTask *task, const Options *options,
                          Arena *arena, Error *err)
{
    DatasetTexts texts = {0};
    if (options->n_words > 1)
        return dataset_texts_given(examples, options->words + 1, (size_t)options->n_words - 1,
                                   task->info->form, arena, err) ||
               error_wrap(err, "asking about task '%s'", task->name);
    return read_texts(&texts, options->file, arena, err) &&
           choose_format(&texts, options, arena, err) &&
           dataset_texts(examples, task->dataset, &texts, arena, err);
}

/* --- who answers ---------------------------------------------------------------------------------- */

static bool tell_who(const PredictModels *models, const Options *options, Arena *arena, Error *err)
{
    Buffer seeds = buffer_create(arena);
    for (size_t s = 0; s < models->n; s++)
        if (!buffer_format(&seeds, err, "%s%lld", s ? ", " : "", (long long)models->model[s].seed))
            return false;
    log_info("%s at scale %s: '%s' on %s, %s %s", options->words[0], options->scale,
             models->cell->name, models->task->name, models->n > 1 ? "mean of seeds" : "seed",
             seeds.data);
    return true;
}

static bool print(const PredictWords *said, const Options *options, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    const size_t width = terminal_columns();
    if (!(options->json ? predict_words_json(&text, said, err)
          : width       ? predict_words_terminal(&text, said, width, err)
                        : predict_words_tsv(&text, said, err)))
        return false;
    fputs(text.data, stdout);
    return true;
}

/* reprise predict EXPERIMENT: what a fine-tuned model answers. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    PredictModels models;
    PredictAnswers answers;
    Examples examples;
    const PlanModelChoice choice = {options->cell, options->task, options->run_seed};
    if (!check_source(options, err) ||
        !planned_build(&plan, options->words[0], options, arena, err) ||
        !predict_find(&models, &plan, &choice, arena, err) ||
        !read_examples(&examples, models.task, options, arena, err))
        return false;
    terminal_be_brief();
    return tell_who(&models, options, arena, err) &&
           predict_examples(&answers, &models, &examples, arena, err) &&
           print(&(PredictWords){&models, &answers}, options, arena, err);
}

const Command command_predict = {
    .name = "predict",
    .arguments = "EXPERIMENT [--scale SCALE] [--task TASK] [--cell CELL] [--seed N] "
                 "[\"text\" [\"text\"] | --file FILE] [--json]",
    .help = "say what a fine-tuned model answers to texts: arguments, a file, or standard input",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_JSON |
               OPTION_PREDICT,
    .min_words = 1,
    .max_words = MOST_WORDS,
    .run = run,
};

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/columns.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "cli/tokenizers.h"
#include "model/architecture.h"
#include "task/row_tokens.h"

static void print_ids(const TokenList *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) printf(i ? " %d" : "%d", tokens->ids[i]);
    putchar('\n');
}

static void print_tokens(const Tokenizer *tokenizer, const TokenList *tokens)
{
    for (size_t i = 0; i < tokens->n; i++)
        printf(i ? " %s" : "%s", tokenizer_token(tokenizer, tokens->ids[i]));
    putchar('\n');
}

static bool show_text(const Tokenizer *tokenizer, const char *text, Arena *arena, Error *err)
{
    TokenList tokens;
    if (!tokenizer_encode(&tokens, tokenizer, text, strlen(text), arena, err)) return false;
    char *normal = tokenizer_normalize(text, strlen(text), tokenizer_rules(tokenizer), arena, err);
    if (!normal) return false;
    puts(normal);
    print_tokens(tokenizer, &tokens);
    print_ids(&tokens);
    return true;
}

/* One line of the file, a JSON text: its words and ids as a line of JSON. */
static bool show_line(const Tokenizer *tokenizer, const char *line, size_t size, const char *origin,
                      Arena *arena, Error *err)
{
    TokenList tokens;
    Json *text = json_parse_text(line, size, origin, arena, err);
    if (!text) return false;
    if (json_type(text) != JSON_TEXT_VALUE) {
        error_set(err, "%s: is no JSON text", origin);
        error_hint(err, "\"a text in quotes\"");
        return false;
    }
    const char *bytes = json_text(text);
    if (!tokenizer_encode(&tokens, tokenizer, bytes, strlen(bytes), arena, err)) return false;
    Json *answer = json_new_object(arena, err), *ids = json_new_list(arena, err);
    for (size_t i = 0; ids && i < tokens.n; i++)
        if (!json_add(ids, json_new_integer(tokens.ids[i], arena, err), err)) return false;
    char *normal =
        tokenizer_normalize(bytes, strlen(bytes), tokenizer_rules(tokenizer), arena, err);
    if (!answer || !ids || !normal ||
        !json_set(answer, "words", json_new_text(normal, arena, err), err) ||
        !json_set(answer, "ids", ids, err))
        return false;
    char *printed = json_canonical(answer, arena, err);
    if (printed) puts(printed);
    return printed != NULL;
}

static bool show_file(const Tokenizer *tokenizer, const char *path, Arena *arena, Error *err)
{
    char *bytes;
    size_t size;
    if (!file_read(&bytes, &size, path, arena, err)) return false;
    size_t number = 1;
    for (size_t begin = 0, end; begin < size; begin = end + 1, number++) {
        const char *newline = memchr(bytes + begin, '\n', size - begin);
        end = newline ? (size_t)(newline - bytes) : size;
        ArenaMark mark = arena_mark(arena);
        const char *origin = arena_format(arena, err, "%s:%zu", path, number);
        if (!origin || !show_line(tokenizer, bytes + begin, end - begin, origin, arena, err))
            return false;
        arena_reset(arena, mark);
    }
    return true;
}

/* --- how many tokens rows are ---------------------------------------------------------------------- */

/* What stands there of a data set's split; at a terminal what finds room there. */
typedef struct Count {
    const char *head;
    bool at_terminal;
} Count;
static const Count counts_shown[] = {
    {"rows", true}, {"mean", true},    {"median", false}, {"95 %", true},
    {"most", true}, {"unknown", true}, {"tokens", false}, {"bytes a token", false},
};
enum { N_COUNTS = sizeof counts_shown / sizeof *counts_shown };

static bool is_shown(int count)
{
    return counts_shown[count].at_terminal || terminal_columns() == 0;
}

static bool begin_columns(Columns *columns, Arena *arena, Error *err)
{
    size_t n = 2;
    for (int i = 0; i < N_COUNTS; i++) n += is_shown(i);
    *columns = columns_create(n, arena);
    if (!columns_add(columns, "data set", err) || !columns_add(columns, "split", err)) return false;
    for (int i = 0; i < N_COUNTS; i++)
        if (is_shown(i) && !columns_add(columns, counts_shown[i].head, err)) return false;
    return true;
}

static bool add_counts(Columns *columns, const char *name, const char *split,
                       const RowTokens *counts, Error *err)
{
    const double rows = (double)counts->rows, tokens = (double)counts->tokens;
    const struct {
        double value;
        int digits;
    } values[N_COUNTS] = {{rows, 0},
                          {tokens / rows, 1},
                          {(double)counts->median, 0},
                          {(double)counts->most_of_95, 0},
                          {(double)counts->longest, 0},
                          {(double)counts->unknown, 0},
                          {tokens, 0},
                          {tokens > 0 ? (double)counts->bytes / tokens : 0, 2}};
    if (!columns_add(columns, name, err) || !columns_add(columns, split, err)) return false;
    for (int i = 0; i < N_COUNTS; i++)
        if (is_shown(i) && !columns_format(columns, err, "%.*f", values[i].digits, values[i].value))
            return false;
    return true;
}

static bool count_split(Columns *columns, const Tokenizer *tokenizer, const Dataset *dataset,
                        DatasetSplit split, Arena *scratch, Error *err)
{
    Examples examples;
    RowTokens counts;
    return dataset_examples(&examples, dataset, split, scratch, err) &&
           row_tokens_examples(&counts, tokenizer, &examples, scratch, err) &&
           add_counts(columns, dataset_info(dataset)->name, dataset_split_words[split], &counts,
                      err);
}

static bool count_corpus(Columns *columns, const Tokenizer *tokenizer, const Dataset *dataset,
                         Arena *scratch, Error *err)
{
    Documents documents;
    RowTokens counts;
    return dataset_documents(&documents, dataset, scratch, err) &&
           row_tokens_documents(&counts, tokenizer, &documents, scratch, err) &&
           add_counts(columns, dataset_info(dataset)->name, "documents", &counts, err);
}

static bool count_dataset(Columns *columns, const Tokenizer *tokenizer, const Dataset *dataset,
                          Arena *scratch, Error *err)
{
    const DatasetForm form = dataset_info(dataset)->form;
    if (form == DATASET_CORPUS) return count_corpus(columns, tokenizer, dataset, scratch, err);
    if (!dataset_form_is_labelled(form)) {
        error_usage(err, "data set '%s' is of form '%s' and has no text",
                    dataset_info(dataset)->name, dataset_form_words[form]);
        return error_hint(err, "a corpus or labelled rows: `reprise data list` shows them");
    }
    for (int split = 0; split < N_SPLITS; split++) {
        if (dataset_rows(dataset, (DatasetSplit)split) == 0) continue;
        const ArenaMark mark = arena_mark(scratch);
        const bool ok = count_split(columns, tokenizer, dataset, (DatasetSplit)split, scratch, err);
        arena_reset(scratch, mark);
        if (!ok) return false;
    }
    return true;
}

/* --rows, or the experiment's tasks. */
static bool count_datasets(Columns *columns, const NamedTokenizer *named, const Options *options,
                           Arena *scratch, Error *err)
{
    const DatasetPlaces places = options_places(options).data;
    if (options->rows) {
        const Dataset *dataset = dataset_open(options->rows, &places, columns->arena, err);
        return dataset && count_dataset(columns, named->tokenizer, dataset, scratch, err);
    }
    for (int t = 0; t < named->plan.n_tasks; t++)
        if (!count_dataset(columns, named->tokenizer, named->plan.tasks[t].dataset, scratch, err))
            return false;
    return true;
}

static void tell_which(const NamedTokenizer *named, const Options *options)
{
    const int n_tokens = tokenizer_n_tokens(named->tokenizer);
    if (!named->cell) {
        log_info("%s: %d tokens", options->words[0], n_tokens);
        return;
    }
    const SpecEntryChoice *model = &named->cell->settings->model;
    log_info("%s at scale %s, '%s': %d tokens; the model's context is %d of them",
             options->words[0], options->scale, named->cell->name, n_tokens,
             architecture_of(model)->shape(model->spec).n_context);
}

static bool show_counts(const NamedTokenizer *named, const Options *options, Arena *arena,
                        Error *err)
{
    Buffer text = buffer_create(arena);
    Columns columns;
    Arena *scratch = arena_create("rows", err);
    terminal_be_brief();
    const bool ok = scratch && begin_columns(&columns, arena, err) &&
                    count_datasets(&columns, named, options, scratch, err) &&
                    columns_write(&text, &columns, terminal_columns(), err);
    arena_destroy(scratch);
    if (!ok) return false;
    tell_which(named, options);
    fputs(text.data, stdout);
    return true;
}

/* --- the command ----------------------------------------------------------------------------------- */

/* A text, a file of texts, a data set, or the data sets of the experiment. */
static bool check_asked(const Options *options, Error *err)
{
    const int n = (options->n_words == 2) + (options->lines != NULL) + (options->rows != NULL);
    if (n <= 1) return true;
    return error_usage(err, "a text, --lines FILE, --rows DATASET: one of them at a time");
}

/* reprise tokenizer NAME TEXT: how a text is cut, or how many tokens rows are. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    NamedTokenizer named;
    if (!check_asked(options, err) ||
        !tokenizers_find(&named, options->words[0], options, arena, err))
        return false;
    if (options->lines) return show_file(named.tokenizer, options->lines, arena, err);
    if (options->n_words == 2) return show_text(named.tokenizer, options->words[1], arena, err);
    if (options->rows || named.plan.n_tasks > 0) return show_counts(&named, options, arena, err);
    return error_usage(err, "give a text, --lines FILE or --rows DATASET");
}

const Command command_tokenizer = {
    .name = "tokenizer",
    .arguments = "EXPERIMENT|DATASET|FOLDER [--scale SCALE] [TEXT | --lines FILE | --rows DATASET]",
    .help = "show how a tokenizer splits and encodes a text, or how many tokens the rows of data "
            "sets are",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_SPLIT,
    .min_words = 1,
    .max_words = 2,
    .run = run,
};

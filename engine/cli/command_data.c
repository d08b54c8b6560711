#include <stdio.h>

#include "base/columns.h"
#include "cli/data_add.h"
#include "cli/terminal.h"
#include "text/tokenizer.h"

/* Those whose manifests are right; what is wrong with others is told at the end. */
static bool list(const DatasetPlaces *places, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    Columns columns = columns_create(3, arena);
    Buffer text = buffer_create(arena);
    if (!dataset_names(&names, &n, places, arena, err) || !columns_add(&columns, "data set", err) ||
        !columns_add(&columns, "form", err) || !columns_add(&columns, "title", err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const Dataset *dataset = dataset_open(names[i], places, arena, err);
        if (!dataset) continue;
        const DatasetInfo *info = dataset_info(dataset);
        if (!columns_add(&columns, names[i], err) ||
            !columns_add(&columns, dataset_form_words[info->form], err) ||
            !columns_add(&columns, info->title, err))
            return false;
    }
    if (!columns_write(&text, &columns, terminal_room(), err)) return false;
    fputs(text.data, stdout);
    return err->n_errors == 0;
}

static bool fetch(const char *name, const DatasetPlaces *places, Arena *arena, Error *err)
{
    const Dataset *dataset = dataset_open(name, places, arena, err);
    if (!dataset || !dataset_fetch(dataset, err)) return false;
    printf("%s: every file is there and verified\n", name);
    return true;
}

static bool check_corpus(const char *name, const Dataset *dataset, Arena *arena, Error *err)
{
    Documents documents;
    if (!dataset_documents(&documents, dataset, arena, err)) return false;
    size_t bytes = 0;
    for (size_t d = 0; d < documents.n; d++) bytes += documents.items[d].size;
    printf("%s: %zu documents, %zu bytes of running text\n", name, documents.n, bytes);
    return true;
}

static bool check_tokenizer(const char *name, const Dataset *dataset, Arena *arena, Error *err)
{
    TokenizerFiles files;
    if (!dataset_tokenizer(&files, dataset, arena, err)) return false;
    Tokenizer *tokenizer = tokenizer_load_files(&files, arena, err);
    if (!tokenizer) return false;
    printf("%s: %d tokens\n", name, tokenizer_n_tokens(tokenizer));
    return true;
}

static bool check_weights(const char *name, const Dataset *dataset, Arena *arena, Error *err)
{
    DatasetModel model;
    if (!dataset_model(&model, dataset, arena, err)) return false;
    printf("%s: %zu files of weights\n", name, model.n);
    return true;
}

/* Documents, tokens, weights or rows, counted and checked. */
static bool check(const char *name, const DatasetPlaces *places, Arena *arena, Error *err)
{
    const Dataset *dataset = dataset_open(name, places, arena, err);
    if (!dataset) return false;
    DatasetForm form = dataset_info(dataset)->form;
    if (form == DATASET_CORPUS) return check_corpus(name, dataset, arena, err);
    if (form == DATASET_WEIGHTS) return check_weights(name, dataset, arena, err);
    if (form == DATASET_TOKENIZER) return check_tokenizer(name, dataset, arena, err);
    for (int split = 0; split < N_SPLITS; split++) {
        if (dataset_rows(dataset, (DatasetSplit)split) == 0) continue;
        Examples examples;
        if (!dataset_examples(&examples, dataset, (DatasetSplit)split, arena, err)) return false;
        printf("%s: %zu %s rows\n", name, examples.n, dataset_split_words[split]);
    }
    return true;
}

static bool run_list(const Options *options, Arena *arena, Error *err)
{
    const DatasetPlaces places = options_places(options).data;
    return list(&places, arena, err);
}

static bool run_fetch(const Options *options, Arena *arena, Error *err)
{
    const DatasetPlaces places = options_places(options).data;
    terminal_be_brief();
    return fetch(options->words[0], &places, arena, err);
}

static bool run_check(const Options *options, Arena *arena, Error *err)
{
    const DatasetPlaces places = options_places(options).data;
    terminal_be_brief();
    return check(options->words[0], &places, arena, err);
}

static const Command data_list = {
    .name = "data list",
    .arguments = "",
    .help = "show the data sets that there are manifests of",
    .options = OPTION_PLACES,
    .run = run_list,
};

static const Command data_fetch = {
    .name = "data fetch",
    .arguments = "DATASET",
    .help = "fetch and verify the files of one",
    .options = OPTION_PLACES,
    .min_words = 1,
    .max_words = 1,
    .run = run_fetch,
};

static const Command data_check = {
    .name = "data check",
    .arguments = "DATASET",
    .help = "read one whole, and count",
    .options = OPTION_PLACES,
    .min_words = 1,
    .max_words = 1,
    .run = run_check,
};

static const Command *const forms[] = {&data_list, &data_fetch, &data_check, &data_add, NULL};

const Command command_data = {
    .name = "data",
    .help = "list data sets, fetch and verify one, read it whole and count, or add your own",
    .forms = forms,
};

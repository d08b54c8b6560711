#include <stdio.h>

#include "cli/command.h"
#include "cli/installed.h"
#include "experiment/model_import.h"

/* reprise import huggingface FOLDER NAME: the other direction of reprise export huggingface. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    ModelImport import;
    const DatasetPlaces places = options_places(options).data;
    if (!installed_need_own(options->experiments, options->datasets, arena, err) ||
        !model_import_huggingface(&import, options->words[0], options->words[1], &places, arena,
                                  err))
        return false;
    Json *settings = model_import_settings(&import, arena, err);
    char *text = settings ? json_print(settings, arena, err) : NULL;
    if (!text) return false;
    printf("data set %s%s%s; an experiment or a scale begins from it with\n\n%s", import.weights,
           import.tokenizer ? " and " : "", import.tokenizer ? import.tokenizer : "", text);
    if (import.model.family->architecture->pooler && !import.model.has_pooler)
        printf(
            "\nThe model has no pooler, on which a task's head stands: fine-tuning begins with a "
            "new one.\n");
    if (!import.tokenizer)
        printf("\nThe folder has no tokenizer (vocab.json with merges.txt, tokenizer.json, "
               "vocab.txt or "
               "spiece.model): name the one that it was trained with.\n");
    return true;
}

static const Command import_huggingface = {
    .name = "import huggingface",
    .arguments = "FOLDER NAME",
    .help = "take in an OpenAIGPT, a BERT or a T5 model of Hugging Face's library as a data set of "
            "weights, and its "
            "tokenizer",
    .options = OPTION_PLACES,
    .min_words = 2,
    .max_words = 2,
    .run = run,
};

static const Command *const forms[] = {&import_huggingface, NULL};

const Command command_import = {
    .name = "import",
    .help = "take in a model that others trained",
    .forms = forms,
};

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "data/dataset/dataset_schema.h"
#include "stages/stage_rows.h"

static bool print_json(const Json *json, Arena *arena, Error *err)
{
    char *text = json ? json_print(json, arena, err) : NULL;
    if (text) fputs(text, stdout);
    return text != NULL;
}

static bool describe_experiment(const Options *options, Arena *arena, Error *err)
{
    if (options->schema) return print_json(experiment_schema(arena, err), arena, err);
    if (options->scale_schema) return print_json(experiment_schema_scale(arena, err), arena, err);
    Buffer markdown = buffer_create(arena);
    if (!experiment_describe(&markdown, err)) return false;
    fputs(markdown.data, stdout);
    return true;
}

static bool describe_dataset(const Options *options, Arena *arena, Error *err)
{
    if (options->scale_schema)
        return error_usage(err, "--scale-schema belongs to experiments, not to data sets");
    if (options->schema) return print_json(spec_schema(&dataset_schema, arena, err), arena, err);
    Buffer markdown = buffer_create(arena);
    if (!buffer_add_text(
            &markdown,
            "# Fields of data sets\n\nOf `datasets/NAME.json`: every field that a manifest "
            "may have, made by `make doc` from the tables that it is read by. `reprise data "
            "add` writes one for data of your own.\n\n",
            err) ||
        !spec_describe(&markdown, &dataset_schema, "$", err))
        return false;
    fputs(markdown.data, stdout);
    return true;
}

static bool describe_stages(const Options *options, Arena *arena, Error *err)
{
    if (options->schema || options->scale_schema)
        return error_usage(err,
                           "--schema and --scale-schema belong to documents that people write");
    Buffer markdown = buffer_create(arena);
    if (!stage_rows_describe(&markdown, err)) return false;
    fputs(markdown.data, stdout);
    return true;
}

/* reprise describe: the reference of documents, generated from the tables that read them. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    if (options->markdown + options->schema + options->scale_schema > 1)
        return error_usage(err, "--markdown, --schema, --scale-schema: one of them at a time");
    static const char *const kinds[] = {"experiment", "dataset", "stages"};
    const char *kind = options->n_words > 0 ? options->words[0] : kinds[0];
    if (strcmp(kind, kinds[0]) == 0) return describe_experiment(options, arena, err);
    if (strcmp(kind, kinds[1]) == 0) return describe_dataset(options, arena, err);
    if (strcmp(kind, kinds[2]) == 0) return describe_stages(options, arena, err);
    error_usage(err, "reprise describe: there is no kind of document '%s'", kind);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, kind, kinds, 3);
}

const Command command_describe = {
    .name = "describe",
    .arguments = "[experiment | dataset | stages] [--markdown | --schema | --scale-schema]",
    .help =
        "print the reference of experiment specs, of data sets' manifests, or of kinds of stages",
    .options = OPTION_REFERENCE,
    .max_words = 1,
    .run = run,
};

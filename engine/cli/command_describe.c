#include <stdio.h>

#include "cli/command.h"

static bool print_json(const Json *json, Arena *arena, Error *err)
{
    char *text = json ? json_print(json, arena, err) : NULL;
    if (text) fputs(text, stdout);
    return text != NULL;
}

/* reprise describe: the reference of specs, generated from the tables that read them. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    if (options->markdown + options->schema + options->scale_schema > 1)
        return error_usage(err, "--markdown, --schema, --scale-schema: one of them at a time");
    if (options->schema) return print_json(experiment_schema(arena, err), arena, err);
    if (options->scale_schema) return print_json(experiment_schema_scale(arena, err), arena, err);
    Buffer markdown = buffer_create(arena);
    if (!experiment_describe(&markdown, err)) return false;
    fputs(markdown.data, stdout);
    return true;
}

const Command command_describe = {
    .name = "describe",
    .arguments = "[--markdown | --schema | --scale-schema]",
    .help = "print the reference of experiment specs",
    .options = OPTION_REFERENCE,
    .run = run,
};

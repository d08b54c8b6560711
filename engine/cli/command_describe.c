#include <stdio.h>

#include "cli/command.h"

/* reprise describe: the reference of specs, generated from the tables that read them. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    if (options->json) {
        Json *schema = experiment_schema(arena, err);
        char *text = schema ? json_print(schema, arena, err) : NULL;
        if (text) fputs(text, stdout);
        return text != NULL;
    }
    Buffer markdown = buffer_create(arena);
    if (!experiment_describe(&markdown, err)) return false;
    fputs(markdown.data, stdout);
    return true;
}

const Command command_describe = {
    .name = "describe",
    .arguments = "[--json]",
    .help = "print the reference of experiment specs (Markdown, or JSON Schema with --json)",
    .options = OPTION_JSON,
    .run = run,
};

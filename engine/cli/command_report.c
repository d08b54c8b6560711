#include <stdio.h>

#include "base/file.h"
#include "cli/command.h"
#include "report/versions.h"

/* reprise report EXPERIMENT: the table of the last version. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    const char *name = options->words[0];
    Versions versions;
    if (!versions_list(&versions, options->results, name, options->scale, arena, err)) return false;
    if (!versions.names.n) {
        error_usage(err, "%s: there is no result yet", versions.folder);
        return error_hint(err, "reprise run %s --scale %s", name, options->scale);
    }
    const char *version = versions.names.text[versions.names.n - 1];
    char *table, *path = versions_path(&versions, version, "table.md", arena, err);
    size_t size;
    if (!path || !file_read(&table, &size, path, arena, err)) return false;
    printf("%s/%s\n\n%s", versions.folder, version, table);
    return true;
}

const Command command_report = {
    .name = "report",
    .arguments = "EXPERIMENT [--scale SCALE]",
    .help = "print the table of the last result",
    .options = OPTION_SCALE | OPTION_PLACES,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};

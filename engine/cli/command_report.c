#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "analysis/ledger.h"
#include "result/versions.h"

/* --out FILE, or the terminal. */
static bool deliver(const Options *options, const char *text, Error *err)
{
    if (options->out) return file_write(options->out, text, strlen(text), err);
    printf("%s", text);
    return true;
}

static bool report_claims(const Options *options, Arena *arena, Error *err)
{
    Ledger ledger;
    Buffer text = buffer_create(arena);
    if (!ledger_read(&ledger, options->results, options->experiments, arena, err)) return false;
    if (options->json) {
        Json *json = ledger_json(&ledger, arena, err);
        char *printed = json ? json_print(json, arena, err) : NULL;
        return printed && deliver(options, printed, err);
    }
    return ledger_markdown(&text, &ledger, err) && deliver(options, text.data, err);
}

/* The table of the last version. */
static bool report_table(const Options *options, Arena *arena, Error *err)
{
    const char *name = options->words[0];
    Versions versions;
    if (options->json)
        return error_usage(err, "--json is for 'reprise report claims'; the numbers of an "
                                "experiment are in its result.json");
    if (!versions_list(&versions, options->results, name, options->scale, arena, err)) return false;
    if (!versions.names.n) {
        error_usage(err, "%s: there is no result yet", versions.folder);
        return error_hint(err, "reprise run %s --scale %s", name, options->scale);
    }
    const char *version = versions.names.text[versions.names.n - 1];
    char *table, *path = versions_path(&versions, version, "table.md", arena, err);
    size_t size;
    if (!path || !file_read(&table, &size, path, arena, err)) return false;
    char *text = arena_format(arena, err, "%s/%s\n\n%s", versions.folder, version, table);
    return text && deliver(options, text, err);
}

/* reprise report EXPERIMENT, reprise report claims: no experiment is called that. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    bool claims = !strcmp(options->words[0], "claims");
    return claims ? report_claims(options, arena, err) : report_table(options, arena, err);
}

const Command command_report = {
    .name = "report",
    .arguments = "EXPERIMENT [--scale SCALE] | claims [--json]  [--out FILE]",
    .help = "print the table of the last result, or the verdicts on all claims",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_JSON | OPTION_OUT,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};

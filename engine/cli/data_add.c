#include "cli/data_add.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "cli/installed.h"
#include "cli/terminal.h"
#include "data/own/own_add.h"
#include "question/experiment_spec.h"

/* --- what to do with it --------------------------------------------------------------------------- */

static bool set_list(Json *object, const char *key, const char *item, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    return list && json_add(list, json_new_text(item, arena, err), err) &&
           json_set(object, key, list, err);
}

/* What the answer is a verdict on. */
static bool set_claim(Json *spec, const OwnAdded *added, Arena *arena, Error *err)
{
    Json *claims = json_new_list(arena, err), *claim = json_new_object(arena, err);
    const char *statement = arena_format(
        arena, err, added->corpus ? "reading %s first helps" : "pre-training helps on %s",
        added->name);
    return claims && claim && statement && json_set_text(claim, "id", "transfer", arena, err) &&
           json_set_text(claim, "statement", statement, arena, err) &&
           json_set_text(claim, "better", "pre-trained", arena, err) &&
           json_set_text(claim, "worse", "from scratch", arena, err) &&
           json_add(claims, claim, err) && json_set(spec, "claims", claims, err);
}

/* An experiment that asks the first question of it. */
static Json *make_spec(const OwnAdded *added, Arena *arena, Error *err)
{
    Json *spec = json_new_object(arena, err), *corpus = json_new_object(arena, err),
         *variants = json_new_object(arena, err), *plain = json_new_object(arena, err),
         *scratch = json_new_object(arena, err);
    const char *title = arena_format(arena, err, "Does pre-training help on %s?", added->name);
    if (!spec || !corpus || !variants || !plain || !scratch || !title ||
        !json_set_integer(spec, "format", 1, arena, err) ||
        !json_set_text(spec, "title", title, arena, err) ||
        !json_set(scratch, "pretrain", json_new_null(arena, err), err) ||
        !json_set(variants, "pre-trained", plain, err) ||
        !json_set(variants, "from scratch", scratch, err))
        return NULL;
    const bool asks = added->corpus ? json_set_text(corpus, "data", added->name, arena, err) &&
                                          json_set(spec, "corpus", corpus, err)
                                    : set_list(spec, "tasks", added->name, arena, err);
    return asks && json_set(spec, "variants", variants, err) && set_claim(spec, added, arena, err)
               ? spec
               : NULL;
}

/* A name that no experiment has yet. */
static const char *free_spec(const OwnAdded *added, const char *folder, Arena *arena, Error *err)
{
    const char *name = added->name;
    for (int i = 2;; i++) {
        const char *path = arena_format(arena, err, "%s/%s.json", folder, name);
        if (!path) return NULL;
        if (strcmp(name, EXPERIMENT_ALL) != 0 && !file_exists(path)) return name;
        name = arena_format(arena, err, "%s-%d", added->name, i);
        if (!name) return NULL;
    }
}

static bool print_next(const OwnAdded *added, const Options *options, Arena *arena, Error *err)
{
    const char *name = free_spec(added, options->experiments, arena, err);
    Json *spec = make_spec(added, arena, err);
    char *text = name && spec ? json_print(spec, arena, err) : NULL;
    Buffer program = buffer_create(arena);
    if (!text || !escape_shell(&program, program_invocation_name, err)) return false;
    printf("\nnext: write %s/%s.json, such as\n\n%s\nand then\n", options->experiments, name, text);
    printf("  %s data check %-24s reads it once more\n", program.data, added->name);
    printf("  %s plan %-30s what would run, and how long\n", program.data, name);
    printf("  %s run %-31s runs it\n", program.data, name);
    return true;
}

/* --- the command ---------------------------------------------------------------------------------- */

static bool run(const Options *options, Arena *arena, Error *err)
{
    const DatasetPlaces places = options_places(options).data;
    OwnAdded added;
    terminal_be_brief();
    if (!options->own.look &&
        !installed_need_own(options->experiments, options->datasets, arena, err))
        return false;
    if (!own_add(&added, options->words, (size_t)options->n_words, &options->own, &places, arena,
                 err))
        return false;
    fputs(added.words.data, stdout);
    if (!added.manifest) {
        puts("nothing was written, as --look asks");
        return true;
    }
    printf("  written     %s, the files in %s/own/%s\n", added.manifest, options->data, added.name);
    return print_next(&added, options, arena, err);
}

enum { MOST_FILES = 1000 };

const Command data_add = {
    .name = "data add",
    .arguments = "FILE ... | FOLDER",
    .help = "make a data set of rows of your own (CSV, TSV, JSON lines) or of plain text (.txt)",
    .options = OPTION_PLACES | OPTION_OWN,
    .min_words = 1,
    .max_words = MOST_FILES,
    .run = run,
};

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "plan/store.h"

static const char *state_of(const StoreEntry *entry)
{
    if (entry->set_aside) return "(damaged, set aside; `reprise store clean` removes it)";
    if (!entry->finished) return "(interrupted; goes on when run again)";
    if (!entry->record)
        return "(damaged: no stage.json that can be read; `reprise store clean` removes it)";
    return entry->record->title;
}

static void print_list(const StoreList *list)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < list->n; i++) {
        const StoreEntry *entry = &list->items[i];
        printf("%-10s %.12s %8.1f MB  %s\n", entry->kind, entry->key, (double)entry->bytes * 1e-6,
               state_of(entry));
        bytes += entry->bytes;
    }
    printf(
        "%zu stages, %.1f MB; their files are not read here: `reprise store clean` reads them and "
        "removes what is damaged\n",
        list->n, (double)bytes * 1e-6);
}

static bool run(const Options *options, Arena *arena, Error *err)
{
    StoreList list;
    if (!store_list(&list, options->store, arena, err)) return false;
    const char *action = options->n_words ? options->words[0] : "list";
    if (!strcmp(action, "list")) {
        print_list(&list);
        return true;
    }
    bool all = !strcmp(action, "clear");
    if (!all && strcmp(action, "clean") != 0) {
        static const char *const actions[] = {"list", "clean", "clear"};
        error_usage(err, "reprise store: unknown action '%s'", action);
        return spec_suggest_hint(&(SpecReader){"command line", arena, err}, action, actions, 3);
    }
    uint64_t freed;
    if (!store_clean(&freed, &list, !all, err)) return false;
    printf("%.1f MB freed\n", (double)freed * 1e-6);
    return true;
}

const Command command_store = {
    .name = "store",
    .arguments = "[list | clean | clear]",
    .help = "list the store; clean removes interrupted and damaged stages, clear everything",
    .options = OPTION_PLACES,
    .max_words = 1,
    .run = run,
};

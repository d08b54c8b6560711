/* Stores of stages made by hand. */
#include "plan/store.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "base/file.h"
#include "plan/graph.h"
#include "plan/stage_run.h"

TestSuite(store, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

static bool write_five_bytes(const Stage *stage, const char *folder, Error *error)
{
    (void)stage;
    char *path = file_join(plan_rig_arena(), folder, "five", error);
    return path && file_write(path, "12345", 5, error);
}

static const StageKind kind = {.name = "five", .version = 1, .run = write_five_bytes};
static const StageKind other_kind = {.name = "six", .version = 1, .run = write_five_bytes};

/* A stage of which these are the settings, as JSON. */
static Stage *make(const StageKind *of, const char *settings)
{
    Graph graph = {.store = plan_rig_store(), .arena = plan_rig_arena()};
    bool is_new;
    Json *document = stage_document(of, graph.arena, &err);
    Json *json = json_parse_text(settings, strlen(settings), "settings", graph.arena, &err);
    cr_assert(json && json_set(document, "settings", json, &err), "%s", err.text);
    Stage *stage = graph_add(&graph, of, document, NULL, 0, &is_new, &err);
    cr_assert(stage, "%s", err.text);
    stage->title = "by hand";
    return stage;
}

static Stage *run(const StageKind *of, const char *settings)
{
    Stage *stage = make(of, settings);
    cr_assert(stage_run(stage, &err), "%s", err.text);
    return stage;
}

static StoreList list(void)
{
    StoreList found;
    cr_assert(store_list(&found, plan_rig_store(), plan_rig_arena(), &err), "%s", err.text);
    return found;
}

Test(store, lists_every_stage_of_every_kind)
{
    enum { FIVES = 5, SIXES = 12 };
    cr_expect_eq(list().n, 0);
    for (int i = 0; i < FIVES + SIXES; i++)
        run(i < FIVES ? &kind : &other_kind,
            arena_format(plan_rig_arena(), &err, "{\"n\": %d}", i));
    StoreList found = list();
    cr_assert_eq(found.n, FIVES + SIXES);
    for (size_t i = 0; i < found.n; i++) {
        const StoreEntry *entry = &found.items[i];
        cr_expect_str_eq(entry->kind, i < FIVES ? "five" : "six");
        cr_expect(entry->finished && !entry->set_aside && entry->record);
        if (i > 0 && i != FIVES) cr_expect_gt(strcmp(entry->key, found.items[i - 1].key), 0);
    }
}

Test(store, clearing_frees_the_bytes_that_were_listed)
{
    run(&kind, "{\"n\": 1}");
    run(&other_kind, "{\"n\": 1}");
    StoreList found = list();
    uint64_t freed = 12345;
    cr_assert(store_clean(&freed, &found, false, &err), "%s", err.text);
    cr_expect_eq(freed, found.items[0].bytes + found.items[1].bytes);
    cr_expect_eq(list().n, 0);
}

Test(store, a_record_has_the_size_and_the_hash_of_every_file)
{
    Stage *stage = run(&kind, "{\"n\": 1}");
    Error damage = {0};
    StageRecord record;
    cr_assert(stage_record_read(&record, stage->folder, plan_rig_arena(), &err), "%s", err.text);
    const Json *five = json_get(record.files, "five");
    cr_assert(five && json_size(record.files) == 1);
    cr_expect_eq(json_int(json_get(five, "bytes")), 5);
    cr_expect_str_eq(json_text(json_get(five, "sha256")), hash_bytes("12345", 5).text);
    cr_assert(stage_record_check(&damage, stage->folder, stage->key.text, plan_rig_arena(), &err));
    cr_expect_eq(damage.n_errors, 0, "%s", damage.text);
    cr_assert(stage_run_check(stage, &err) && stage->done);
}

static bool fail(const Stage *stage, const char *folder, Error *error)
{
    (void)stage, (void)folder;
    return error_set(error, "it failed");
}

Test(store, a_failed_attempt_took_what_it_took)
{
    static const StageKind failing = {.name = "failing", .version = 1, .run = fail};
    Stage *stage = make(&failing, "{\"n\": 1}");
    Error failed = {0};
    cr_assert_not(stage_run(stage, &failed));
    char *part = arena_format(plan_rig_arena(), &err, "%s" STAGE_PART, stage->folder);
    double seconds = stage_record_earlier_seconds(part, plan_rig_arena());
    cr_expect(seconds > 0 && seconds < 60, "%g", seconds);
}

/* What a file should be is a number, a text, or an object without one of the two. */
Test(store, a_record_whose_files_say_nothing_is_damaged)
{
    static const char *const wanted[] = {"null", "\"5\"", "{\"bytes\": 5}", "{\"sha256\": \"5\"}"};
    Stage *stage = run(&kind, "{\"n\": 1}");
    char *path = file_join(plan_rig_arena(), stage->folder, STAGE_RECORD_FILE, &err);
    Json *record = json_parse_file(path, plan_rig_arena(), &err);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        Json *json =
            json_parse_text(wanted[i], strlen(wanted[i]), "wanted", plan_rig_arena(), &err);
        cr_assert(json_set(json_get(record, "files"), "five", json, &err));
        cr_assert(json_write_file(path, record, plan_rig_arena(), &err));
        Error damage = {0};
        cr_assert(
            stage_record_check(&damage, stage->folder, stage->key.text, plan_rig_arena(), &err),
            "%s", err.text);
        cr_expect(strstr(damage.text, "five: its record is damaged"), "%s: %s", wanted[i],
                  damage.text);
    }
}

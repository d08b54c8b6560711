/* Which change makes a stage run again, with stages made by hand. */
#include "plan/explain.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "base/file.h"
#include "plan/graph.h"
#include "plan/stage_run.h"

TestSuite(explain, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

static bool write_nothing(const Stage *stage, const char *folder, Error *error)
{
    (void)stage;
    char *path = file_join(plan_rig_arena(), folder, "nothing", error);
    return path && file_write(path, "", 0, error);
}

static const StageKind five = {.name = "five", .version = 1, .run = write_nothing};
static const StageKind newer_five = {.name = "five", .version = 2, .run = write_nothing};
static const StageKind six = {.name = "six", .version = 1, .run = write_nothing};

/* A stage of which these are the settings, as JSON; `input` NULL: it reads none. */
static Stage *make_from(const StageKind *kind, const char *title, const char *settings,
                        Stage *input)
{
    Graph graph = {.store = plan_rig_store(), .arena = plan_rig_arena()};
    bool is_new;
    Json *document = stage_document(kind, graph.arena, &err);
    Json *json = json_parse_text(settings, strlen(settings), "settings", graph.arena, &err);
    cr_assert(json && json_set(document, "settings", json, &err), "%s", err.text);
    Stage *stage = graph_add(&graph, kind, document, &input, input ? 1 : 0, &is_new, &err);
    cr_assert(stage, "%s", err.text);
    stage->title = title;
    return stage;
}

static Stage *make(const char *settings)
{
    return make_from(&five, "by hand", settings, NULL);
}

static Stage *run(Stage *stage)
{
    cr_assert(stage_run(stage, &err), "%s", err.text);
    stage->done = true;
    return stage;
}

static Explain begin(StoreList *list, ExplainComplete *complete)
{
    cr_assert(store_list(list, plan_rig_store(), plan_rig_arena(), &err), "%s", err.text);
    return explain_begin(list, complete, plan_rig_arena());
}

static const char *explain_by(const Stage *stage, ExplainComplete *complete)
{
    StoreList list;
    Buffer text = buffer_create(plan_rig_arena());
    Explain all = begin(&list, complete);
    cr_assert(explain_stage(&text, &all, stage, &err), "%s", err.text);
    return text.data;
}

static const char *explain(const Stage *stage)
{
    return explain_by(stage, NULL);
}

Test(explain, takes_the_nearest_stage_of_the_same_kind)
{
    Stage *wanted = make("{\"a\": 1, \"b\": 2, \"c\": 3}");
    cr_expect(strstr(explain(wanted), "no stage of this kind was ever finished"));
    run(make_from(&six, "by hand", "{\"a\": 1, \"b\": 2, \"c\": 3}", NULL));
    cr_expect(strstr(explain(wanted), "no stage of this kind was ever finished"));
    run(make("{\"a\": 7, \"b\": 8, \"c\": 9}"));
    run(make("{\"a\": 1, \"b\": 2, \"c\": 4}"));
    run(make("{\"a\": 5, \"b\": 6, \"c\": 3}"));
    cr_expect_str_eq(explain(wanted), "five (by hand): to do\n    settings.c: 4 -> 3\n");
}

Test(explain, a_value_that_became_an_object_is_told_as_a_whole)
{
    run(make("{\"a\": 1}"));
    cr_expect_str_eq(explain(make("{\"a\": {\"b\": 2}}")),
                     "five (by hand): to do\n    settings.a: 1 -> {\"b\":2}\n");
    cr_expect_str_eq(explain(make("{\"c\": 2}")),
                     "five (by hand): to do\n    settings.c: (default) -> 2\n"
                     "    settings.a: 1 -> (default)\n");
}

/* Another cell, task or seed may have made what differs less. */
Test(explain, one_of_the_same_title_is_nearer_than_any_other)
{
    run(make_from(&five, "other", "{\"a\": 1, \"b\": 2, \"c\": 4}", NULL));
    cr_expect_str_eq(explain(make("{\"a\": 1, \"b\": 2, \"c\": 3}")),
                     "five (by hand): to do\n    the nearest that was ever finished is five "
                     "(other)\n    settings.c: 4 -> 3\n");
    run(make("{\"a\": 5, \"b\": 6, \"c\": 3}"));
    cr_expect_str_eq(explain(make("{\"a\": 1, \"b\": 2, \"c\": 3}")),
                     "five (by hand): to do\n    settings.a: 5 -> 1\n    settings.b: 6 -> 2\n");
}

/* Documents of both say only that their inputs are others. */
Test(explain, what_changed_in_a_stage_that_is_read_is_told_by_its_fields)
{
    Stage *near = run(make("{\"a\": 1, \"b\": 2}")), *far = run(make("{\"a\": 5, \"b\": 6}"));
    run(make_from(&six, "reader", "{}", far));
    run(make_from(&six, "reader", "{}", near));
    Stage *changed = make("{\"a\": 1, \"b\": 3}");
    cr_expect_str_eq(explain(make_from(&six, "reader", "{}", changed)),
                     "six (reader): to do\n    settings.b: 2 -> 3 (of five, which it needs)\n");
    cr_expect_str_eq(explain(make_from(&six, "reader", "{\"b\": 7}", changed)),
                     "six (reader): to do\n    settings.b: (default) -> 7\n"
                     "    settings.b: 2 -> 3 (of five, which it needs)\n");
}

Test(explain, a_stage_that_was_read_and_is_gone_is_told_by_its_key)
{
    Stage *gone = run(make("{\"a\": 1}")), *changed = make("{\"a\": 2}");
    run(make_from(&six, "reader", "{}", gone));
    cr_assert(file_remove_tree(gone->folder, &err), "%s", err.text);
    cr_expect_str_eq(explain(make_from(&six, "reader", "{}", changed)),
                     arena_format(plan_rig_arena(), &err,
                                  "six (reader): to do\n    reads another five stage: %.12s -> "
                                  "%.12s, and the former is no longer in the store\n",
                                  gone->key.text, changed->key.text));
    cr_expect_str_eq(explain(make_from(&six, "reader", "{}", NULL)),
                     arena_format(plan_rig_arena(), &err,
                                  "six (reader): to do\n    reads another five stage: %.12s -> "
                                  "none\n",
                                  gone->key.text));
}

Test(explain, the_engines_own_numerics_are_no_setting)
{
    run(make("{\"a\": 1}"));
    cr_expect_str_eq(explain(make_from(&newer_five, "by hand", "{\"a\": 1}", NULL)),
                     "five (by hand): to do\n    numerics of five in the engine: 1 -> 2\n");
}

static bool complete(Json **completed, const Stage *stage, const Json *document, Arena *arena,
                     Error *error)
{
    (void)stage;
    const Json *settings = json_get(document, "settings");
    *completed = json_new_object(arena, error);
    Json *a = json_get(settings, "a");
    if (!a) a = json_new_integer(3, arena, error);
    return *completed && json_set(*completed, "a", a, error);
}

Test(explain, values_at_their_default_are_told_as_what_they_are)
{
    run(make("{}"));
    cr_expect_str_eq(explain_by(make("{\"a\": 5}"), complete),
                     "five (by hand): to do\n    a: 3 -> 5\n");
}

/* As one that another version of the engine wrote. */
static bool cannot_complete_an_old_one(Json **completed, const Stage *stage, const Json *document,
                                       Arena *arena, Error *error)
{
    *completed = NULL;
    return json_get(json_get(document, "settings"), "old") != NULL ||
           complete(completed, stage, document, arena, error);
}

Test(explain, a_document_that_cannot_be_completed_is_compared_as_it_is)
{
    run(make("{\"old\": 1}"));
    cr_expect_str_eq(explain_by(make("{\"a\": 5}"), cannot_complete_an_old_one),
                     "five (by hand): to do\n    settings.a: (default) -> 5\n"
                     "    settings.old: 1 -> (default)\n");
}

Test(explain, the_summary_has_each_change_once_with_the_stages_it_costs)
{
    StoreList list;
    Buffer text = buffer_create(plan_rig_arena()), sum = buffer_create(plan_rig_arena());
    Stage *before = run(make("{\"a\": 1}"));
    run(make_from(&six, "reader", "{}", before));
    Stage *now = make("{\"a\": 2}");
    Explain all = begin(&list, NULL);
    cr_assert(explain_stage(&text, &all, before, &err) && explain_stage(&text, &all, now, &err) &&
                  explain_stage(&text, &all, make_from(&six, "reader", "{}", now), &err) &&
                  explain_summary(&sum, &all, &err),
              "%s", err.text);
    cr_expect_str_eq(sum.data, "\n2 of 3 stages to do; what was changed:\n"
                               "  settings.a: 1 -> 2 (2 stages)\n");
}

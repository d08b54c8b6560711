#include "question/experiment_check.h"

#include <string.h>

#include "question/experiment_fields.h"
#include "question/experiment_texts.h"

enum { MOST_SEEDS = 1000 };

static bool is_type(const Json *json, JsonType type)
{
    return json && json_type(json) == type;
}

static bool expect(const SpecReader *reader, const char *path, const Json *json, JsonType type,
                   const char *hint)
{
    if (json_type(json) == type) return true;
    spec_error(reader, path, "expected %s, got %s", json_type_name(type),
               json_type_name(json_type(json)));
    return error_hint(reader->err, "%s", hint);
}

/* --- seeds and tasks --------------------------------------------------------------------------- */

static void check_repeats(const SpecReader *reader, const char *path, const Json *list)
{
    for (size_t i = 0; i < json_size(list); i++)
        for (size_t k = 0; k < i; k++)
            if (json_same(json_at(list, i), json_at(list, k))) {
                spec_error(reader, spec_path_item(reader, path, i), "the same as item %zu", k);
                error_hint(reader->err, "take it away");
                break;
            }
}

static void check_seed(const SpecReader *reader, const char *path, const Json *seed)
{
    const int64_t most = INT64_C(1) << 53; /* what every reader of JSON keeps exactly */
    bool is_seed = json_type(seed) == JSON_INTEGER_VALUE && json_int(seed) >= 0;
    if (is_seed && json_int(seed) <= most) return;
    if (is_seed) {
        spec_error(reader, path, "%lld is too large for a seed", (long long)json_int(seed));
        error_hint(reader->err, "at most %lld", (long long)most);
        return;
    }
    spec_error(reader, path, "not a seed");
    error_hint(reader->err, "an integer, at least 0");
}

static void check_seeds(const SpecReader *reader, const Json *seeds)
{
    static const char path[] = "$.seeds";
    if (!seeds) return;
    if (is_type(seeds, JSON_INTEGER_VALUE)) {
        if (json_int(seeds) >= 1 && json_int(seeds) <= MOST_SEEDS) return;
        spec_error(reader, path, "%lld is out of range", (long long)json_int(seeds));
        error_hint(reader->err, "how many seeds to run: 1 to %d", MOST_SEEDS);
        return;
    }
    if (!is_type(seeds, JSON_LIST_VALUE)) {
        spec_error(reader, path, "expected a list or an integer, got %s",
                   json_type_name(json_type(seeds)));
        error_hint(reader->err, "3 for the seeds 1, 2 and 3, or a list such as [1, 2, 3]");
        return;
    }
    if (json_size(seeds) == 0) {
        spec_error(reader, path, "no seed");
        error_hint(reader->err, "3 for the seeds 1, 2 and 3, or a list such as [1, 2, 3]");
    }
    for (size_t i = 0; i < json_size(seeds); i++)
        check_seed(reader, spec_path_item(reader, path, i), json_at(seeds, i));
    check_repeats(reader, path, seeds);
}

/* The list under a key of what stands at `at`. `words`: some may stand for lists of the scale's. */
static void check_tasks(const SpecReader *reader, const char *at, const char *key,
                        const Json *document, bool words)
{
    const char *path = spec_path_key(reader, at, key);
    const char *hint = words ? "\"all\", or a list of data sets such as [\"cola\"]"
                             : "a list of data sets such as [\"cola\"]";
    const Json *tasks = json_get(document, key);
    if (!tasks) return;
    if (words && is_type(tasks, JSON_TEXT_VALUE) &&
        experiment_fields_task_word(key, json_text(tasks)))
        return;
    if (!expect(reader, path, tasks, JSON_LIST_VALUE, hint)) return;
    if (json_size(tasks) == 0) {
        spec_error(reader, path, "no task");
        error_hint(reader->err, "%s", hint);
    }
    for (size_t i = 0; i < json_size(tasks); i++)
        (void)expect(reader, spec_path_item(reader, path, i), json_at(tasks, i), JSON_TEXT_VALUE,
                     "the name of a data set");
    check_repeats(reader, path, tasks);
}

/* --- what is measured --------------------------------------------------------------------------- */

static void check_measure_word(const SpecReader *reader, const char *path, const Json *word)
{
    if (!is_type(word, JSON_TEXT_VALUE)) return; /* the field table has told of it */
    for (int i = 0; i < N_MEASURES; i++)
        if (strcmp(experiment_measure_words[i], json_text(word)) == 0) return;
    spec_error(reader, path, "unknown measure '%s'", json_text(word));
    spec_suggest_hint(reader, json_text(word), experiment_measure_words, N_MEASURES);
}

static void check_measure(const SpecReader *reader, const Json *measure)
{
    static const char path[] = "$.measure";
    if (!measure || !is_type(measure, JSON_LIST_VALUE)) return;
    if (json_size(measure) == 0) {
        spec_error(reader, path, "nothing to measure");
        error_hint(reader->err, "leave it out: fine-tuning is measured then");
    }
    for (size_t i = 0; i < json_size(measure); i++)
        check_measure_word(reader, spec_path_item(reader, path, i), json_at(measure, i));
    check_repeats(reader, path, measure);
}

/* --- variants, grid, alternatives -------------------------------------------------------------- */

static void check_variants(const SpecReader *reader, const char *path, const Json *variants,
                           const SpecTable *settings)
{
    static const char hint[] = "{\"full\": {}, \"no pre-training\": {\"pretrain\": null}}";
    if (!variants || !expect(reader, path, variants, JSON_OBJECT_VALUE, hint)) return;
    if (json_size(variants) == 0) {
        spec_error(reader, path, "no variant");
        error_hint(reader->err, "%s, or leave it out", hint);
    }
    for (size_t i = 0; i < json_size(variants); i++) {
        const char *name;
        Json *overrides;
        json_member(variants, i, &name, &overrides);
        const char *variant_path = spec_path_key(reader, path, name);
        if (json_type(overrides) == JSON_NULL_VALUE) continue;
        if (expect(reader, variant_path, overrides, JSON_OBJECT_VALUE,
                   "the settings that differ, or {}"))
            spec_check_overrides(settings, overrides, reader, variant_path);
    }
}

static void check_axis(const SpecReader *reader, const char *axis, const Json *values,
                       const SpecTable *settings, const char *path)
{
    if (!spec_check_value(settings, axis, NULL, reader, path)) return;
    if (!expect(reader, path, values, JSON_LIST_VALUE, "a list of the values to run")) return;
    if (json_size(values) == 0) {
        spec_error(reader, path, "no value");
        error_hint(reader->err, "a list of the values to run");
    }
    for (size_t i = 0; i < json_size(values); i++)
        spec_check_value(settings, axis, json_at(values, i), reader,
                         spec_path_item(reader, path, i));
    check_repeats(reader, path, values);
}

/* A grid, whose paths may also be taken away (null) or left to the scale, or a scale's sweeps. */
static void check_grid(const SpecReader *reader, const char *path, const Json *grid,
                       const SpecTable *settings)
{
    static const char hint[] = "{\"finetune.lm_coefficient\": [0, 0.5]}";
    if (!grid || !expect(reader, path, grid, JSON_OBJECT_VALUE, hint)) return;
    for (size_t i = 0; i < json_size(grid); i++) {
        const char *axis;
        Json *values;
        json_member(grid, i, &axis, &values);
        const char *axis_path = spec_path_key(reader, path, axis);
        if (json_type(values) == JSON_NULL_VALUE) continue;
        if (is_type(values, JSON_TEXT_VALUE) && !strcmp(json_text(values), EXPERIMENT_FIELDS_SWEEP))
            (void)!spec_check_value(settings, axis, NULL, reader, axis_path);
        else check_axis(reader, axis, values, settings, axis_path);
    }
}

/* A grid of settings of fine-tuning: it is fine-tuning that is repeated for every candidate. */
static void check_select(const SpecReader *reader, const Json *select, const SpecTable *settings)
{
    static const char part[] = "finetune.", hint[] = "{\"finetune.learning_rate\": [1e-4, 3e-4]}";
    if (!select || !expect(reader, "$.select", select, JSON_OBJECT_VALUE, hint)) return;
    for (size_t i = 0; i < json_size(select); i++) {
        const char *axis;
        Json *values;
        json_member(select, i, &axis, &values);
        const char *path = spec_path_key(reader, "$.select", axis);
        if (json_type(values) == JSON_NULL_VALUE) continue;
        if (strncmp(axis, part, strlen(part)) == 0) {
            check_axis(reader, axis, values, settings, path);
            continue;
        }
        if (!spec_check_value(settings, axis, NULL, reader, path)) continue;
        spec_error(reader, path, "'%s' is no setting of fine-tuning", axis);
        error_hint(reader->err,
                   "a grid or variants run other settings; selected are those of "
                   "finetune, such as %s",
                   hint);
    }
}

/* The same field in both documents. */
static void check_select_seeds(const SpecReader *reader, const Json *seeds)
{
    static const char name[] = "select_seeds";
    if (seeds) spec_check_value(&experiment_fields_table, name, seeds, reader, "$.select_seeds");
}

/* The fields of one entry, checked as if its name stood among them. */
static void check_alternative(const SpecReader *reader, const SpecTable *settings,
                              const SpecField *field, const char *entry, const Json *fields,
                              const char *path)
{
    if (json_type(fields) == JSON_NULL_VALUE) return; /* the scale has none */
    if (!expect(reader, path, fields, JSON_OBJECT_VALUE, "the entry's fields")) return;
    Json *named = json_clone(fields, reader->arena, reader->err);
    Json *name = json_new_text(entry, reader->arena, reader->err);
    if (!named || !json_set(named, field->registry->kind, name, reader->err)) return;
    spec_check_value(settings, field->name, named, reader, path);
}

static void check_alternatives(const SpecReader *reader, const Json *alternatives,
                               const SpecTable *settings)
{
    static const char path[] = "$.alternatives";
    static const char hint[] = "{\"model\": {\"lstm\": {...}}}";
    if (!alternatives || !expect(reader, path, alternatives, JSON_OBJECT_VALUE, hint)) return;
    for (size_t i = 0; i < json_size(alternatives); i++) {
        const char *key;
        Json *entries;
        json_member(alternatives, i, &key, &entries);
        const char *key_path = spec_path_key(reader, path, key);
        if (!spec_check_value(settings, key, NULL, reader, key_path)) continue;
        const SpecField *field = spec_table_find(settings, key);
        if (!field || field->type != SPEC_TYPE_ENTRY) {
            spec_error(reader, key_path, "'%s' names no registry entry", key);
            error_hint(reader->err, "%s", hint);
            continue;
        }
        if (!expect(reader, key_path, entries, JSON_OBJECT_VALUE, hint)) continue;
        for (size_t k = 0; k < json_size(entries); k++) {
            const char *entry;
            Json *fields;
            json_member(entries, k, &entry, &fields);
            check_alternative(reader, settings, field, entry, fields,
                              spec_path_key(reader, key_path, entry));
        }
    }
}

/* Settings that go with an entry, as a variant would give them. */
static void check_companions(const SpecReader *reader, const Json *companions,
                             const SpecTable *settings)
{
    static const char path[] = "$.companions";
    static const char hint[] =
        "{\"model\": {\"lstm\": {\"pretrain\": {\"learning_rate\": 0.004}}}}";
    if (!companions || !expect(reader, path, companions, JSON_OBJECT_VALUE, hint)) return;
    for (size_t i = 0; i < json_size(companions); i++) {
        const char *key;
        Json *entries;
        json_member(companions, i, &key, &entries);
        const char *key_path = spec_path_key(reader, path, key);
        const SpecField *field = spec_table_find(settings, key);
        if (!field || field->type != SPEC_TYPE_ENTRY) {
            spec_error(reader, key_path, "'%s' names no registry entry", key);
            error_hint(reader->err, "%s", hint);
        } else if (expect(reader, key_path, entries, JSON_OBJECT_VALUE, hint)) {
            for (size_t k = 0; k < json_size(entries); k++) {
                const char *entry;
                Json *others;
                json_member(entries, k, &entry, &others);
                const char *entry_path = spec_path_key(reader, key_path, entry);
                if (expect(reader, entry_path, others, JSON_OBJECT_VALUE, hint))
                    spec_check_overrides(settings, others, reader, entry_path);
            }
        }
    }
}

/* What the scale says of one experiment: its tasks, variants and settings. */
static void check_own(const SpecReader *reader, const char *at, const Json *own,
                      const SpecTable *settings)
{
    static const char *const lists[] = {"tasks", "zero_shot_tasks"};
    Json *rest = json_clone(own, reader->arena, reader->err);
    if (!rest) return;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        check_tasks(reader, at, lists[i], own, true);
        json_remove(rest, lists[i]);
    }
    json_remove(rest, "variants");
    spec_check_overrides(settings, rest, reader, at);
    check_variants(reader, spec_path_key(reader, at, "variants"), json_get(own, "variants"),
                   settings);
}

static void check_experiments(const SpecReader *reader, const Json *experiments,
                              const SpecTable *settings)
{
    static const char path[] = "$.experiments";
    static const char hint[] = "{\"families\": {\"pretrain\": {\"tokens\": 1250000}}}";
    if (!experiments || !expect(reader, path, experiments, JSON_OBJECT_VALUE, hint)) return;
    for (size_t i = 0; i < json_size(experiments); i++) {
        const char *name;
        Json *own;
        json_member(experiments, i, &name, &own);
        const char *at = spec_path_key(reader, path, name);
        if (expect(reader, at, own, JSON_OBJECT_VALUE, hint)) check_own(reader, at, own, settings);
    }
}

/* What the fields alone do not know; their own types are checked with all the others. */
static void check_report(const SpecReader *reader, const Json *report)
{
    Error repeated = {0};
    ExperimentReport unused;
    const SpecReader unheard = {reader->file, reader->arena, &repeated};
    bool good = !report || (json_type(report) == JSON_OBJECT_VALUE &&
                            spec_check_overrides(&experiment_report_table, report, &unheard, "$"));
    if (report && good) (void)!experiment_report_read(&unused, report, reader);
}

/* --- whole documents --------------------------------------------------------------------------- */

/* Unknown keys, types and ranges, against the document's own fields and the settings together; then
 * what must stand in every document. */
static void check_keys(const ExperimentSource *source, const SpecTable *own,
                       const SpecTable *settings, const char *const *required)
{
    const SpecReader *reader = &source->reader;
    size_t offset = 0;
    const SpecTable *both =
        spec_table_join(&offset, own->name, own, settings, reader->arena, reader->err);
    if (!both) return;
    spec_check_overrides(both, source->json, reader, "$");
    for (size_t i = 0; required[i]; i++) {
        if (json_get(source->json, required[i])) continue;
        spec_error(reader, spec_path_key(reader, "$", required[i]), "missing");
        error_hint(reader->err, strcmp(required[i], "format") == 0 ? "\"%s\": 1" : "\"%s\": %s",
                   required[i], spec_table_find(own, required[i])->help);
    }
}

void experiment_check_document(const ExperimentSource *source, const SpecTable *settings)
{
    static const char *const required[] = {"format", "title", NULL};
    const SpecReader *reader = &source->reader;
    check_keys(source, &experiment_fields_table, settings, required);
    experiment_texts_check(reader, source->json);
    check_measure(reader, json_get(source->json, "measure"));
    check_tasks(reader, "$", "tasks", source->json, true);
    check_tasks(reader, "$", "zero_shot_tasks", source->json, true);
    check_seeds(reader, json_get(source->json, "seeds"));
    check_variants(reader, "$.variants", json_get(source->json, "variants"), settings);
    check_grid(reader, "$.grid", json_get(source->json, "grid"), settings);
    const Json *select = json_get(source->json, "select");
    if (select && json_type(select) != JSON_NULL_VALUE) check_select(reader, select, settings);
    check_select_seeds(reader, json_get(source->json, "select_seeds"));
    check_report(reader, json_get(source->json, "report"));
}

void experiment_check_scale(const ExperimentSource *source, const SpecTable *settings)
{
    static const char *const required[] = {"format", "title", "tasks", "seeds", NULL};
    const SpecReader *reader = &source->reader;
    check_keys(source, &experiment_fields_scale_table, settings, required);
    experiment_texts_check(reader, source->json);
    for (size_t i = 0; experiment_fields_task_lists[i]; i++)
        check_tasks(reader, "$", experiment_fields_task_lists[i], source->json, false);
    check_seeds(reader, json_get(source->json, "seeds"));
    check_select(reader, json_get(source->json, "select"), settings);
    check_select_seeds(reader, json_get(source->json, "select_seeds"));
    check_grid(reader, "$.sweeps", json_get(source->json, "sweeps"), settings);
    check_alternatives(reader, json_get(source->json, "alternatives"), settings);
    check_companions(reader, json_get(source->json, "companions"), settings);
    check_experiments(reader, json_get(source->json, "experiments"), settings);
}

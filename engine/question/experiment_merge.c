#include "question/experiment_merge.h"

#include <string.h>

static bool is_object(const Json *json)
{
    return json && json_type(json) == JSON_OBJECT_VALUE;
}

static bool is_text(const Json *json)
{
    return json && json_type(json) == JSON_TEXT_VALUE;
}

static Json *merge_objects(const ExperimentMerge *merge, const Json *base, const Json *overrides,
                           const SpecTable *table, const Json *alternatives);

/* `overrides` names another entry than `base` does. */
static bool changes_entry(const SpecRegistry *registry, const Json *base, const Json *overrides)
{
    const Json *old_name = json_get(base, registry->kind);
    const Json *new_name = json_get(overrides, registry->kind);
    if (!is_text(new_name)) return false;
    return !is_text(old_name) || strcmp(json_text(old_name), json_text(new_name)) != 0;
}

/* Where another entry starts from: fields of `base` that it has too, then its alternatives. */
static Json *start_entry(const ExperimentMerge *merge, const SpecRegistry *registry,
                         const char *name, const Json *base, const Json *alternatives)
{
    const SpecEntry *entry = spec_registry_find(registry, name);
    Json *start = json_new_object(merge->arena, merge->err);
    if (!start) return NULL;
    for (size_t i = 0; i < json_size(base); i++) {
        const char *key;
        Json *value;
        json_member(base, i, &key, &value);
        bool shared = entry && entry->table && spec_table_find(entry->table, key);
        if (!shared) continue;
        if (!json_set(start, key, json_clone(value, merge->arena, merge->err), merge->err))
            return NULL;
    }
    const Json *own = is_object(alternatives) ? json_get(alternatives, name) : NULL;
    if (!is_object(own)) return start;
    return merge_objects(merge, start, own, entry ? entry->table : NULL, NULL);
}

static Json *merge_entry(const ExperimentMerge *merge, const SpecRegistry *registry,
                         const Json *base, const Json *overrides, const Json *alternatives)
{
    if (changes_entry(registry, base, overrides)) {
        const char *name = json_text(json_get(overrides, registry->kind));
        base = start_entry(merge, registry, name, base, alternatives);
        if (!base) return NULL;
    }
    return merge_objects(merge, base, overrides, NULL, NULL);
}

static Json *merge_values(const ExperimentMerge *merge, const Json *base, const Json *overrides,
                          const SpecField *field, const Json *alternatives)
{
    if (!is_object(base) || !is_object(overrides))
        return json_clone(overrides, merge->arena, merge->err);
    if (field && field->type == SPEC_TYPE_ENTRY)
        return merge_entry(merge, field->registry, base, overrides, alternatives);
    return merge_objects(merge, base, overrides, field ? field->table : NULL, NULL);
}

/* Whether one of the fields that are given stands for itself. */
static bool replaces(const SpecTable *table, const Json *overrides)
{
    for (size_t i = 0; table && i < json_size(overrides); i++) {
        const char *key;
        Json *value;
        json_member(overrides, i, &key, &value);
        const SpecField *field = spec_table_find(table, key);
        if (field && field->alone && json_type(value) != JSON_NULL_VALUE) return true;
    }
    return false;
}

static Json *merge_objects(const ExperimentMerge *merge, const Json *base, const Json *overrides,
                           const SpecTable *table, const Json *alternatives)
{
    Json *result = replaces(table, overrides) ? json_new_object(merge->arena, merge->err)
                                              : json_clone(base, merge->arena, merge->err);
    if (!result) return NULL;
    for (size_t i = 0; i < json_size(overrides); i++) {
        const char *key;
        Json *value;
        json_member(overrides, i, &key, &value);
        const SpecField *field = table ? spec_table_find(table, key) : NULL;
        const Json *others = is_object(alternatives) ? json_get(alternatives, key) : NULL;
        Json *merged = merge_values(merge, json_get(result, key), value, field, others);
        if (!json_set(result, key, merged, merge->err)) return NULL;
    }
    return result;
}

/* The settings that the scale lets go with an entry; what is off stays off. */
static Json *add_companions(const ExperimentMerge *merge, const Json *base, const Json *companions)
{
    Json *result = json_clone(base, merge->arena, merge->err);
    for (size_t i = 0; result && i < json_size(companions); i++) {
        const char *key;
        Json *value;
        json_member(companions, i, &key, &value);
        if (!is_object(json_get(base, key))) continue;
        const SpecField *field = spec_table_find(merge->table, key);
        Json *merged = merge_values(merge, json_get(base, key), value, field, NULL);
        if (!json_set(result, key, merged, merge->err)) return NULL;
    }
    return result;
}

Json *experiment_merge(const ExperimentMerge *merge, const Json *base, const Json *overrides)
{
    for (const SpecField *field = merge->table->fields; field->name; field++) {
        const Json *old_entry = json_get(base, field->name);
        const Json *new_entry = json_get(overrides, field->name);
        if (field->type != SPEC_TYPE_ENTRY || !is_object(old_entry) || !is_object(new_entry) ||
            !changes_entry(field->registry, old_entry, new_entry))
            continue;
        const char *name = json_text(json_get(new_entry, field->registry->kind));
        const Json *entries = merge->companions ? json_get(merge->companions, field->name) : NULL;
        const Json *companions = is_object(entries) ? json_get(entries, name) : NULL;
        if (!is_object(companions)) continue;
        base = add_companions(merge, base, companions);
        if (!base) return NULL;
    }
    return merge_objects(merge, base, overrides, merge->table, merge->alternatives);
}

/* Some part on the way along `names` is off. Cuts the names at their dots. */
static bool is_off(const SpecTable *table, const Json *json, char *names)
{
    while (table && json) {
        char *dot = strchr(names, '.');
        if (!dot) return false;
        *dot = '\0';
        const SpecField *field = spec_table_find(table, names);
        json = json_get(json, names);
        bool null = !json || json_type(json) == JSON_NULL_VALUE;
        if (field && field->type == SPEC_TYPE_OPTIONAL && null) return true;
        table = field ? field->table : NULL;
        names = dot + 1;
        if (!is_object(json)) return false;
    }
    return false;
}

Json *experiment_merge_value(const ExperimentMerge *merge, const Json *base,
                             const char *dotted_path, const Json *value)
{
    char *names = arena_text(merge->arena, dotted_path, merge->err);
    Json *overrides = json_clone(value, merge->arena, merge->err);
    if (!names || !overrides) return NULL;
    if (is_off(merge->table, base, names)) return json_clone(base, merge->arena, merge->err);
    memcpy(names, dotted_path, strlen(dotted_path) + 1); /* is_off has cut it */
    for (char *dot = names; dot && overrides;) {         /* from the last name to the first */
        dot = strrchr(names, '.');
        Json *object = json_new_object(merge->arena, merge->err);
        if (!object) return NULL;
        if (!json_set(object, dot ? dot + 1 : names, overrides, merge->err)) return NULL;
        if (dot) *dot = '\0';
        overrides = object;
    }
    return experiment_merge(merge, base, overrides);
}

/* alternatives[key][name of the entry in `settings`] = its fields there, unless given. */
static bool add_own_entry(const ExperimentMerge *merge, Json *alternatives, const SpecField *field,
                          const Json *settings)
{
    const Json *named = json_get(settings, field->name);
    const Json *name = is_object(named) ? json_get(named, field->registry->kind) : NULL;
    if (!is_text(name)) return true;
    Json *entries = json_get(alternatives, field->name);
    if (!is_object(entries)) {
        entries = json_new_object(merge->arena, merge->err);
        if (!json_set(alternatives, field->name, entries, merge->err)) return false;
    }
    if (json_get(entries, json_text(name))) return true;
    Json *own = json_clone(named, merge->arena, merge->err);
    if (!own) return false;
    json_remove(own, field->registry->kind);
    return json_set(entries, json_text(name), own, merge->err);
}

Json *experiment_merge_alternatives(const ExperimentMerge *merge, const Json *given,
                                    const Json *settings)
{
    Json *alternatives = is_object(given) ? json_clone(given, merge->arena, merge->err)
                                          : json_new_object(merge->arena, merge->err);
    if (!alternatives) return NULL;
    for (const SpecField *field = merge->table->fields; field->name; field++)
        if (field->type == SPEC_TYPE_ENTRY && !add_own_entry(merge, alternatives, field, settings))
            return NULL;
    return alternatives;
}

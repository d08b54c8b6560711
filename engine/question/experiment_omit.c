#include "question/experiment_omit.h"

#include <string.h>

static bool is_object(const Json *json)
{
    return json && json_type(json) == JSON_OBJECT_VALUE;
}

/* Whether one of the settings is a registry's entry, {"architecture": "lstm"}, that the scale has not. */
static bool names_missing(const Json *settings, const Json *missing)
{
    for (size_t i = 0; i < json_size(settings); i++) {
        const char *key;
        Json *value;
        json_member(settings, i, &key, &value);
        if (json_type(value) != JSON_TEXT_VALUE) continue;
        const Json *entry = json_get(missing, json_text(value));
        if (entry && json_type(entry) == JSON_NULL_VALUE) return true;
    }
    return false;
}

static bool is_omitted(const Json *overrides, const Json *alternatives)
{
    for (size_t i = 0; is_object(overrides) && i < json_size(alternatives); i++) {
        const char *key;
        Json *entries;
        json_member(alternatives, i, &key, &entries);
        const Json *settings = json_get(overrides, key);
        if (is_object(settings) && is_object(entries) && names_missing(settings, entries))
            return true;
    }
    return false;
}

static bool is_text_of(const TextList *names, const Json *value)
{
    return value && json_type(value) == JSON_TEXT_VALUE &&
           spec_list_find(names, json_text(value)) >= 0;
}

static bool keep_claims(Json *document, const TextList *omitted, Arena *arena, Error *err)
{
    const Json *claims = json_get(document, "claims");
    Json *kept = json_new_list(arena, err);
    if (!claims || json_type(claims) != JSON_LIST_VALUE) return true;
    for (size_t i = 0; kept && i < json_size(claims); i++) {
        const Json *claim = json_at(claims, i);
        const bool gone = is_object(claim) && (is_text_of(omitted, json_get(claim, "better")) ||
                                               is_text_of(omitted, json_get(claim, "worse")));
        if (!gone && !json_add(kept, json_clone(claim, arena, err), err)) return false;
    }
    return json_set(document, "claims", kept, err);
}

/* The original's rows of tables. */
static void keep_rows(Json *document, const TextList *omitted)
{
    static const char *const path[] = {"report", "table", "paper"};
    Json *at = document;
    for (size_t i = 0; i < sizeof path / sizeof *path; i++) {
        at = json_get(at, path[i]);
        if (!is_object(at)) return;
    }
    for (size_t i = 0; i < omitted->n; i++) json_remove(at, omitted->text[i]);
}

bool experiment_omit(TextList *omitted, Json *document, const Json *alternatives, Arena *arena,
                     Error *err)
{
    Json *variants = json_get(document, "variants");
    const size_t n = is_object(variants) ? json_size(variants) : 0;
    *omitted = (TextList){0, arena_alloc(arena, n, sizeof(char *), err)};
    if (!omitted->text) return false;
    for (size_t i = 0; is_object(alternatives) && i < n; i++) {
        const char *name;
        Json *overrides;
        json_member(variants, i, &name, &overrides);
        if (is_omitted(overrides, alternatives)) omitted->text[omitted->n++] = name;
    }
    for (size_t i = 0; i < omitted->n; i++)
        if (!json_set(variants, omitted->text[i], json_new_null(arena, err), err)) return false;
    if (omitted->n == 0) return true;
    keep_rows(document, omitted);
    return keep_claims(document, omitted, arena, err);
}

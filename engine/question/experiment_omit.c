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

/* The scale's own words on the experiment. */
static bool is_null_in(const Json *own, const char *variant)
{
    const Json *variants = own ? json_get(own, "variants") : NULL;
    const Json *settings = variants ? json_get(variants, variant) : NULL;
    return settings && json_type(settings) == JSON_NULL_VALUE;
}

static bool is_omitted(const Json *overrides, const Json *alternatives)
{
    const size_t n = is_object(overrides) && is_object(alternatives) ? json_size(alternatives) : 0;
    for (size_t i = 0; i < n; i++) {
        const char *key;
        Json *entries;
        json_member(alternatives, i, &key, &entries);
        const Json *settings = json_get(overrides, key);
        if (is_object(settings) && is_object(entries) && names_missing(settings, entries))
            return true;
    }
    return false;
}

static bool is_text(const Json *object, const char *key, const char *word)
{
    const char *text = json_get_text(object, key);
    return text && !strcmp(text, word);
}

static bool names_omitted(const Json *claim, const char *key, const TextList *omitted)
{
    const char *text = json_get_text(claim, key);
    return text && spec_list_find(omitted, text) >= 0;
}

static bool has_published(const Json *pretrain)
{
    const Json *published = json_get(pretrain, "published");
    return published && json_type(published) != JSON_NULL_VALUE;
}

/* Whether a claim's variant begins from published weights: by its own settings of pre-training, or those of all. A
 * cell of a grid is named by its variant first. */
static bool begins_published(const Json *document, const Json *claim)
{
    const char *better = json_get_text(claim, "better");
    const Json *variants = json_get(document, "variants"),
               *pretrain = json_get(document, "pretrain");
    for (size_t i = 0; better && is_object(variants) && i < json_size(variants); i++) {
        const char *name;
        Json *overrides;
        json_member(variants, i, &name, &overrides);
        const size_t size = strlen(name);
        const bool is_named =
            !strncmp(better, name, size) && (better[size] == '\0' || better[size] == ',');
        const Json *own = is_named && is_object(overrides) ? json_get(overrides, "pretrain") : NULL;
        if (is_object(own) && json_get(own, "published")) pretrain = own;
    }
    return is_object(pretrain) && has_published(pretrain);
}

/* Published weights are one state of a language model, of which nothing is known while it was trained. */
static bool lacks_course(const Json *document, const Json *claim)
{
    return is_text(claim, "on", "zero-shot") &&
           (is_text(claim, "at", "gain") || is_text(claim, "rule", "trend")) &&
           begins_published(document, claim);
}

static bool add_claim(TextList *omitted, const Json *claim, Arena *arena, Error *err)
{
    const char *id = json_get_text(claim, "id");
    const char *text = arena_format(arena, err, "claim %s", id ? id : "");
    omitted->text[omitted->n++] = text;
    return text != NULL;
}

/* What names a variant that is left out, and what asks for more than there is, goes too. */
static bool keep_claims(TextList *omitted, Json *document, Arena *arena, Error *err)
{
    const TextList variants = *omitted;
    const Json *claims = json_get(document, "claims");
    Json *kept = json_new_list(arena, err);
    if (!claims || json_type(claims) != JSON_LIST_VALUE) return true;
    for (size_t i = 0; kept && i < json_size(claims); i++) {
        const Json *claim = json_at(claims, i);
        const bool gone = is_object(claim) && (names_omitted(claim, "better", &variants) ||
                                               names_omitted(claim, "worse", &variants) ||
                                               lacks_course(document, claim));
        if (gone ? !add_claim(omitted, claim, arena, err)
                 : !json_add(kept, json_clone(claim, arena, err), err))
            return false;
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

static size_t size_of(const Json *list_or_object)
{
    const bool has_size = list_or_object && (is_object(list_or_object) ||
                                             json_type(list_or_object) == JSON_LIST_VALUE);
    return has_size ? json_size(list_or_object) : 0;
}

bool experiment_omit(TextList *omitted, Json *document, const Json *alternatives, const Json *own,
                     Arena *arena, Error *err)
{
    Json *variants = json_get(document, "variants");
    const size_t n = is_object(variants) ? json_size(variants) : 0;
    *omitted = (TextList){
        0, arena_alloc(arena, n + size_of(json_get(document, "claims")), sizeof(char *), err)};
    if (!omitted->text) return false;
    for (size_t i = 0; i < n; i++) {
        const char *name;
        Json *overrides;
        json_member(variants, i, &name, &overrides);
        if (is_null_in(own, name) || is_omitted(overrides, alternatives))
            omitted->text[omitted->n++] = name;
    }
    for (size_t i = 0; i < omitted->n; i++)
        if (!json_set(variants, omitted->text[i], json_new_null(arena, err), err)) return false;
    keep_rows(document, omitted);
    return keep_claims(omitted, document, arena, err);
}

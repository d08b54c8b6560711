#include "result/result_words.h"

#include <string.h>

/* What is being changed, and the list of what was. */
typedef struct Taking {
    Buffer changed;
    Error *err;
} Taking;

static bool tell(Taking *taking, const char *what, const char *name)
{
    return buffer_format(&taking->changed, taking->err, "%s%s%s%s",
                         taking->changed.size ? ", " : "", what, *name ? " " : "", name);
}

static bool is_nothing(const Json *value)
{
    return !value || json_type(value) == JSON_NULL_VALUE;
}

/* A member, which is told of by `name` where it is not the same. */
static bool take(Taking *taking, Json *to, const Json *from, const char *key, const char *what,
                 const char *name)
{
    const Json *old = json_get(to, key), *new = json_get(from, key);
    if (is_nothing(old) ? is_nothing(new) : !is_nothing(new) && json_same(old, new)) return true;
    if (!is_nothing(new))
        return json_set(to, key, json_clone(new, taking->changed.arena, taking->err),
                        taking->err) &&
               tell(taking, what, name);
    json_remove(to, key);
    return tell(taking, what, name);
}

/* The one of a list of objects whose `key` is the same; NULL: none. */
static Json *find_like(const Json *list, const char *key, const Json *like)
{
    const char *name = json_get_text(like, key);
    for (size_t i = 0; name && list && i < json_size(list); i++) {
        const char *other = json_get_text(json_at(list, i), key);
        if (other && !strcmp(other, name)) return json_at(list, i);
    }
    return NULL;
}

static bool take_claims(Taking *taking, Json *spec, const Json *asked)
{
    const Json *old = json_get(spec, "claims"), *new = json_get(asked, "claims");
    for (size_t i = 0; new &&i < json_size(new); i++) {
        const Json *claim = json_at(new, i);
        Json *own = find_like(old, "id", claim);
        if (own && !take(taking, own, claim, "statement", "claim", json_get_text(claim, "id")))
            return false;
    }
    return true;
}

static bool take_spec(Taking *taking, Json *document, const Json *asked)
{
    static const char *const words[] = {"title", "question", "description", "report"};
    HashText hash;
    Json *spec = json_get(document, "spec");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!take(taking, spec, asked, words[i], words[i], "")) return false;
    if (!take_claims(taking, spec, asked)) return false;
    if (!taking->changed.size) return true;
    Taking copies = {buffer_create(taking->changed.arena), taking->err};
    return take(&copies, document, asked, "title", "", "") &&
           take(&copies, document, asked, "question", "", "") &&
           json_hash(&hash, spec, taking->changed.arena, taking->err) &&
           json_set_text(document, "spec_sha256", hash.text, taking->changed.arena, taking->err);
}

/* Of data with the same content, where the result describes it at all. */
static bool take_data(Taking *taking, Json *document, const Provenance *provenance)
{
    static const char *const words[] = {"licence", "home", "test_note"};
    Arena *arena = taking->changed.arena;
    Json *written = spec_write(provenance, &provenance_table, true, arena, taking->err);
    if (!written) return false;
    const Json *old = json_get(json_get(document, "provenance"), "data"),
               *new = json_get(written, "data");
    for (size_t i = 0; new &&i < json_size(new); i++) {
        const Json *data = json_at(new, i), *sha256 = json_get(data, "sha256");
        Json *own = find_like(old, "name", data);
        if (!own || !json_get(own, "metric") || !json_same(json_get(own, "sha256"), sha256))
            continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (!take(taking, own, data, words[k], words[k], json_get_text(data, "name")))
                return false;
    }
    return true;
}

bool result_words_take(const char **changed, Json *document, const Experiment *experiment,
                       const Provenance *provenance, Arena *arena, Error *err)
{
    Taking taking = {buffer_create(arena), err};
    *changed = NULL;
    if (!take_spec(&taking, document, experiment->document) ||
        !take_data(&taking, document, provenance))
        return false;
    *changed = taking.changed.data;
    return true;
}

#include "question/experiment_set.h"

#include <ctype.h>
#include <string.h>

#include "base/encoding.h"
#include "question/experiment_check.h"

/* --- reading ------------------------------------------------------------------------------------ */

/* The mark in front of the next setting; NULL: there is none. */
static const char *next_mark(const char *text)
{
    const char *mark = text;
    while ((mark = strchr(mark, EXPERIMENT_SET_MARK)) && !isalpha((unsigned char)mark[1])) mark++;
    return mark;
}

/* Results are kept in a folder of the scale's name. */
static bool check_name(const char *scale, Error *err)
{
    enum { MOST_BYTES = 200 };
    if (strlen(scale) > MOST_BYTES) {
        error_usage(err, "--set: settings of more than %d letters", MOST_BYTES);
        return error_hint(err, "an experiment's file of your own, which extends this one");
    }
    const size_t right = encoding_utf8_length(scale, strlen(scale));
    if (right < strlen(scale))
        return error_usage(err, "--set '%s': byte 0x%02X is no UTF-8", scale,
                           (unsigned char)scale[right]);
    for (const char *c = scale; *c; c++)
        if (*c == '/' || *c == '\\' || iscntrl((unsigned char)*c)) {
            error_usage(err, "--set '%s': '%c' cannot be in the name of a result's folder", scale,
                        iscntrl((unsigned char)*c) ? ' ' : *c);
            return error_hint(err, "an experiment's file of your own, which extends this one");
        }
    return true;
}

/* JSON; what is none is text. */
static Json *read_value(const char *text, Arena *arena, Error *err)
{
    Error why = {0};
    Json *value = json_parse_text(text, strlen(text), "--set", arena, &why);
    return value ? value : json_new_text(text, arena, err);
}

/* The object at `path` in `values`, made where it is missing; *last: what stands behind the last dot. */
static Json *object_at(Json *values, char *path, char **last, Arena *arena, Error *err)
{
    Json *object = values;
    *last = path;
    for (char *dot = strchr(path, '.'); dot && object; dot = strchr(*last, '.')) {
        *dot = '\0';
        Json *inner = json_get(object, *last);
        if (!inner || json_type(inner) != JSON_OBJECT_VALUE) {
            inner = json_new_object(arena, err);
            if (!json_set(object, *last, inner, err)) return NULL;
        }
        object = inner;
        *last = dot + 1;
    }
    return object;
}

/* "finetune" of "finetune.epochs", and each of itself. */
static bool is_within(const char *path, const char *section)
{
    const size_t n = strlen(section);
    return !strncmp(path, section, n) && (path[n] == '.' || path[n] == '\0');
}

static bool check_once(const ExperimentSet *set, const char *path, Error *err)
{
    for (size_t i = 0; i < set->paths.n; i++) {
        const char *other = set->paths.text[i];
        if (!is_within(path, other) && !is_within(other, path)) continue;
        if (!strcmp(path, other)) error_usage(err, "--set %s: is given twice", path);
        else error_usage(err, "--set %s and --set %s: one holds the other", other, path);
        return error_hint(err, "take one of them away");
    }
    return true;
}

/* What an experiment is called and made from is no setting of it. */
static bool check_path(const ExperimentSet *set, const char *path, Error *err)
{
    static const char *const no_settings[] = {"format",      "title",   "question",
                                              "description", "extends", "$schema"};
    for (size_t i = 0; i < sizeof no_settings / sizeof *no_settings; i++)
        if (is_within(path, no_settings[i])) {
            error_usage(err, "--set %s: is no setting", path);
            return error_hint(err, "an experiment's file of your own, which extends this one");
        }
    return check_once(set, path, err);
}

static bool add_setting(ExperimentSet *set, Json *values, char *text, Arena *arena, Error *err)
{
    char *last, *equals = strchr(text, '=');
    if (!equals || equals == text) {
        error_usage(err, "--set '%s': no '='", text);
        return error_hint(err, "--set finetune.epochs=5");
    }
    *equals = '\0';
    if (!check_path(set, text, err)) return false;
    set->paths.text[set->paths.n] = arena_text(arena, text, err);
    if (!set->paths.text[set->paths.n++]) return false;
    Json *value = read_value(equals + 1, arena, err);
    Json *object = object_at(values, text, &last, arena, err);
    return value && object && json_set(object, last, value, err);
}

/* As a document is, so that it is checked as one. */
static bool check_values(Json *values, const SpecTable *settings, Arena *arena, Error *err)
{
    const ExperimentSource source = {"--set", {"--set", arena, err}, values};
    const int n_errors = err->n_errors;
    if (!json_set(values, "format", json_new_integer(1, arena, err), err) ||
        !json_set(values, "title", json_new_text("--set", arena, err), err))
        return false;
    experiment_check_document(&source, settings);
    json_remove(values, "format");
    json_remove(values, "title");
    return err->n_errors == n_errors;
}

bool experiment_set_read(ExperimentSet *set, const char *scale, const SpecTable *settings,
                         Arena *arena, Error *err)
{
    const char *mark = next_mark(scale);
    *set = (ExperimentSet){.scale = mark ? NULL : scale};
    if (!mark) return true;
    if (!check_name(scale, err)) return false;
    set->scale = arena_text_span(arena, scale, (size_t)(mark - scale), err);
    set->paths.text = arena_alloc(arena, strlen(mark), sizeof(char *), err);
    Json *values = json_new_object(arena, err);
    if (!set->scale || !set->paths.text || !values) return false;
    while (mark) {
        const char *begin = mark + 1, *end = next_mark(begin);
        char *text =
            arena_text_span(arena, begin, end ? (size_t)(end - begin) : strlen(begin), err);
        if (!text || !add_setting(set, values, text, arena, err)) return false;
        mark = end;
    }
    set->values = values;
    return check_values(values, settings, arena, err);
}

/* --- applying ----------------------------------------------------------------------------------- */

static bool check_grid(const Json *document, const char *path, const ExperimentChain *chain)
{
    const Json *grid = json_get(document, "grid");
    if (!grid || !json_get(grid, path)) return true;
    const SpecReader *reader = experiment_chain_origin(chain, "grid", path);
    spec_error(reader, spec_path_key(reader, "$.grid", path),
               "--set %s: the experiment goes through several values of it", path);
    return error_hint(reader->err, "--set \"grid={\\\"%s\\\": [...]}\" for other values", path);
}

static void select_no_more(Json *document, const char *path)
{
    Json *select = json_get(document, "select");
    if (!select || json_type(select) != JSON_OBJECT_VALUE || !json_get(select, path)) return;
    json_remove(select, path);
    if (json_size(select) > 0) return;
    json_remove(document, "select");
    json_remove(document, "select_seeds");
}

bool experiment_set_apply(Json **document, const ExperimentSet *set, const ExperimentMerge *merge,
                          const ExperimentChain *chain)
{
    bool good = true;
    if (!set->values) return true;
    for (size_t i = 0; i < set->paths.n; i++) {
        good &= check_grid(*document, set->paths.text[i], chain);
        select_no_more(*document, set->paths.text[i]);
    }
    if (good) *document = experiment_merge(merge, *document, set->values);
    return good && *document;
}

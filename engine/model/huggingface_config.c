#include "model/huggingface_config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"

enum { MOST_VOCABULARY = 1 << 30, NOT_READ = 0 };
static const double usual_rate = 0.1, most_rate = 0.9;

/* --- places in a spec ------------------------------------------------------------------------- */

static const void *place(const HuggingfaceField *field, const void *spec)
{
    return (const char *)spec + field->offset;
}

int64_t huggingface_config_count(const HuggingfaceField *field, const void *spec)
{
    return *(const int64_t *)place(field, spec);
}

int huggingface_config_choice(const HuggingfaceField *field, const void *spec)
{
    return *(const int *)place(field, spec);
}

static double rate_of(const HuggingfaceField *field, const void *spec)
{
    return *(const double *)place(field, spec);
}

static int64_t count_named(const HuggingfaceFamily *family, const void *spec, const char *key)
{
    const HuggingfaceField *field = family->fields;
    while (strcmp(field->key, key) != 0) field++;
    return huggingface_config_count(field, spec);
}

static int64_t ratio(const HuggingfaceField *field, const HuggingfaceFamily *family,
                     const void *spec)
{
    const int64_t of = field->factor * count_named(family, spec, field->of);
    return field->by ? of / count_named(family, spec, field->by) : of;
}

/* --- reading -------------------------------------------------------------------------------- */

typedef struct Reading {
    const char *path;
    const Json *object;
    const HuggingfaceFamily *family;
    char *spec;
    Arena *arena;
    Error *err;
} Reading;

static const char *name_of(const Reading *r)
{
    return r->family->architecture->entry.name;
}

/* NOT_READ: an error. */
static int64_t read_count(const Reading *r, const HuggingfaceField *field)
{
    const int64_t least = field->least > 1 ? field->least : 1;
    const Json *member = json_get(r->object, field->key);
    if (!member && field->usual > 0) return field->usual;
    if (member && json_type(member) == JSON_INTEGER_VALUE && json_int(member) >= least &&
        json_int(member) <= field->most)
        return json_int(member);
    error_set(r->err, "%s: $.%s: expected a whole number from %lld to %lld%s", r->path, field->key,
              (long long)least, (long long)field->most, member ? "" : ", found nothing");
    return NOT_READ;
}

/* A number that may be left out. */
static double read_number(const Reading *r, const char *key, double usual)
{
    const Json *member = json_get(r->object, key);
    if (!member) return usual;
    if (json_is_numeric(member)) return json_number(member);
    error_set(r->err, "%s: $.%s: expected a number", r->path, key);
    return usual;
}

/* Another field before this one that is of the same place. */
static const HuggingfaceField *same_place(const Reading *r, const HuggingfaceField *field)
{
    for (const HuggingfaceField *other = r->family->fields; other < field; other++)
        if (other->kind == field->kind && other->offset == field->offset) return other;
    return NULL;
}

static void read_rate(const Reading *r, const HuggingfaceField *field)
{
    double rate = read_number(r, field->key, usual_rate);
    const HuggingfaceField *other = same_place(r, field);
    if (!(rate >= 0 && rate <= most_rate)) {
        error_set(r->err, "%s: $.%s: expected a number from 0 to %g", r->path, field->key,
                  most_rate);
        rate = usual_rate;
    }
    if (!other) *(double *)(void *)(r->spec + field->offset) = rate;
    else if (rate_of(field, r->spec) != rate)
        error_set(r->err, "%s: $.%s is not $.%s, but a %s here has one for both", r->path,
                  other->key, field->key, name_of(r));
}

static const char *text_of(const Reading *r, const char *key)
{
    const char *text = json_get_text(r->object, key);
    return text ? text : "no text";
}

static void read_choice(const Reading *r, const HuggingfaceField *field)
{
    int chosen = (int)field->usual;
    if (json_get(r->object, field->key)) {
        const char *found = text_of(r, field->key);
        for (chosen = 0; field->words[chosen] && strcmp(field->words[chosen], found) != 0;)
            chosen++;
        if (!field->words[chosen]) {
            chosen = 0;
            error_set(r->err, "%s: $.%s is '%s', but a %s here is '%s' or '%s'", r->path,
                      field->key, found, name_of(r), field->words[0], field->words[1]);
        }
    }
    *(int *)(void *)(r->spec + field->offset) = chosen;
}

static void read_member(const Reading *r, const HuggingfaceField *field)
{
    if (field->kind == HUGGINGFACE_COUNT)
        *(int64_t *)(void *)(r->spec + field->offset) = read_count(r, field);
    if (field->kind == HUGGINGFACE_RATE) read_rate(r, field);
    if (field->kind == HUGGINGFACE_CHOICE) read_choice(r, field);
}

/* --- what is always so -------------------------------------------------------------------------- */

static void check_number(const Reading *r, const HuggingfaceField *field, double wanted)
{
    const double found = read_number(r, field->key, wanted);
    if (fabs(found - wanted) > 1e-6 * wanted)
        error_set(r->err, "%s: $.%s is %g, but a %s here has %g", r->path, field->key, found,
                  name_of(r), wanted);
}

static void check_text(const Reading *r, const HuggingfaceField *field)
{
    if (json_get(r->object, field->key) && strcmp(text_of(r, field->key), field->text) != 0)
        error_set(r->err, "%s: $.%s is '%s', but a %s here is '%s'", r->path, field->key,
                  text_of(r, field->key), name_of(r), field->text);
}

static void check_true(const Reading *r, const HuggingfaceField *field)
{
    const Json *member = json_get(r->object, field->key);
    if (member && !(json_type(member) == JSON_BOOL_VALUE && json_bool(member)))
        error_set(r->err, "%s: $.%s is not true, but a %s here is so", r->path, field->key,
                  name_of(r));
}

static void check_divides(const Reading *r, const HuggingfaceField *field)
{
    const int64_t whole = count_named(r->family, r->spec, field->divides);
    const int64_t part = huggingface_config_count(field, r->spec);
    if (whole % part != 0)
        error_set(r->err, "%s: $.%s: %lld does not divide %s = %lld", r->path, field->key,
                  (long long)part, field->divides, (long long)whole);
}

/* What follows from counts that are not there says nothing; `other` NULL: none. */
static bool has_counts(const Reading *r, const char *one, const char *other)
{
    return count_named(r->family, r->spec, one) != NOT_READ &&
           (!other || count_named(r->family, r->spec, other) != NOT_READ);
}

static void check_member(const Reading *r, const HuggingfaceField *field)
{
    switch (field->kind) {
    case HUGGINGFACE_RATIO:
        if (has_counts(r, field->of, field->by))
            check_number(r, field, (double)ratio(field, r->family, r->spec));
        break;
    case HUGGINGFACE_NUMBER: check_number(r, field, field->number); break;
    case HUGGINGFACE_TEXT: check_text(r, field); break;
    case HUGGINGFACE_TRUE: check_true(r, field); break;
    case HUGGINGFACE_COUNT:
        if (field->divides && has_counts(r, field->key, field->divides)) check_divides(r, field);
        break;
    case HUGGINGFACE_RATE:
    case HUGGINGFACE_CHOICE: break;
    }
}

static void hint_families(const Reading *r)
{
    Error lost = {0}; /* without room for a hint there is none */
    Buffer names = buffer_create(r->arena);
    bool added = true;
    for (const HuggingfaceFamily *const *f = huggingface_families; added && *f; f++)
        added = buffer_format(&names, &lost, "%s%s", names.size ? ", " : "", (*f)->class_name);
    if (added) (void)!error_hint(r->err, "a folder of one of these models: %s", names.data);
}

/* What another kind of model says means nothing here. */
static const HuggingfaceFamily *find_family(const Reading *r)
{
    const HuggingfaceFamily *family = huggingface_family_named(text_of(r, "model_type"));
    if (family) return family;
    if (json_get(r->object, "model_type"))
        error_set(r->err, "%s: $.model_type is '%s', which is not read", r->path,
                  text_of(r, "model_type"));
    else error_set(r->err, "%s: $.model_type is not there", r->path);
    hint_families(r);
    return NULL;
}

bool huggingface_config_read(HuggingfaceConfig *config, const char *path, Arena *arena, Error *err)
{
    *config = (HuggingfaceConfig){.tokens = {-1, -1, -1}};
    const int n_before = err->n_errors;
    Reading r = {.path = path, .arena = arena, .err = err};
    if (!file_exists(path)) {
        error_set(err, "%s: is not there", path);
        return error_hint(err, "a folder that save_pretrained of the library wrote");
    }
    r.object = json_parse_file(path, arena, err);
    if (!r.object) return false;
    if (json_type(r.object) != JSON_OBJECT_VALUE)
        return error_set(err, "%s: expected an object", path);
    config->family = r.family = find_family(&r);
    if (!r.family) return false;
    config->spec = r.spec = arena_alloc(arena, 1, r.family->architecture->entry.table->size, err);
    if (!r.spec) return false;
    config->n_vocab = read_count(&r, &(HuggingfaceField){.key = "vocab_size",
                                                         .kind = HUGGINGFACE_COUNT,
                                                         .most = MOST_VOCABULARY});
    for (const HuggingfaceField *field = r.family->fields; field->key; field++)
        read_member(&r, field);
    for (const HuggingfaceField *field = r.family->fields; field->key; field++)
        check_member(&r, field);
    return err->n_errors == n_before ||
           error_hint(
               err, "a config.json as the library wrote it, of a model that is built as published");
}

/* --- writing -------------------------------------------------------------------------------- */

typedef struct Writing {
    Json *object;
    Arena *arena;
    Error *err;
} Writing;

static bool set_text(const Writing *w, const char *key, const char *value)
{
    return json_set_text(w->object, key, value, w->arena, w->err);
}

static bool set_integer(const Writing *w, const char *key, int64_t value)
{
    return json_set_integer(w->object, key, value, w->arena, w->err);
}

static bool set_number(const Writing *w, const char *key, double value)
{
    return json_set_number(w->object, key, value, w->arena, w->err);
}

static bool write_labels(const Writing *w, const char *const *name, int n, const char *problem)
{
    Writing names = *w, numbers = *w;
    names.object = json_new_object(w->arena, w->err);
    numbers.object = names.object ? json_new_object(w->arena, w->err) : NULL;
    if (!numbers.object) return false;
    for (int i = 0; i < n; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", i);
        const char *text = name ? name[i] : number;
        if (!set_text(&names, number, text) || !set_integer(&numbers, text, i)) return false;
    }
    return json_set(w->object, "id2label", names.object, w->err) &&
           json_set(w->object, "label2id", numbers.object, w->err) &&
           set_text(w, "problem_type", problem);
}

/* One label is what the library knows a number by; of a choice it counts the answers. */
static bool write_outputs(const Writing *w, const HuggingfaceConfig *config)
{
    static const char *const number[] = {"number"};
    switch (config->head) {
    case HUGGINGFACE_HEAD_CLASSES:
        return write_labels(w, config->label_names, config->n_labels,
                            "single_label_classification");
    case HUGGINGFACE_HEAD_NUMBER: return write_labels(w, number, 1, "regression");
    case HUGGINGFACE_HEAD_NONE:
    case HUGGINGFACE_HEAD_CHOICE: break;
    }
    return true;
}

static bool write_kind(const Writing *w, const HuggingfaceConfig *config)
{
    Json *classes = json_new_list(w->arena, w->err);
    const HuggingfaceFamily *family = config->family;
    const char *architecture = config->tells_pairs ? family->of_pairs.language_model
                                                   : huggingface_family_class(family, config->head);
    return classes && json_add(classes, json_new_text(architecture, w->arena, w->err), w->err) &&
           json_set(w->object, "architectures", classes, w->err) &&
           set_text(w, "model_type", config->family->model_type) &&
           set_integer(w, "vocab_size", config->n_vocab);
}

static bool is_whole(double number)
{
    return number == floor(number);
}

static bool write_field(const Writing *w, const HuggingfaceField *field,
                        const HuggingfaceConfig *config)
{
    switch (field->kind) {
    case HUGGINGFACE_COUNT:
        return set_integer(w, field->key, huggingface_config_count(field, config->spec));
    case HUGGINGFACE_RATE: return set_number(w, field->key, rate_of(field, config->spec));
    case HUGGINGFACE_CHOICE:
        return set_text(w, field->key,
                        field->words[huggingface_config_choice(field, config->spec)]);
    case HUGGINGFACE_RATIO:
        return set_integer(w, field->key, ratio(field, config->family, config->spec));
    case HUGGINGFACE_NUMBER:
        return is_whole(field->number) ? set_integer(w, field->key, (int64_t)field->number)
                                       : set_number(w, field->key, field->number);
    case HUGGINGFACE_TEXT: return set_text(w, field->key, field->text);
    case HUGGINGFACE_TRUE:
        return json_set(w->object, field->key, json_new_bool(true, w->arena, w->err), w->err);
    }
    return false;
}

static bool write_members(const Writing *w, const HuggingfaceConfig *config)
{
    const HuggingfaceTokens *tokens = &config->tokens;
    if (!write_kind(w, config)) return false;
    for (const HuggingfaceField *field = config->family->fields; field->key; field++)
        if (!write_field(w, field, config)) return false;
    return set_text(w, "dtype", "float32") && set_text(w, "torch_dtype", "float32") &&
           set_integer(w, "pad_token_id", tokens->pad) &&
           (tokens->start < 0 || set_integer(w, "decoder_start_token_id", tokens->start)) &&
           (tokens->end < 0 || set_integer(w, "eos_token_id", tokens->end)) &&
           write_outputs(w, config);
}

bool huggingface_config_write(const char *path, const HuggingfaceConfig *config, Arena *scratch,
                              Error *err)
{
    const Writing w = {json_new_object(scratch, err), scratch, err};
    return w.object && write_members(&w, config) && json_write_file(path, w.object, scratch, err);
}

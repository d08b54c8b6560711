#include "base/json.h"

#include "base/encoding.h"
#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <string.h>

/* Jansson reads the text; its values are copied into our own, which live in an arena like all else.
 * It also has a type called json_type. */
#define json_type jansson_type
#include <jansson.h>
#undef json_type

typedef struct JsonSlot {
    const char *key; /* NULL in a list */
    Json *value;
} JsonSlot;

struct Json {
    JsonType type;
    union {
        bool boolean;
        int64_t integer;
        double real;
        const char *text;
        struct {
            JsonSlot *slots; /* in order of insertion */
            size_t n, capacity;
            uint32_t
                *index; /* of an object with many members: slot number + 1 by hash; 0 is free */
            size_t index_size; /* a power of two above twice n, or 0 */
        } container;
    };
    Arena *arena; /* borrowed */
};

/* --- values ------------------------------------------------------------------------------------ */

static Json *new_value(JsonType type, Arena *arena, Error *err)
{
    Json *value = arena_alloc(arena, 1, sizeof *value, err);
    if (!value) return NULL;
    value->type = type;
    value->arena = arena;
    return value;
}

Json *json_new_null(Arena *arena, Error *err)
{
    return new_value(JSON_NULL_VALUE, arena, err);
}

Json *json_new_bool(bool value, Arena *arena, Error *err)
{
    Json *json = new_value(JSON_BOOL_VALUE, arena, err);
    if (json) json->boolean = value;
    return json;
}

Json *json_new_integer(int64_t value, Arena *arena, Error *err)
{
    Json *json = new_value(JSON_INTEGER_VALUE, arena, err);
    if (json) json->integer = value;
    return json;
}

Json *json_new_number(double value, Arena *arena, Error *err)
{
    if (!isfinite(value)) return json_new_null(arena, err);
    Json *json = new_value(JSON_REAL_VALUE, arena, err);
    if (json) json->real = value;
    return json;
}

/* What is not could be written and never be read again. */
static bool is_utf8(const char *text, Error *err)
{
    size_t size = strlen(text), good = encoding_utf8_length(text, size);
    return good == size ||
           error_set(err, "JSON holds only UTF-8: byte %zu, 0x%02X, of the text '%.*s...' is none",
                     good, (unsigned char)text[good], good < 40 ? (int)good : 40, text);
}

Json *json_new_text(const char *value, Arena *arena, Error *err)
{
    Json *json = new_value(JSON_TEXT_VALUE, arena, err);
    if (!json) return NULL;
    json->text = is_utf8(value, err) ? arena_text(arena, value, err) : NULL;
    return json->text ? json : NULL;
}

Json *json_new_list(Arena *arena, Error *err)
{
    return new_value(JSON_LIST_VALUE, arena, err);
}

Json *json_new_object(Arena *arena, Error *err)
{
    return new_value(JSON_OBJECT_VALUE, arena, err);
}

JsonType json_type(const Json *value)
{
    return value->type;
}

const char *json_type_name(JsonType type)
{
    static const char *const names[] = {
        [JSON_NULL_VALUE] = "null",          [JSON_BOOL_VALUE] = "true or false",
        [JSON_INTEGER_VALUE] = "an integer", [JSON_REAL_VALUE] = "a number",
        [JSON_TEXT_VALUE] = "text",          [JSON_LIST_VALUE] = "a list",
        [JSON_OBJECT_VALUE] = "an object",
    };
    return names[type];
}

bool json_bool(const Json *value)
{
    assert(value->type == JSON_BOOL_VALUE);
    return value->boolean;
}

int64_t json_int(const Json *value)
{
    assert(value->type == JSON_INTEGER_VALUE);
    return value->integer;
}

bool json_is_numeric(const Json *value)
{
    return value && (value->type == JSON_INTEGER_VALUE || value->type == JSON_REAL_VALUE);
}

double json_number(const Json *value)
{
    assert(json_is_numeric(value));
    return value->type == JSON_INTEGER_VALUE ? (double)value->integer : value->real;
}

const char *json_text(const Json *value)
{
    assert(value->type == JSON_TEXT_VALUE);
    return value->text;
}

/* --- lists and objects ------------------------------------------------------------------------- */

static bool is_container(const Json *value)
{
    return value->type == JSON_LIST_VALUE || value->type == JSON_OBJECT_VALUE;
}

size_t json_size(const Json *list_or_object)
{
    assert(is_container(list_or_object));
    return list_or_object->container.n;
}

Json *json_at(const Json *list, size_t index)
{
    assert(list->type == JSON_LIST_VALUE && index < list->container.n);
    return list->container.slots[index].value;
}

const char *json_get_text(const Json *object, const char *key)
{
    const Json *value = json_get(object, key);
    return value && json_type(value) == JSON_TEXT_VALUE ? json_text(value) : NULL;
}

void json_member(const Json *object, size_t index, const char **key, Json **value)
{
    assert(object->type == JSON_OBJECT_VALUE && index < object->container.n);
    *key = object->container.slots[index].key;
    *value = object->container.slots[index].value;
}

static size_t hash_key(const char *key)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *key; key++) hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32);
}

/* The place in the index where `key` stands, or the free place where it belongs. */
static uint32_t *index_place(const Json *object, const char *key)
{
    size_t mask = object->container.index_size - 1;
    for (size_t at = hash_key(key) & mask;; at = (at + 1) & mask) {
        uint32_t *place = &object->container.index[at];
        if (*place == 0 || strcmp(object->container.slots[*place - 1].key, key) == 0) return place;
    }
}

static JsonSlot *find_slot(const Json *object, const char *key)
{
    if (object->container.index_size > 0) {
        uint32_t place = *index_place(object, key);
        return place ? &object->container.slots[place - 1] : NULL;
    }
    for (size_t i = 0; i < object->container.n; i++) {
        if (strcmp(object->container.slots[i].key, key) == 0) return &object->container.slots[i];
    }
    return NULL;
}

/* Small objects are searched one by one; larger ones get an index, made anew when it fills up. */
static bool rebuild_index(Json *object, Error *err)
{
    enum { INDEXED_FROM = 16 };
    size_t n = object->container.n;
    if (n < INDEXED_FROM || n * 2 < object->container.index_size) return true;
    size_t size =
        object->container.index_size ? object->container.index_size * 2 : (size_t)4 * INDEXED_FROM;
    uint32_t *index = arena_alloc(object->arena, size, sizeof *index, err);
    if (!index) return false;
    object->container.index = index;
    object->container.index_size = size;
    for (size_t i = 0; i < n; i++)
        *index_place(object, object->container.slots[i].key) = (uint32_t)(i + 1);
    return true;
}

static JsonSlot *add_slot(Json *container, Error *err)
{
    JsonSlot *slots =
        arena_grow(container->arena, container->container.slots, container->container.n,
                   &container->container.capacity, sizeof *slots, err);
    if (!slots) return NULL;
    container->container.slots = slots;
    return &container->container.slots[container->container.n];
}

Json *json_get(const Json *object, const char *key)
{
    assert(object->type == JSON_OBJECT_VALUE);
    const JsonSlot *slot = find_slot(object, key);
    return slot ? slot->value : NULL;
}

bool json_set(Json *object, const char *key, Json *value, Error *err)
{
    if (!object || !value) return false;
    assert(object->type == JSON_OBJECT_VALUE);
    JsonSlot *slot = find_slot(object, key);
    if (slot) {
        slot->value = value;
        return true;
    }
    const char *copy = is_utf8(key, err) ? arena_text(object->arena, key, err) : NULL;
    slot = copy ? add_slot(object, err) : NULL;
    if (!slot || !rebuild_index(object, err)) return false;
    *slot = (JsonSlot){.key = copy, .value = value};
    object->container.n++;
    if (object->container.index_size > 0)
        *index_place(object, copy) = (uint32_t)object->container.n;
    return true;
}

bool json_add(Json *list, Json *value, Error *err)
{
    if (!list || !value) return false;
    assert(list->type == JSON_LIST_VALUE);
    JsonSlot *slot = add_slot(list, err);
    if (!slot) return false;
    *slot = (JsonSlot){.value = value};
    list->container.n++;
    return true;
}

bool json_set_text(Json *object, const char *key, const char *value, Arena *arena, Error *err)
{
    return json_set(object, key, json_new_text(value, arena, err), err);
}

bool json_set_text_or_null(Json *object, const char *key, const char *value, Arena *arena,
                           Error *err)
{
    Json *json = value ? json_new_text(value, arena, err) : json_new_null(arena, err);
    return json_set(object, key, json, err);
}

bool json_set_integer(Json *object, const char *key, int64_t value, Arena *arena, Error *err)
{
    return json_set(object, key, json_new_integer(value, arena, err), err);
}

bool json_set_number(Json *object, const char *key, double value, Arena *arena, Error *err)
{
    return json_set(object, key, json_new_number(value, arena, err), err);
}

void json_remove(Json *object, const char *key)
{
    assert(object->type == JSON_OBJECT_VALUE);
    JsonSlot *slot = find_slot(object, key);
    if (!slot) return;
    JsonSlot *end = object->container.slots + --object->container.n;
    memmove(slot, slot + 1, (size_t)(end - slot) * sizeof *slot);
    if (object->container.index_size == 0) return;
    memset(object->container.index, 0,
           object->container.index_size * sizeof *object->container.index);
    for (size_t i = 0; i < object->container.n; i++)
        *index_place(object, object->container.slots[i].key) = (uint32_t)(i + 1);
}

/* --- whole trees ------------------------------------------------------------------------------- */

Json *json_clone(const Json *value, Arena *arena, Error *err)
{
    if (value->type == JSON_TEXT_VALUE) return json_new_text(value->text, arena, err);
    Json *copy = new_value(value->type, arena, err);
    if (!copy) return NULL;
    if (!is_container(value)) {
        *copy = *value;
        copy->arena = arena;
        return copy;
    }
    for (size_t i = 0; i < value->container.n; i++) {
        const JsonSlot *slot = &value->container.slots[i];
        Json *child = json_clone(slot->value, arena, err);
        if (!(slot->key ? json_set(copy, slot->key, child, err) : json_add(copy, child, err)))
            return NULL;
    }
    return copy;
}

static bool same_members(const Json *a, const Json *b)
{
    if (a->container.n != b->container.n) return false;
    for (size_t i = 0; i < a->container.n; i++) {
        const JsonSlot *slot = &a->container.slots[i];
        const Json *other = slot->key ? json_get(b, slot->key) : b->container.slots[i].value;
        if (!other || !json_same(slot->value, other)) return false;
    }
    return true;
}

bool json_same(const Json *a, const Json *b)
{
    if (a->type != b->type) return false;
    switch (a->type) {
    case JSON_NULL_VALUE: return true;
    case JSON_BOOL_VALUE: return a->boolean == b->boolean;
    case JSON_INTEGER_VALUE: return a->integer == b->integer;
    case JSON_REAL_VALUE: return a->real == b->real;
    case JSON_TEXT_VALUE: return strcmp(a->text, b->text) == 0;
    case JSON_LIST_VALUE:
    case JSON_OBJECT_VALUE: break;
    }
    return same_members(a, b);
}

/* --- reading ----------------------------------------------------------------------------------- */

static Json *from_jansson(const json_t *source, Arena *arena, Error *err);

static Json *list_from_jansson(const json_t *source, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; list && i < json_array_size(source); i++) {
        if (!json_add(list, from_jansson(json_array_get(source, i), arena, err), err)) return NULL;
    }
    return list;
}

static Json *object_from_jansson(const json_t *source, Arena *arena, Error *err)
{
    Json *object = json_new_object(arena, err);
    /* The iterator's type is not const, though it changes nothing. */
    json_t *iterated = (json_t *)source;
    for (void *at = json_object_iter(iterated); object && at;
         at = json_object_iter_next(iterated, at)) {
        Json *value = from_jansson(json_object_iter_value(at), arena, err);
        if (!json_set(object, json_object_iter_key(at), value, err)) return NULL;
    }
    return object;
}

static Json *from_jansson(const json_t *source, Arena *arena, Error *err)
{
    switch (json_typeof(source)) {
    case JSON_TRUE: return json_new_bool(true, arena, err);
    case JSON_FALSE: return json_new_bool(false, arena, err);
    case JSON_INTEGER: return json_new_integer(json_integer_value(source), arena, err);
    case JSON_REAL: return json_new_number(json_real_value(source), arena, err);
    case JSON_STRING: return json_new_text(json_string_value(source), arena, err);
    case JSON_ARRAY: return list_from_jansson(source, arena, err);
    case JSON_OBJECT: return object_from_jansson(source, arena, err);
    case JSON_NULL: break;
    }
    return json_new_null(arena, err);
}

/* Jansson says what was wrong but not what to do; the common slips get a hint. */
static void report_syntax(const json_error_t *problem, const char *origin, Error *err)
{
    error_usage(err, "%s:%d:%d: %s", origin, problem->line, problem->column, problem->text);
    switch (json_error_code(problem)) {
    case json_error_duplicate_key: error_hint(err, "remove one of the two members"); break;
    case json_error_premature_end_of_input:
        error_hint(err, "close every { [ and \": the text ends too early");
        break;
    case json_error_invalid_utf8: error_hint(err, "save the file as UTF-8"); break;
    case json_error_null_character:
    case json_error_null_byte_in_key: error_hint(err, "remove the character \\u0000"); break;
    case json_error_invalid_syntax:
        error_hint(err,
                   "look for a missing or extra comma, an unquoted name or a comment just before");
        break;
    default: break;
    }
}

/* What some editors put before a text; JSON has none. */
static bool has_no_mark(const char *text, size_t size, const char *origin, Error *err)
{
    if (size >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
        error_usage(err, "%s:1:1: begins with a byte order mark (BOM), which JSON does not allow",
                    origin);
        return error_hint(
            err, "save it as UTF-8 without BOM, or: sed -i '1s/^\\xEF\\xBB\\xBF//' %s", origin);
    }
    if (size < 2 || (memcmp(text, "\xFF\xFE", 2) != 0 && memcmp(text, "\xFE\xFF", 2) != 0))
        return true;
    error_usage(err, "%s:1:1: is UTF-16, and JSON is UTF-8", origin);
    return error_hint(err, "iconv -f utf-16 -t utf-8 %s", origin);
}

Json *json_parse_text(const char *text, size_t size, const char *origin, Arena *arena, Error *err)
{
    if (!has_no_mark(text, size, origin, err)) return NULL;
    json_error_t problem;
    json_t *source = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (!source) {
        report_syntax(&problem, origin, err);
        return NULL;
    }
    Json *value = from_jansson(source, arena, err);
    json_decref(source);
    return value;
}

Json *json_parse_file(const char *path, Arena *arena, Error *err)
{
    Arena *scratch = arena_create("json", err);
    if (!scratch) return NULL;
    char *text;
    size_t size;
    Json *value = NULL;
    if (file_read(&text, &size, path, scratch, err))
        value = json_parse_text(text, size, path, arena, err);
    arena_destroy(scratch);
    return value;
}

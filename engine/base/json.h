/* JSON values, read by Jansson: the one door to it. Values lie in the arena they were made in and stay
 * valid until it is reset. A Json pointer is never NULL except as an error or "absent".
 *
 * Parsing  strict: duplicate keys, trailing text and invalid UTF-8 are errors with file, line, column
 * Writing  objects keep the order of insertion; canonical form sorts keys, no white space
 * UTF-8    text and keys that are none are refused when a value is made of them: what is written is read
 *          back the same
 * Numbers  integers (64-bit) and reals stay apart: "3" is an integer, "3.0" a real
 * Names    json_int, json_clone and json_same, because Jansson itself exports json_integer, json_copy
 *          and json_equal, and the linker would hand it ours */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdint.h>
#include "base/arena.h"
#include "base/hash.h"

typedef struct Json Json;
typedef enum JsonType {
    JSON_NULL_VALUE,
    JSON_BOOL_VALUE,
    JSON_INTEGER_VALUE,
    JSON_REAL_VALUE,
    JSON_TEXT_VALUE,
    JSON_LIST_VALUE,
    JSON_OBJECT_VALUE,
} JsonType;

Json *json_parse_file(const char *path, Arena *arena, Error *err) MUST_USE;
Json *json_parse_text(const char *text, size_t size, const char *origin, Arena *arena,
                      Error *err) MUST_USE;

JsonType json_type(const Json *value);
const char *json_type_name(JsonType type); /* "an integer", "text", "an object" ... for messages */
bool json_bool(const Json *value);
int64_t json_int(const Json *value);
bool json_is_numeric(const Json *value); /* NULL is none */
double json_number(const Json *value);   /* integer or real */
const char *json_text(const Json *value);

size_t json_size(const Json *list_or_object);
Json *json_at(const Json *list, size_t index);
Json *json_get(const Json *object, const char *key);            /* NULL: absent */
const char *json_get_text(const Json *object, const char *key); /* NULL: absent, or no text */
/* Members in order of insertion: *key and *value of member `index` < json_size. O(1) amortised when
 * called with rising index. */
void json_member(const Json *object, size_t index, const char **key, Json **value);

Json *json_new_null(Arena *arena, Error *err) MUST_USE;
Json *json_new_bool(bool value, Arena *arena, Error *err) MUST_USE;
Json *json_new_integer(int64_t value, Arena *arena, Error *err) MUST_USE;
Json *json_new_number(double value, Arena *arena, Error *err) MUST_USE; /* not finite: null */
Json *json_new_text(const char *value, Arena *arena, Error *err) MUST_USE;
Json *json_new_list(Arena *arena, Error *err) MUST_USE;
Json *json_new_object(Arena *arena, Error *err) MUST_USE;
Json *json_clone(const Json *value, Arena *arena, Error *err) MUST_USE; /* deep */

/* The containers borrow the value (it must outlive them: same arena). Passing value == NULL fails with
 * the error that is already in err, so calls can be nested: json_set(o, "n", json_new_integer(...)). */
bool json_set(Json *object, const char *key, Json *value, Error *err) MUST_USE; /* replaces */
bool json_add(Json *list, Json *value, Error *err) MUST_USE;
void json_remove(Json *object, const char *key);
bool json_set_text(Json *object, const char *key, const char *value, Arena *arena,
                   Error *err) MUST_USE;
bool json_set_text_or_null(Json *object, const char *key, const char *value, Arena *arena,
                           Error *err) MUST_USE; /* null for NULL */
bool json_set_integer(Json *object, const char *key, int64_t value, Arena *arena,
                      Error *err) MUST_USE;
bool json_set_number(Json *object, const char *key, double value, Arena *arena,
                     Error *err) MUST_USE;

bool json_same(const Json *a, const Json *b);
char *json_print(const Json *value, Arena *arena,
                 Error *err) MUST_USE; /* 2-space indent, newline at end */
char *json_canonical(const Json *value, Arena *arena, Error *err) MUST_USE; /* for hashing */
bool json_hash(HashText *digest, const Json *value, Arena *arena,
               Error *err) MUST_USE; /* of the canonical form */
bool json_write_file(const char *path, const Json *value, Arena *scratch, Error *err) MUST_USE;

#endif

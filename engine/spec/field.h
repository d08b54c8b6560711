/* Field tables: one table per struct is its schema (STYLE, section 9). Reading, defaults, range checks,
 * `reprise describe`, experiments/SPEC.md, the JSON Schema and the wording of errors come from it.
 *
 *     static const SpecField gpt_fields[] = {
 *         SPEC_INT (GptSpec, n_layer, SPEC_REQUIRED, 1, 64, "Transformer blocks"),
 *         SPEC_REAL(GptSpec, dropout, 0.1, 0.0, 0.9, "drop probability (GPT-1, section 4.1)"),
 *         SPEC_END
 *     };
 *     static const SpecTable gpt_table = { "gpt", sizeof(GptSpec), gpt_fields, gpt_check };
 *
 * Struct members by field type
 *     SPEC_INT      int64_t          SPEC_REAL  double        SPEC_BOOL  bool
 *     SPEC_TEXT     const char *     SPEC_TEXTS TextList      SPEC_JSON  Json * (any value, NULL absent)
 *     SPEC_CHOICE   int: index into a NULL-terminated list of words
 *     SPEC_STRUCT   a nested struct, with its own table; absent: filled with its defaults
 *     SPEC_OPTIONAL a nested struct with a leading `bool present` member; null or absent: not present
 *     SPEC_ENTRY    SpecEntryChoice: an object with a key naming a registry entry (for example
 *                   "architecture": "gpt") whose further keys are that entry's own fields
 *     SPEC_STRUCTS  SpecList of nested structs from a JSON list of objects
 *
 * Types are not converted, except that an integer is accepted where a real is asked for. */
#ifndef SPEC_FIELD_H
#define SPEC_FIELD_H

#include <stdint.h>
#include "base/arena.h"
#include "base/json.h"
#include "base/buffer.h"

typedef enum SpecType {
    SPEC_TYPE_INT, SPEC_TYPE_REAL, SPEC_TYPE_BOOL, SPEC_TYPE_TEXT, SPEC_TYPE_TEXTS, SPEC_TYPE_JSON,
    SPEC_TYPE_CHOICE, SPEC_TYPE_STRUCT, SPEC_TYPE_OPTIONAL, SPEC_TYPE_ENTRY, SPEC_TYPE_STRUCTS,
} SpecType;

typedef struct TextList { size_t n; const char **text; } TextList;
typedef struct SpecList { size_t n; void *items; } SpecList; /* items: array of the nested struct */

struct SpecTable;
struct SpecRegistry;
typedef struct SpecReader SpecReader;

typedef struct SpecField {
    const char *name;           /* JSON key == struct member */
    SpecType type;
    size_t offset;
    bool required;
    bool numerics_free;         /* changes no number (a title): left out of keys */
    double default_number;      /* INT, REAL, BOOL; index for CHOICE */
    const char *default_text;   /* TEXT (may be NULL) */
    double minimum, maximum;
    const char *const *words;   /* CHOICE */
    const struct SpecTable *table;        /* STRUCT, OPTIONAL, STRUCTS */
    const struct SpecRegistry *registry;  /* ENTRY */
    const char *help;           /* with unit and source */
} SpecField;

typedef struct SpecTable {
    const char *name;           /* for messages and the documentation: "gpt" */
    size_t size;                /* of the struct */
    const SpecField *fields;    /* ends with SPEC_END */
    /* Rules between fields, after all were read; records every violation with spec_error; may be NULL. */
    void (*check)(const void *value, const SpecReader *reader, const char *json_path);
} SpecTable;

/* One row of a registry: architectures, tokenizers, schedules, ... embed it as first member. */
typedef struct SpecEntry {
    const char *name;
    const char *help;
    const SpecTable *table;     /* the entry's own fields; NULL: none */
} SpecEntry;

typedef struct SpecRegistry {
    const char *kind;           /* "architecture": also the JSON key that names the entry */
    const SpecEntry *const *entries; /* NULL-terminated */
} SpecRegistry;

/* The value of a SPEC_ENTRY field. */
typedef struct SpecEntryChoice {
    const SpecEntry *entry;     /* the chosen row */
    void *spec;                 /* its own struct, filled, in the arena; NULL if it has no fields */
} SpecEntryChoice;

#define SPEC_REQUIRED (-7.25e300) /* as a default: the field must be given */
#define SPEC_FIELD_AT(S, member, kind, ...) \
    { .name = #member, .type = kind, .offset = offsetof(S, member), __VA_ARGS__ }
#define SPEC_INT(S, member, preset, low, high, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_INT, .default_number = preset, .minimum = low, .maximum = high, .help = text)
#define SPEC_REAL(S, member, preset, low, high, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_REAL, .default_number = preset, .minimum = low, .maximum = high, .help = text)
#define SPEC_BOOL(S, member, preset, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_BOOL, .default_number = preset, .help = text)
#define SPEC_TEXT(S, member, preset, text) /* preset NULL: optional, no value */ \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_TEXT, .default_text = preset, .help = text)
#define SPEC_TEXT_REQUIRED(S, member, text_) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_TEXT, .required = true, .help = text_)
#define SPEC_TEXTS(S, member, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_TEXTS, .help = text)
#define SPEC_ANY(S, member, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_JSON, .help = text)
#define SPEC_CHOICE(S, member, word_list, preset, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_CHOICE, .words = word_list, .default_number = preset, .help = text)
#define SPEC_STRUCT(S, member, table_, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_STRUCT, .table = table_, .help = text)
#define SPEC_OPTIONAL(S, member, table_, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_OPTIONAL, .table = table_, .help = text)
#define SPEC_ENTRY(S, member, registry_, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_ENTRY, .registry = registry_, .required = true, .help = text)
#define SPEC_STRUCTS(S, member, table_, text) \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_STRUCTS, .table = table_, .help = text)
#define SPEC_END { .name = NULL }

/* Where errors of one document go: all of them are collected into err, with kind ERROR_USAGE. */
struct SpecReader {
    const char *file;           /* named in messages */
    Arena *arena;
    Error *err;
};

/* Fills `value` (of table->size bytes) from a JSON object, defaults included. false: errors were
 * recorded, every one of them (unknown keys with the nearest known one, wrong types, out of range,
 * missing, unknown registry names with the known ones and the nearest). */
bool spec_read(void *value, const SpecTable *table, const Json *object, const SpecReader *reader,
               const char *json_path) MUST_USE;

/* Records "file: path: message". Always returns false. */
bool spec_error(const SpecReader *reader, const char *json_path, const char *format, ...) PRINTF_LIKE(3, 4);

/* The struct as JSON again. `with_defaults` false leaves out fields at their default and those that
 * are numerics_free: the form that is hashed into keys. */
Json *spec_write(const void *value, const SpecTable *table, bool with_defaults, Arena *arena, Error *err) MUST_USE;

const SpecEntry *spec_registry_find(const SpecRegistry *registry, const char *name); /* NULL: unknown */

/* "known: a, b, c; did you mean 'b'?" for messages about an unknown word among `words` (n of them). */
const char *spec_suggest(const char *word, const char *const *words, size_t n, Arena *arena);

/* Documentation from the same tables. */
bool spec_describe(Buffer *markdown, const SpecTable *table, const char *json_path, Error *err) MUST_USE;
Json *spec_schema(const SpecTable *table, Arena *arena, Error *err) MUST_USE; /* JSON Schema 2020-12 */

#endif

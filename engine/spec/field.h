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
 *     SPEC_INT_OR   int64_t, for which one word stands too: [0, 1, 2, "all"] with "all" for -1
 *     SPEC_INTS     IntList          SPEC_REALS RealList      SPEC_TEXTS TextList
 *     SPEC_TEXT     const char *     SPEC_ANY   Json * (any value, NULL absent)
 *     SPEC_CHOICE   int: index into a NULL-terminated list of words
 *     SPEC_STRUCT   a nested struct, with its own table; absent: filled with its defaults
 *     SPEC_OPTIONAL a nested struct with a leading `bool present` member; null or absent: not present
 *     SPEC_ENTRY    SpecEntryChoice: an object with a key naming a registry entry (for example
 *                   "architecture": "gpt") whose further keys are that entry's own fields
 *     SPEC_STRUCTS  SpecList of nested structs from a JSON list of objects
 *
 * Types are not converted, except that an integer is accepted where a real is asked for. Further
 * members of SpecField may follow the description: SPEC_TEXT(S, title, NULL, "...", .numerics_free = true).
 *
 * Ownership  what is read (texts, lists, nested specs) is copied into the reader's arena; tables are
 *            static and borrowed
 * Threads    tables are read-only; a reader belongs to one thread */
#ifndef SPEC_FIELD_H
#define SPEC_FIELD_H

#include <stdint.h>
#include "base/arena.h"
#include "base/json.h"
#include "base/buffer.h"

typedef enum SpecType {
    SPEC_TYPE_INT,
    SPEC_TYPE_REAL,
    SPEC_TYPE_BOOL,
    SPEC_TYPE_TEXT,
    SPEC_TYPE_TEXTS,
    SPEC_TYPE_JSON,
    SPEC_TYPE_CHOICE,
    SPEC_TYPE_STRUCT,
    SPEC_TYPE_OPTIONAL,
    SPEC_TYPE_ENTRY,
    SPEC_TYPE_STRUCTS,
    SPEC_TYPE_INTS,
    SPEC_TYPE_REALS,
} SpecType;

typedef struct TextList {
    size_t n;
    const char **text;
} TextList;
/* Where the text stands in the list; -1: nowhere. */
int spec_list_find(const TextList *list, const char *text);
/* The same; a text that is nowhere is put at the end, for which there must be room. It is borrowed. */
int spec_list_place(TextList *list, const char *text);

typedef struct IntList {
    size_t n;
    int64_t *items;
} IntList;
typedef struct RealList {
    size_t n;
    double *items;
} RealList;
typedef struct SpecList {
    size_t n;
    void *items;
} SpecList; /* items: array of the nested struct */

struct SpecTable;
struct SpecRegistry;
typedef struct SpecReader SpecReader;

typedef struct SpecField {
    const char *name; /* JSON key == struct member */
    SpecType type;
    size_t offset;
    bool required;
    bool numerics_free;       /* changes no number (a title): left out of keys */
    bool sparse;              /* at its default left out wherever it is written */
    bool alone;               /* given in a merge, it takes the place of all that its object has */
    double default_number;    /* INT, REAL, BOOL; index for CHOICE */
    const char *default_text; /* TEXT (may be NULL) */
    double minimum, maximum;  /* INT, REAL, and each item of INTS, REALS; both included */
    bool share;               /* REAL: of 1, which may be meant in %: 0.05 is 5 % */
    const char *word; /* INT: a word that may stand for the number word_number; NULL: none */
    double word_number;
    const char *const *words;            /* CHOICE */
    const struct SpecTable *table;       /* STRUCT, OPTIONAL, STRUCTS */
    const struct SpecRegistry *registry; /* ENTRY */
    const char *help;                    /* with unit and source */
} SpecField;

typedef struct SpecTable {
    const char *name;        /* for messages and the documentation: "gpt" */
    size_t size;             /* of the struct */
    const SpecField *fields; /* ends with SPEC_END */
    /* Rules between fields, after all were read; records every violation with spec_error; may be NULL. */
    void (*check)(const void *value, const SpecReader *reader, const char *json_path);
} SpecTable;

/* One row of a registry: architectures, tokenizers, schedules, ... embed it as first member. */
typedef struct SpecEntry {
    const char *name;
    const char *help;
    const SpecTable *table; /* the entry's own fields; NULL: none */
} SpecEntry;

typedef struct SpecRegistry {
    const char *kind;                /* "architecture": also the JSON key that names the entry */
    const SpecEntry *const *entries; /* NULL-terminated */
} SpecRegistry;

/* The value of a SPEC_ENTRY field. */
typedef struct SpecEntryChoice {
    const SpecEntry *entry; /* the chosen row */
    void *spec;             /* its own struct, filled, in the arena; NULL if it has no fields */
} SpecEntryChoice;

#define SPEC_REQUIRED (-7.25e300) /* as a default: the field must be given */
/* Releases of clang-format set braces in macros differently. */
/* clang-format off */
#define SPEC_FIELD_AT(S, member, kind, ...)                                                        \
    { .name = #member, .type = kind, .offset = offsetof(S, member), __VA_ARGS__ }
/* The same for a member of type T: any other type does not compile. */
#define SPEC_FIELD_OF(S, member, T, kind, ...)                                                     \
    { .name = #member, .type = kind,                                                               \
      .offset = offsetof(S, member) * _Generic(((S *)0)->member, T : 1), __VA_ARGS__ }
/* clang-format on */

#define SPEC_INT(S, member, preset, low, high, ...)                                                \
    SPEC_FIELD_OF(S, member, int64_t, SPEC_TYPE_INT, .default_number = preset, .minimum = low,     \
                  .maximum = high, .help = __VA_ARGS__)
#define SPEC_INT_OR(S, member, word_, number, preset, low, high, ...)                              \
    SPEC_FIELD_OF(S, member, int64_t, SPEC_TYPE_INT, .word = word_, .word_number = number,         \
                  .default_number = preset, .minimum = low, .maximum = high, .help = __VA_ARGS__)
#define SPEC_REAL(S, member, preset, low, high, ...)                                               \
    SPEC_FIELD_OF(S, member, double, SPEC_TYPE_REAL, .default_number = preset, .minimum = low,     \
                  .maximum = high, .help = __VA_ARGS__)
#define SPEC_BOOL(S, member, preset, ...)                                                          \
    SPEC_FIELD_OF(S, member, bool, SPEC_TYPE_BOOL, .default_number = preset, .help = __VA_ARGS__)
#define SPEC_TEXT(S, member, preset, ...) /* preset NULL: optional, no value */                    \
    SPEC_FIELD_OF(S, member, const char *, SPEC_TYPE_TEXT, .default_text = preset,                 \
                  .help = __VA_ARGS__)
#define SPEC_TEXT_REQUIRED(S, member, ...)                                                         \
    SPEC_FIELD_OF(S, member, const char *, SPEC_TYPE_TEXT, .required = true, .help = __VA_ARGS__)
#define SPEC_TEXTS(S, member, ...) /* absent: empty */                                             \
    SPEC_FIELD_OF(S, member, TextList, SPEC_TYPE_TEXTS, .help = __VA_ARGS__)
#define SPEC_INTS(S, member, low, high, ...) /* absent: empty */                                   \
    SPEC_FIELD_OF(S, member, IntList, SPEC_TYPE_INTS, .minimum = low, .maximum = high,             \
                  .help = __VA_ARGS__)
#define SPEC_REALS(S, member, low, high, ...) /* absent: empty */                                  \
    SPEC_FIELD_OF(S, member, RealList, SPEC_TYPE_REALS, .minimum = low, .maximum = high,           \
                  .help = __VA_ARGS__)
#define SPEC_ANY(S, member, ...)                                                                   \
    SPEC_FIELD_OF(S, member, Json *, SPEC_TYPE_JSON, .help = __VA_ARGS__)
#define SPEC_CHOICE(S, member, word_list, preset, ...)                                             \
    SPEC_FIELD_OF(S, member, int, SPEC_TYPE_CHOICE, .words = word_list, .default_number = preset,  \
                  .help = __VA_ARGS__)
#define SPEC_STRUCT(S, member, table_, ...)                                                        \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_STRUCT, .table = table_, .help = __VA_ARGS__)
#define SPEC_OPTIONAL(S, member, table_, ...)                                                      \
    SPEC_FIELD_AT(S, member, SPEC_TYPE_OPTIONAL, .table = table_, .help = __VA_ARGS__)
#define SPEC_ENTRY(S, member, registry_, ...)                                                      \
    SPEC_FIELD_OF(S, member, SpecEntryChoice, SPEC_TYPE_ENTRY, .registry = registry_,              \
                  .required = true, .help = __VA_ARGS__)
#define SPEC_ENTRY_OPTIONAL(S, member, registry_, ...) /* absent: its entry is NULL */             \
    SPEC_FIELD_OF(S, member, SpecEntryChoice, SPEC_TYPE_ENTRY, .registry = registry_,              \
                  .help = __VA_ARGS__)
#define SPEC_STRUCTS(S, member, table_, ...) /* absent: empty */                                   \
    SPEC_FIELD_OF(S, member, SpecList, SPEC_TYPE_STRUCTS, .table = table_, .help = __VA_ARGS__)
/* The row that ends a table. */
/* clang-format off */
#define SPEC_END { .name = NULL }
/* clang-format on */

/* Where errors of one document go: all of them are collected into err, with kind ERROR_USAGE. */
struct SpecReader {
    const char *file; /* named in messages */
    Arena *arena;
    Error *err;
};

/* Fills `value` (of table->size bytes) from a JSON object, defaults included. false: errors were
 * recorded, every one of them (unknown keys with the nearest known one, wrong types, out of range,
 * missing, unknown registry names with the known ones and the nearest). */
bool spec_read(void *value, const SpecTable *table, const Json *object, const SpecReader *reader,
               const char *json_path) MUST_USE;

/* The same checks for an object that overrides some fields of another: nothing is missing, rules
 * between fields wait until all is merged, and an entry's fields may stand without its name. */
bool spec_check_overrides(const SpecTable *table, const Json *object, const SpecReader *reader,
                          const char *json_path);

/* One value for the field that a dotted path such as "model.dropout" names; value NULL: only whether
 * there is such a field. */
bool spec_check_value(const SpecTable *table, const char *dotted_path, const Json *value,
                      const SpecReader *reader, const char *json_path);

/* Records "file: path: message"; error_hint(reader->err, ...) may follow. Always returns false. */
bool spec_error(const SpecReader *reader, const char *json_path, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Records an error when a name or sentence is empty or has a control character (base/control.h). `what` begins the
 * message: "the text". */
void spec_check_text(const SpecReader *reader, const char *json_path, const char *what,
                     const char *text, bool may_have_lines);

/* JSON paths for messages: $.model.dropout, $.variants["no pre-training"], $.seeds[2]. On failure (out
 * of memory, recorded) the path itself is given back. */
const char *spec_path_key(const SpecReader *reader, const char *json_path, const char *key);
const char *spec_path_item(const SpecReader *reader, const char *json_path, size_t index);

/* The struct as JSON again. `with_defaults` false leaves out fields at their default and those that
 * are numerics_free: the form that is hashed into keys, to which a new field at its default adds
 * nothing. Reading either form gives the same struct (numerics_free fields apart). A real whose default
 * is NaN says "none" by it. */
Json *spec_write(const void *value, const SpecTable *table, bool with_defaults, Arena *arena,
                 Error *err) MUST_USE;

const SpecField *spec_table_find(const SpecTable *table, const char *name); /* NULL: none */
const SpecEntry *spec_registry_find(const SpecRegistry *registry,
                                    const char *name); /* NULL: unknown */

/* Copies the fields that are numerics_free, nested ones included: what spec_write without defaults leaves
 * out. Both structs are of the table; texts and lists are borrowed. */
void spec_table_copy_free(void *to, const void *from, const SpecTable *table);

/* The table of a struct that holds a `first` and then a `second`, the latter from *second_offset on.
 * Runs no rules between fields: the parts' own tables do. */
const SpecTable *spec_table_join(size_t *second_offset, const char *name, const SpecTable *first,
                                 const SpecTable *second, Arena *arena, Error *err) MUST_USE;

/* The nearest spelling among n words, NULL when none is near. */
const char *spec_suggest_nearest(const char *word, const char *const *words, size_t n);

/* For messages about an unknown word among n words: "try: 'b' (known: a, b, c)" or "try: one of a, b, c". Always
 * returns false. */
bool spec_suggest_hint(const SpecReader *reader, const char *word, const char *const *words,
                       size_t n);

/* Documentation from the same tables: Markdown tables (field, type, default, range, meaning), one for
 * each nested object under its JSON path; and a JSON Schema 2020-12. */
bool spec_describe(Buffer *markdown, const SpecTable *table, const char *json_path,
                   Error *err) MUST_USE;
Json *spec_schema(const SpecTable *table, Arena *arena, Error *err) MUST_USE;

/* The schema of an object that overrides fields: nothing is required. */
Json *spec_schema_overrides(const SpecTable *table, Arena *arena, Error *err) MUST_USE;

#endif

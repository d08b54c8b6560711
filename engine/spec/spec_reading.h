/* Inside spec/ only: what the files that read share. */
#ifndef SPEC_SPEC_READING_H
#define SPEC_SPEC_READING_H

#include "spec/field.h"

typedef struct SpecReading {
    const SpecReader *reader;
    bool overrides; /* some fields of a whole: nothing is missing, no rules between fields */
    int *n_broken;  /* errors so far that rules between fields have recorded */
} SpecReading;

/* All record what is wrong in reading->reader->err and go on; success is an unchanged n_errors. */
void spec_read_object(const SpecReading *reading, void *value, const SpecTable *table,
                      const Json *object, const char *path);

/* One value of any type. */
void spec_read_member(const SpecReading *reading, void *member, const SpecField *field,
                      const Json *json, const char *path);

/* One value that has no fields of its own, or a list of such. */
void spec_value_read(const SpecReading *reading, void *member, const SpecField *field,
                     const Json *json, const char *path);

/* Room for the items of a list in JSON; NULL after recording what is wrong. */
void *spec_value_items(const SpecReading *reading, const SpecField *field, const Json *json,
                       size_t item_bytes, const char *path);

/* "expected an integer, got text "12"", with what to write instead. */
void spec_error_wrong_type(const SpecReading *reading, const SpecField *field, const Json *json,
                           const char *path);

/* "no such field", with the names that `tables` (n of them) and `extra` (may be NULL) know. */
void spec_error_unknown_field(const SpecReading *reading, const char *name, const char *extra,
                              const SpecTable *const *tables, size_t n, const char *path);

/* The entry that a registry's key names; NULL after recording that there is none. */
const SpecEntry *spec_registry_choose(const SpecReading *reading, const SpecRegistry *registry,
                                      const Json *name, const char *path);

/* The tables of all entries that have one; NULL when out of memory (recorded). */
const SpecTable **spec_registry_tables(size_t *n, const SpecRegistry *registry,
                                       const SpecReader *reader);

#endif

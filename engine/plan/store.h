/* What is in the store: finished stages by kind and key, and interrupted ones. */
#ifndef PLAN_STORE_H
#define PLAN_STORE_H

#include "base/buffer.h"
#include "plan/stage_record.h"

typedef struct StoreEntry {
    const char *kind, *key; /* key as the folder has it */
    const char *folder;
    bool finished;  /* false: a .part folder of an interrupted run, or what was set aside */
    bool set_aside; /* a .damaged folder: something was not what had been written */
    const StageRecord *record; /* NULL: not finished, or damaged */
    uint64_t bytes;
} StoreEntry;

typedef struct StoreList {
    size_t n;
    StoreEntry *items; /* by kind, then key */
} StoreList;

/* What is no stage, by its name, is left out. */
bool store_list(StoreList *list, const char *store, Arena *arena, Error *err) MUST_USE;

/* Removes what is listed; `only_unfinished` keeps finished stages that are whole, down to the hashes of their files:
 * what a run would not use goes. What another process is running is left alone, with a warning. Adds up the bytes
 * freed. */
bool store_clean(uint64_t *freed_bytes, const StoreList *list, bool only_unfinished,
                 Error *err) MUST_USE;

#endif

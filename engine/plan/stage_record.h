/* stage.json: what a finished stage says of itself. In words what it was made from and by what,
 * and which files it left, with their hashes, so that damage is found out before anything is computed from
 * it. */
#ifndef PLAN_STAGE_RECORD_H
#define PLAN_STAGE_RECORD_H

#include "plan/stage.h"

#define STAGE_RECORD_FILE "stage.json"

typedef struct StageRecord {
    const char *title, *key;
    Json *made_from;      /* the stage's document */
    Json *files;          /* name -> bytes and SHA-256 of all other output */
    const char *finished; /* UTC */
    double seconds;       /* of all attempts */
    int64_t peak_memory_bytes;
    const char *engine, *commit; /* that ran it, perhaps long ago */
} StageRecord;

/* Of the finished stage in `folder`; its files are not looked at. */
bool stage_record_read(StageRecord *record, const char *folder, Arena *arena, Error *err) MUST_USE;

/* Into `folder`, which holds all other output already. `seconds` are those of all attempts. */
bool stage_record_write(const Stage *stage, const char *folder, double seconds, Arena *arena,
                        Error *err) MUST_USE;

/* What earlier attempts took that were interrupted or failed, and kept it; 0 when there were none, or
 * they were killed. */
double stage_record_earlier_seconds(const char *folder, Arena *arena);

/* attempts.json, from the begin of an attempt to its end: the seconds of all of them, and of which stage the folder
 * is. */
bool stage_record_keep_seconds(const Stage *stage, const char *folder, double seconds, Arena *arena,
                               Error *err) MUST_USE;
bool stage_record_is_attempts(const char *name);

/* That the attempts were of this stage; what is not so is said in `damage`. */
bool stage_record_check_attempts(Error *damage, const char *folder, const char *key, Arena *arena,
                                 Error *err) MUST_USE;

/* Whether the finished stage in `folder` is what was written: stage.json is there and made from what `key` is the
 * hash of, and every file that it lists has its size and its SHA-256 (records from before hashes were kept have
 * sizes only). What is not is said in `damage`, which is otherwise left as it is. A file that cannot be read
 * just now is no damage but an error. `key` NULL: the one that the record states. */
bool stage_record_check(Error *damage, const char *folder, const char *key, Arena *arena,
                        Error *err) MUST_USE;

/* The same of one file, without reading the others. */
bool stage_record_check_file(Error *damage, const char *folder, const char *key, const char *name,
                             Arena *arena, Error *err) MUST_USE;

#endif

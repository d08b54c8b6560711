/* Files and folders. Nothing is ever seen half written: whole files and folders appear by rename,
 * after their content was flushed to the disk. Listings are sorted by byte order. Whatever is larger than
 * FILE_LOOK_BYTES asks on the way whether to stop (base/interrupt.h).
 *
 * Errors  name the path, the system's reason, and for a full disk what to do */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdint.h>
#include <stdio.h>
#include "base/arena.h"

enum { FILE_LOOK_BYTES = 1 << 22 };

bool file_exists(const char *path); /* file or folder */
bool file_is_folder(const char *path);

/* One of the folders that a command works in, which `option` may name instead of where they usually are. */
bool file_need_folder(const char *path, const char *option, Error *err) MUST_USE;
bool file_age(double *seconds, const char *path); /* since it was written; false: it is not there */
bool file_size(uint64_t *size_bytes, const char *path, Error *err) MUST_USE;

/* The whole content in the arena, followed by a zero byte that does not count. */
bool file_read(char **bytes, size_t *size, const char *path, Arena *arena, Error *err) MUST_USE;

/* The same of standard input, until its writer ends. */
bool file_read_input(char **bytes, size_t *size, Arena *arena, Error *err) MUST_USE;

/* Read-only memory map, unmapped with the arena; an empty file gives size 0. */
bool file_map(const void **bytes, size_t *size, const char *path, Arena *arena,
              Error *err) MUST_USE;

/* Atomic: writes path.tmp-PID, flushes, renames. Parent folders are made. One process writes a path
 * from one thread at a time. */
bool file_write(const char *path, const void *bytes, size_t size, Error *err) MUST_USE;

/* The same, piece by piece: the file appears at path on commit; otherwise nothing remains. */
typedef struct FileWriter FileWriter;
FileWriter *file_writer_open(const char *path, Arena *arena, Error *err) MUST_USE;
bool file_writer_add(FileWriter *writer, const void *bytes, size_t size, Error *err) MUST_USE;
bool file_writer_commit(FileWriter *writer, Error *err) MUST_USE;
void file_writer_abandon(FileWriter *writer); /* after a commit or a failed one: does nothing;
                                                  resetting the arena abandons as well */

bool file_make_folder(const char *path, Error *err) MUST_USE; /* with its parents; may exist */
bool file_make_parent(const char *path, Error *err) MUST_USE; /* the folder that path lies in */
bool file_rename(const char *from, const char *to, Error *err) MUST_USE; /* flushes both folders */
bool file_remove_tree(const char *path, Error *err) MUST_USE;            /* absent: fine */

/* Names (not paths) in a folder, sorted, without . and .. */
bool file_list(char ***names, size_t *n_names, const char *folder, Arena *arena,
               Error *err) MUST_USE;

/* The folder that a path lies in: "a" of "a/b" and "a/b/", "." of "b". */
char *file_parent(Arena *arena, const char *path, Error *err) MUST_USE;

/* "a/b" from "a" and "b". */
char *file_join(Arena *arena, const char *folder, const char *name, Error *err) MUST_USE;

/* An advisory lock held until the arena is reset or the process ends: *held is false when another
 * process has it. */
bool file_lock(bool *held, const char *path, Arena *arena, Error *err) MUST_USE;

/* Records "PATH: WHAT: reason" for a failed system call, with what to do; returns false. */
bool file_error(Error *err, int code, const char *path, const char *what);

/* Tests only: the n-th read or write from now on fails (counting from 1); 0 turns it off. Whatever in
 * base/ reads or writes asks file_fails_here() before it does. */
void file_fail_at(long n);
bool file_fails_here(void);

#endif

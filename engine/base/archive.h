/* Archives of any format and compression that libarchive reads (tar, zip, xz, gzip, ...), without
 * unpacking to disk: the one door to libarchive. A file that is compressed but no archive reads as one
 * member named after it; a plain file likewise. Member names are UTF-8 in composed form (NFC).
 *
 * A folder reads as an archive of the files in it and in its folders, sorted by name, but for those whose names begin
 * with a dot.
 *
 * A Mac's resource forks (__MACOSX/) are no members. Memory is what the largest member takes.
 *
 * Bounds  what is unpacked in one visit has at most `most_bytes` bytes together; 0: 64 times the file's
 *         own size, and at least 64 MiB; a folder has none
 * Errors  a truncated, damaged, encrypted or misnamed archive, and one beyond its bound, is an error that
 *         names the archive and the member */
#ifndef BASE_ARCHIVE_H
#define BASE_ARCHIVE_H

#include <stdint.h>
#include "base/arena.h"

/* Called for each regular member in archive order; `bytes` (followed by a zero byte) is valid during
 * the call only. Returning false stops the visit with the visitor's error. */
typedef bool ArchiveVisitor(void *context, const char *member, const char *bytes, size_t size,
                            Error *err);

/* `wanted` (may be NULL: all) decides from the name whether a member's bytes are read at all. */
typedef bool ArchiveFilter(void *context, const char *member);

bool archive_visit(const char *path, uint64_t most_bytes, ArchiveFilter *wanted,
                   ArchiveVisitor *visitor, void *context, Error *err) MUST_USE;

/* One member's bytes, which live as long as the arena. */
bool archive_read_member(char **bytes, size_t *size, const char *path, uint64_t most_bytes,
                         const char *member, Arena *arena, Error *err) MUST_USE;

#endif

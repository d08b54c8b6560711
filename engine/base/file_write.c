#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"

enum { WRITER_BYTES = 1 << 18 };

struct FileWriter {
    char path[PATH_MAX];
    char temporary[PATH_MAX]; /* beside path, so that the rename stays on one disk */
    int descriptor;           /* -1: closed */
    size_t n_written, n_pending;
    char pending[WRITER_BYTES];
};

static bool write_fully(FileWriter *writer, const char *bytes, size_t size, Error *err)
{
    while (size > 0) {
        if (writer->n_written >= FILE_LOOK_BYTES && !interrupt_check(err)) return false;
        ssize_t n = file_fails_here() ? (errno = ENOSPC, -1)
                                      : write(writer->descriptor, bytes,
                                              size < FILE_LOOK_BYTES ? size : FILE_LOOK_BYTES);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return file_error(err, errno, writer->path, "cannot be written");
        bytes += n;
        size -= (size_t)n;
        writer->n_written += (size_t)n;
    }
    return true;
}

/* The two names and the open temporary file. */
static bool open_temporary(FileWriter *writer, const char *path, Error *err)
{
    writer->descriptor = -1;
    writer->n_written = 0;
    int length =
        snprintf(writer->temporary, sizeof writer->temporary, "%s.tmp-%ld", path, (long)getpid());
    if (length >= (int)sizeof writer->temporary)
        return file_error(err, ENAMETOOLONG, path, "cannot be written");
    memcpy(writer->path, path, strlen(path) + 1);
    if (!file_make_parent(path, err)) return false;
    writer->descriptor = open(writer->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return writer->descriptor >= 0 || file_error(err, errno, path, "cannot be created");
}

static void abandon(void *object)
{
    FileWriter *writer = object;
    if (writer->descriptor < 0) return;
    close(writer->descriptor);
    unlink(writer->temporary);
    writer->descriptor = -1;
}

FileWriter *file_writer_open(const char *path, Arena *arena, Error *err)
{
    FileWriter *writer = arena_alloc(arena, 1, sizeof *writer, err);
    if (!writer || !open_temporary(writer, path, err)) return NULL;
    return arena_defer(arena, abandon, writer, err) ? writer : NULL;
}

static bool flush_pending(FileWriter *writer, Error *err)
{
    size_t size = writer->n_pending;
    writer->n_pending = 0;
    return write_fully(writer, writer->pending, size, err);
}

bool file_writer_add(FileWriter *writer, const void *bytes, size_t size, Error *err)
{
    if (size > sizeof writer->pending - writer->n_pending) {
        if (!flush_pending(writer, err)) return false;
        if (size >= sizeof writer->pending) return write_fully(writer, bytes, size, err);
    }
    if (size > 0) memcpy(writer->pending + writer->n_pending, bytes, size);
    writer->n_pending += size;
    return true;
}

static bool flush_to_disk(FileWriter *writer, Error *err)
{
    if (fsync(writer->descriptor) == 0) return true;
    if (errno == EINVAL || errno == EROFS) return true; /* not a disk */
    return file_error(err, errno, writer->path, "cannot be flushed to the disk");
}

bool file_writer_commit(FileWriter *writer, Error *err)
{
    if (!flush_pending(writer, err) || !flush_to_disk(writer, err)) {
        abandon(writer);
        return false;
    }
    int code = close(writer->descriptor) == 0 ? 0 : errno;
    writer->descriptor = -1;
    bool done = code == 0 || file_error(err, code, writer->path, "cannot be written");
    done = done && file_rename(writer->temporary, writer->path, err);
    if (!done) unlink(writer->temporary);
    return done;
}

void file_writer_abandon(FileWriter *writer)
{
    abandon(writer);
}

bool file_write(const char *path, const void *bytes, size_t size, Error *err)
{
    Arena *arena = arena_create("file", err);
    FileWriter *writer = arena ? file_writer_open(path, arena, err) : NULL;
    bool done =
        writer && file_writer_add(writer, bytes, size, err) && file_writer_commit(writer, err);
    arena_destroy(arena);
    return done;
}

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/interrupt.h"

/* Reads and writes left until the one that fails on purpose; 0 is off. */
static atomic_long fail_countdown;

void file_fail_at(long n)
{
    atomic_store(&fail_countdown, n);
}

bool file_fails_here(void)
{
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) <= 0) return false;
    return atomic_fetch_sub(&fail_countdown, 1) == 1;
}

bool file_error(Error *err, int code, const char *path, const char *what)
{
    error_system(err, code, "%s: %s", path, what);
    if (code == ENOSPC || code == EDQUOT)
        error_hint(err, "free some space on that disk, then the same command again: "
                        "everything finished so far was kept");
    else if (code == EFBIG)
        error_hint(err, "raise the limit on file sizes (ulimit -f), then the same command again");
    else if (code == EACCES || code == EPERM || code == EROFS)
        error_hint(err, "change the permissions, or use another folder");
    return false;
}

/* --- asking ------------------------------------------------------------------------------------ */

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_age(double *seconds, const char *path)
{
    struct stat status;
    struct timespec now;
    if (stat(path, &status) != 0) return false;
    clock_gettime(CLOCK_REALTIME, &now);
    *seconds = (double)(now.tv_sec - status.st_mtim.tv_sec) +
               1e-9 * (double)(now.tv_nsec - status.st_mtim.tv_nsec);
    return true;
}

bool file_size(uint64_t *size_bytes, const char *path, Error *err)
{
    struct stat status;
    if (stat(path, &status) != 0) return file_error(err, errno, path, "cannot be read");
    *size_bytes = (uint64_t)status.st_size;
    return true;
}

/* --- reading ----------------------------------------------------------------------------------- */

/* Opens a file for reading and tells its size; a folder is refused. -1: failed. A pipe that nobody writes to yet is
 * not waited for here, where a signal would not end the waiting. */
static int open_to_read(size_t *size, const char *path, Error *err)
{
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        file_error(err, errno, path, "cannot be opened");
        if (descriptor >= 0) close(descriptor);
        return -1;
    }
    if (S_ISDIR(status.st_mode)) {
        error_set(err, "%s: is a folder, not a file", path);
        close(descriptor);
        return -1;
    }
    *size = (size_t)status.st_size;
    return descriptor;
}

/* Until there is something to read, as there always is of a file; of a pipe it may take as long as its writer does. */
static bool wait_for_bytes(int descriptor, Error *err)
{
    const int turn_milliseconds = 100;
    struct pollfd asked = {.fd = descriptor, .events = POLLIN};
    while (poll(&asked, 1, turn_milliseconds) <= 0)
        if (!interrupt_check(err)) return false;
    return true;
}

/* Up to `size` bytes into `bytes`; *n_read is less only at the end of the file. */
static bool read_fully(size_t *n_read, char *bytes, size_t size, int descriptor, const char *path,
                       Error *err)
{
    *n_read = 0;
    while (*n_read < size) {
        if (*n_read >= FILE_LOOK_BYTES && !interrupt_check(err)) return false;
        if (!wait_for_bytes(descriptor, err)) return false;
        const size_t left = size - *n_read;
        ssize_t n = file_fails_here() ? (errno = EIO, -1)
                                      : read(descriptor, bytes + *n_read,
                                             left < FILE_LOOK_BYTES ? left : FILE_LOOK_BYTES);
        if (n == 0) return true;
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n < 0) return file_error(err, errno, path, "cannot be read");
        *n_read += (size_t)n;
    }
    return true;
}

/* Reads until the end, because pipes and /proc do not tell their size and a file may grow. */
static bool read_to_end(char **bytes, size_t *size, size_t expected, int descriptor,
                        const char *path, Arena *arena, Error *err)
{
    size_t capacity = expected + 1, used = 0;
    char *data = arena_alloc(arena, capacity + 1, 1, err);
    while (data) {
        size_t n;
        if (!read_fully(&n, data + used, capacity - used, descriptor, path, err)) return false;
        used += n;
        if (used < capacity) {
            data[used] = '\0';
            *bytes = data;
            *size = used;
            return true;
        }
        capacity = capacity * 2 + 4096;
        char *larger = arena_alloc(arena, capacity + 1, 1, err);
        if (larger) memcpy(larger, data, used);
        data = larger;
    }
    return false;
}

bool file_read(char **bytes, size_t *size, const char *path, Arena *arena, Error *err)
{
    size_t expected;
    int descriptor = open_to_read(&expected, path, err);
    if (descriptor < 0) return false;
    bool done = read_to_end(bytes, size, expected, descriptor, path, arena, err);
    close(descriptor);
    return done;
}

bool file_read_input(char **bytes, size_t *size, Arena *arena, Error *err)
{
    return read_to_end(bytes, size, 0, STDIN_FILENO, "standard input", arena, err);
}

bool file_map(const void **bytes, size_t *size, const char *path, Arena *arena, Error *err)
{
    int descriptor = open_to_read(size, path, err);
    if (descriptor < 0) return false;
    if (*size == 0) {
        close(descriptor);
        *bytes = "";
        return true;
    }
    void *mapped = file_fails_here() ? (errno = EIO, MAP_FAILED)
                                     : mmap(NULL, *size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    int code = errno;
    close(descriptor); /* the map outlives the descriptor */
    if (mapped == MAP_FAILED) return file_error(err, code, path, "cannot be mapped");
    *bytes = mapped;
    return arena_defer_unmap(arena, mapped, *size, err);
}

char *file_join(Arena *arena, const char *folder, const char *name, Error *err)
{
    size_t length = strlen(folder);
    const char *between = length == 0 || folder[length - 1] == '/' ? "" : "/";
    return arena_format(arena, err, "%s%s%s", folder, between, name);
}

/* --- locking ----------------------------------------------------------------------------------- */

static void close_descriptor(void *object)
{
    close(*(const int *)object);
}

/* Whoever had the lock before may have removed the file that was opened: then it is a lock on nothing. */
static bool is_at(int descriptor, const char *path)
{
    struct stat ours, there;
    return fstat(descriptor, &ours) == 0 && stat(path, &there) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

bool file_lock(bool *held, const char *path, Arena *arena, Error *err)
{
    *held = false;
    int *descriptor = arena_alloc(arena, 1, sizeof *descriptor, err);
    if (!descriptor) return false;
    *descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*descriptor < 0) return file_error(err, errno, path, "cannot be opened for a lock");
    /* The lock goes with the open file, so it ends with the process however that ends. */
    if (flock(*descriptor, LOCK_EX | LOCK_NB) != 0) {
        int code = errno;
        close(*descriptor);
        return code == EWOULDBLOCK ? true : file_error(err, code, path, "cannot be locked");
    }
    if (!arena_defer(arena, close_descriptor, descriptor, err)) return false;
    *held = is_at(*descriptor, path);
    return true;
}

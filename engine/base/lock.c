#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/log.h"

enum { TURN_NANOSECONDS = 100 * 1000 * 1000, OWNER_BYTES = 256 };

/* For information only: whoever waits reads it. */
static void write_owner(int descriptor, Arena *arena)
{
    Error unused = {0};
    char host[64] = "", now[32];
    if (gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    clock_utc(now);
    const char *text = arena_format(arena, &unused, "process %ld on %s, since %s", (long)getpid(),
                                    host[0] ? host : "this machine", now);
    if (!text || ftruncate(descriptor, 0) != 0) return;
    ssize_t written = pwrite(descriptor, text, strlen(text), 0);
    (void)written;
}

static void tell_owner(int descriptor, const char *path)
{
    char text[OWNER_BYTES];
    ssize_t size = pread(descriptor, text, sizeof text - 1, 0);
    text[size > 0 ? size : 0] = '\0';
    log_info("waiting for %s: %s is writing there", path, size > 0 ? text : "another process");
}

/* The owner before us removed the file that we opened when it was done: then ours is a lock on nothing. */
static bool is_still_there(int descriptor, const char *path)
{
    struct stat ours, there;
    return fstat(descriptor, &ours) == 0 && stat(path, &there) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

/* Once. *held: it is ours. */
static bool try_once(bool *held, bool *told, Lock *lock, Error *err)
{
    *held = false;
    lock->descriptor = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock->descriptor < 0)
        return file_error(err, errno, lock->path, "cannot be opened for a lock");
    const bool taken = flock(lock->descriptor, LOCK_EX | LOCK_NB) == 0;
    const int code = taken ? 0 : errno;
    *held = taken && is_still_there(lock->descriptor, lock->path);
    if (!taken && code == EWOULDBLOCK && !*told) {
        tell_owner(lock->descriptor, lock->path);
        *told = true;
    }
    if (!*held) close(lock->descriptor);
    return taken || code == EWOULDBLOCK || file_error(err, code, lock->path, "cannot be locked");
}

bool lock_take(Lock *lock, const char *path, Arena *arena, Error *err)
{
    const struct timespec turn = {.tv_nsec = TURN_NANOSECONDS};
    bool held = false, told = false;
    *lock = (Lock){.path = path, .descriptor = -1};
    while (interrupt_check(err) && try_once(&held, &told, lock, err)) {
        if (held) {
            write_owner(lock->descriptor, arena);
            return true;
        }
        nanosleep(&turn, NULL);
    }
    return false;
}

void lock_give_back(Lock *lock)
{
    unlink(lock->path); /* while it is ours */
    close(lock->descriptor);
    lock->descriptor = -1;
}

#include "base/lock.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/log.h"

enum { TURN_NANOSECONDS = 100 * 1000 * 1000, OWNER_BYTES = 256 };

/* For information only: whoever waits reads it. */
static void write_owner(const Lock *lock)
{
    Error unused = {0};
    char host[64] = "", now[32];
    if (gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    clock_utc(now);
    const char *text = arena_format(lock->arena, &unused, "process %ld on %s, since %s",
                                    (long)getpid(), host[0] ? host : "this machine", now);
    int descriptor = text ? open(lock->path, O_WRONLY | O_TRUNC | O_CLOEXEC) : -1;
    if (descriptor < 0) return;
    ssize_t written = write(descriptor, text, strlen(text));
    (void)written;
    close(descriptor);
}

static void tell_owner(const char *path)
{
    char text[OWNER_BYTES];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = descriptor < 0 ? 0 : read(descriptor, text, sizeof text - 1);
    if (descriptor >= 0) close(descriptor);
    text[size > 0 ? size : 0] = '\0';
    log_info("waiting for %s, held by %s", path, size > 0 ? text : "another process");
}

static bool wait_for(const Lock *lock, Error *err)
{
    const struct timespec turn = {.tv_nsec = TURN_NANOSECONDS};
    for (bool held = false, told = false; interrupt_check(err); told = true) {
        if (!file_lock(&held, lock->path, lock->arena, err)) return false;
        if (held) return true;
        if (!told) tell_owner(lock->path);
        nanosleep(&turn, NULL);
    }
    return false;
}

bool lock_take(Lock *lock, const char *path, Error *err)
{
    *lock = (Lock){path, arena_create("lock", err)};
    if (!lock->arena) return false;
    if (wait_for(lock, err)) {
        write_owner(lock);
        return true;
    }
    arena_destroy(lock->arena);
    return false;
}

void lock_give_back(Lock *lock)
{
    unlink(lock->path); /* while it is ours */
    arena_destroy(lock->arena);
    lock->arena = NULL;
}

bool lock_sweep(const char *path, Error *err)
{
    if (!file_exists(path)) return true;
    Lock lock = {path, arena_create("lock", err)};
    bool held = false;
    if (!lock.arena) return false;
    bool ok = file_lock(&held, path, lock.arena, err);
    if (held) lock_give_back(&lock);
    else arena_destroy(lock.arena);
    return ok;
}

#include "base/notice.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* A lock of a process, which those that it starts do not inherit, as they would one of flock. */
static bool lock(int descriptor)
{
    const struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(descriptor, F_SETLK, &whole) == 0;
}

/* Whoever looked at it just after it was made, and before it was locked, has removed it. */
static bool is_removed(int descriptor)
{
    struct stat status;
    return fstat(descriptor, &status) == 0 && status.st_nlink == 0;
}

void notice_open(Notice *notice, const char *path)
{
    enum { TRIES = 3 };
    Error unused = {0};
    *notice = (Notice){.path = path, .descriptor = -1};
    for (int i = 0; i < TRIES && file_make_parent(path, &unused); i++) {
        notice->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (notice->descriptor < 0) return;
        if (lock(notice->descriptor) && !is_removed(notice->descriptor)) return;
        close(notice->descriptor);
        notice->descriptor = -1;
    }
}

void notice_write(const Notice *notice, const char *text, size_t size)
{
    if (notice->descriptor < 0 || pwrite(notice->descriptor, text, size, 0) != (ssize_t)size)
        return;
    (void)!ftruncate(notice->descriptor, (off_t)size);
}

void notice_close(Notice *notice)
{
    if (notice->descriptor < 0) return;
    unlink(notice->path);
    close(notice->descriptor);
    notice->descriptor = -1;
}

bool notice_is_held(const char *path)
{
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool held = !lock(descriptor);
    if (!held) unlink(path);
    close(descriptor);
    return held;
}

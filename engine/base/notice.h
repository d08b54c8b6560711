/* A file that says how a process is getting on, for whoever wants to know: there while the process lives, written over
 * again and again, and of no consequence if it cannot be. */
#ifndef BASE_NOTICE_H
#define BASE_NOTICE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Notice {
    const char *path; /* borrowed */
    int descriptor;   /* negative: there is none */
} Notice;

/* Processes that this one starts later leave it alone. */
void notice_open(Notice *notice, const char *path);
void notice_write(const Notice *notice, const char *text, size_t size);
void notice_close(Notice *notice);

/* Whether another process that lives holds it. One that nobody holds is removed: its process was killed. */
bool notice_is_held(const char *path);

#endif

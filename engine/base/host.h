/* What machine and build this is, for provenance and plans. */
#ifndef BASE_HOST_H
#define BASE_HOST_H

#include <stdint.h>

typedef struct HostInfo {
    char cpu[128]; /* model name */
    int cores;     /* usable by this process */
    uint64_t memory_bytes;
    char system[128];     /* kernel and machine */
    const char *compiler; /* gcc 12.2.0 */
    const char *flags;    /* as compiled, from the Makefile */
    const char *engine_version;
    const char *engine_commit; /* the last one that changed the engine; "+" added: edited since */
} HostInfo;

void host_info(HostInfo *info);
uint64_t host_peak_memory_bytes(void); /* of this process so far */

#endif

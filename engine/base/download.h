/* Downloads over libcurl, its one door: with progress, resumed where they broke off (path.part), and
 * nothing at `path` before all of it is there. The caller verifies the content. */
#ifndef BASE_DOWNLOAD_H
#define BASE_DOWNLOAD_H

#include <stdint.h>
#include "base/error.h"

/* expected_bytes 0: unknown. Also reads file:// URLs. */
bool download_file(const char *url, const char *path, uint64_t expected_bytes, Error *err) MUST_USE;

#endif
